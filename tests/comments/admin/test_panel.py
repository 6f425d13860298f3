"""What moderators find on the admin's home."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.users.models import UserProfile

from comments import services
from comments.admin_views.panel import ModerationPanel
from comments.models import Discussion, Statement
from comments.states import ReportKind, Status

HOME = "/admin/"


@pytest.fixture
def busy(say, topic, other_topic, admin, here, elsewhere):
    """In either network: one comment that waits, a reported one, a contested decision."""
    for target in [topic, other_topic]:
        services.report(say(target, "Signalé", Status.PUBLISHED), by=services.Reporter(key="x"), kind=ReportKind.ABUSE)
        hidden = say(target, "Masqué", Status.HIDDEN)
        services.appeal(Statement.objects.get(comment=hidden), text="Non")
    return here


@pytest.mark.parametrize(("person", "number"), [("moderator", 2), ("network_moderator", 1), ("other_moderator", 1)])
def test_the_home_tells_each_what_waits_for_them(client, request, busy, person, number):
    user = request.getfixturevalue(person)
    client.force_login(user)

    text = client.get(HOME).text

    phrases = {1: ["1 commentaire est signalé", "1 commentaire attend", "1 décision est contestée"]}
    phrases[2] = ["2 commentaires sont signalés", "2 commentaires attendent", "2 décisions sont contestées"]
    assert all(phrase in text for phrase in phrases[number])
    for address in ["?status=reported", "?status=pending", "/moderation/appeals/"]:
        assert address in text


def test_what_one_has_taken_on_and_what_nobody_read_is_told_too(client, moderator, busy, topic):
    services.claim(busy, by=moderator)
    Discussion.objects.filter(pk=busy.discussion_id).update(unseen_count=3)
    client.force_login(moderator)

    text = client.get(HOME).text

    assert "Vous avez pris en charge 1 commentaire" in text
    assert "3 commentaires publiés ne sont pas lus" in text
    assert "?status=unseen" in text
    assert "?status=mine" in text


def test_who_decided_first_is_not_asked_to_decide_the_appeal(client, admin, busy):
    client.force_login(admin)

    assert "contestée" not in client.get(HOME).text


@pytest.mark.parametrize(("language", "sentence"), [("fr", "Rien ne vous attend"), ("en", "Nothing waits for you")])
def test_nothing_to_do_is_said_calmly(client, moderator, language, sentence):
    UserProfile.objects.create(user=moderator, preferred_language=language)
    client.force_login(moderator)

    assert sentence in client.get(HOME).text


def test_others_have_no_panel(client, editor, busy):
    client.force_login(editor)

    assert "moderation-panel" not in client.get(HOME).text


@pytest.mark.parametrize("person", ["moderator", "network_moderator"])
def test_the_panel_asks_at_most_three_queries(rf, request, busy, say, topic, person):
    asked = rf.get(HOME)
    asked.user = request.getfixturevalue(person)
    for number in range(3):
        say(topic, f"Encore {number}")
    ModerationPanel().get_context_data({"request": asked})
    asked.user.has_perm("comments.moderate_threadcomment")

    with CaptureQueriesContext(connection) as captured:
        ModerationPanel().get_context_data({"request": asked})

    assert len(captured) <= 3
