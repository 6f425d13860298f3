"""Deciding about one comment: what is offered, what is applied, what is written down, who may not."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from comments import services
from comments.models import Discussion
from comments.services.statuses import hold_reported
from comments.states import MODERATION_ACTIONS, TRANSITIONS, Action, ReportKind, Status
from tests.comments.admin.conftest import REASON, STATUSES

INDEX = "/admin/moderation/"


def address(comment, action):
    return reverse("moderation:decide", args=[comment.pk, action])


def decide(client, comment, action, **data):
    return client.post(address(comment, action), {"seen_status": comment.status, "reason": REASON.get(action, ""), **data})


def decisions(comment, action):
    return ModelLogEntry.objects.filter(object_id=str(comment.pk), action=f"comments.{action}")


@pytest.mark.parametrize("action", MODERATION_ACTIONS)
def test_a_decision_is_applied_and_written_down_once(client, network_moderator, say, topic, action):
    start = Status.PENDING if Status.PENDING in TRANSITIONS[action].sources else next(iter(TRANSITIONS[action].sources))
    comment = say(topic, "Bonjour", status=start)
    decisions(comment, action).delete()
    client.force_login(network_moderator)

    response = decide(client, comment, action, note="Merci de relire la charte")

    assert response.status_code == 302
    assert response.url == INDEX
    comment.refresh_from_db()
    assert comment.status == TRANSITIONS[action].target
    row = decisions(comment, action).get()
    assert row.user == network_moderator
    told = {name: row.data[name] for name in ("from", "to", "reason", "note")}
    assert told == {"from": start, "to": comment.status, "reason": REASON.get(action, ""), "note": "Merci de relire la charte"}
    assert "Merci de relire la charte" in row.message


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("action", MODERATION_ACTIONS)
def test_a_page_says_whether_its_decision_is_possible(client, moderator, say, topic, status, action):
    comment = say(topic, "Bonjour", status=status)
    client.force_login(moderator)

    response = client.get(address(comment, action))

    assert response.status_code == 200
    assert response.context["is_possible"] == (status in TRANSITIONS[action].sources)
    if status not in TRANSITIONS[action].sources:
        assert decide(client, comment, action).status_code == 409
        comment.refresh_from_db()
        assert comment.status == status


@pytest.mark.parametrize("action", ["remove", "prove_email", "delete", "x" * 300])
def test_what_is_no_moderators_action_has_no_address(client, admin, here, action):
    client.force_login(admin)

    assert client.get(f"/admin/moderation/decide/{here.pk}/{action}/").status_code == 404
    assert client.post(f"/admin/moderation/decide/{here.pk}/{action}/").status_code == 404


@pytest.mark.parametrize("action", [Action.REJECT, Action.HIDE])
@pytest.mark.parametrize(
    "data", [{"reason": ""}, {"reason": "nonsense"}, {"reason": "other", "note": " "}, {"reason": "abuse", "note": "\x00"}]
)
def test_a_restriction_without_a_reason_is_asked_again(client, moderator, say, topic, action, data):
    comment = say(topic, "Bonjour", status=next(iter(TRANSITIONS[action].sources)))
    client.force_login(moderator)

    response = decide(client, comment, action, **data)

    assert response.status_code == 422
    assert response.context["form"].errors
    status = comment.status
    comment.refresh_from_db()
    assert comment.status == status


def test_another_reason_needs_words(client, moderator, here):
    client.force_login(moderator)

    assert decide(client, here, Action.REJECT, reason="other", words="Double de la page 3").status_code == 302


def test_a_late_decision_is_told_and_changes_nothing(client, moderator, network_moderator, here):
    client.force_login(network_moderator)
    services.moderate(here, Action.APPROVE, by=moderator)

    response = client.post(address(here, Action.REJECT), {"seen_status": "pending", "reason": "abuse", "note": "Ma note"})

    assert response.status_code == 409
    assert "quelqu" in response.text or "somebody" in response.text
    assert moderator.display_name in response.text
    assert "Ma note" in response.text
    here.refresh_from_db()
    assert here.status == Status.PUBLISHED
    assert not decisions(here, Action.REJECT).exists()


def test_a_decision_on_what_was_not_seen_is_refused_even_where_the_action_exists(client, moderator, say, topic):
    comment = say(topic, "Bonjour", status=Status.PUBLISHED)
    client.force_login(moderator)

    response = client.post(address(comment, Action.HIDE), {"seen_status": "pending", "reason": "abuse"})

    assert response.status_code == 409
    comment.refresh_from_db()
    assert comment.status == Status.PUBLISHED


def test_after_a_decision_the_queue_is_as_it_was(client, moderator, here):
    client.force_login(moderator)

    assert decide(client, here, Action.APPROVE, next=f"{INDEX}?q=jeux&p=2").url == f"{INDEX}?q=jeux&p=2"


def test_nobody_is_led_to_another_site(client, moderator, here):
    client.force_login(moderator)

    assert decide(client, here, Action.APPROVE, next="https://example.org/").url == INDEX


@pytest.mark.parametrize("action", MODERATION_ACTIONS)
def test_another_networks_moderator_finds_nothing(client, other_moderator, here, action):
    client.force_login(other_moderator)

    assert client.get(address(here, action)).status_code == 404
    assert decide(client, here, action).status_code == 404
    here.refresh_from_db()
    assert here.status == Status.PENDING


@pytest.mark.parametrize("person", [None, "reader", "member", "facilitator", "editor"])
def test_people_who_moderate_nothing_decide_nothing(client, request, person, here):
    if person:
        client.force_login(request.getfixturevalue(person))

    for response in [client.get(address(here, Action.APPROVE)), decide(client, here, Action.APPROVE)]:
        assert response.status_code in {302, 404}
    here.refresh_from_db()
    assert here.status == Status.PENDING


def test_a_decision_needs_the_csrf_token(moderator, here):
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator)

    assert decide(client, here, Action.APPROVE).status_code == 403
    here.refresh_from_db()
    assert here.status == Status.PENDING


@pytest.mark.parametrize("key", ["0", "9" * 18, "9" * 30])
def test_a_comment_that_does_not_exist_answers_404(client, admin, key):
    client.force_login(admin)

    for place in [f"decide/{key}/approve", f"inspect/{key}", f"history/{key}", f"discussion/{key}"]:
        assert client.get(f"{INDEX}{place}/").status_code == 404


def test_a_decision_about_words_that_changed_meanwhile_is_not_applied(client, network_moderator, here, reader):
    client.force_login(network_moderator)
    services.edit(here, by=reader, text="D’autres mots")

    response = client.post(address(here, Action.APPROVE), {"seen_status": "pending"})

    here.refresh_from_db()
    assert response.status_code == 409
    assert "a modifié ce commentaire" in response.text
    assert "D’autres mots" in response.text
    assert here.status == Status.PENDING
    assert f'name="seen_status" value="{here.standing}"' in response.text
    assert client.post(address(here, Action.APPROVE), {"seen_status": here.standing}).status_code == 302


def test_marking_as_read_what_its_author_changed_meanwhile_is_late(client, moderator, reader, article):
    discussion = services.discussion_of(article)
    Discussion.objects.filter(pk=discussion.pk).update(moderation="after")
    comment = services.post(discussion, author=services.Author(user=reader), text="Gentil").comment
    seen = comment.standing
    services.edit(comment, by=reader, text="Méchant")
    client.force_login(moderator)

    assert client.post(address(comment, "seen"), {"seen_status": seen}).status_code == 409

    comment.refresh_from_db()
    assert comment.unseen


def test_reports_of_what_waits_are_answered_by_its_decision_alone(client, moderator, member, topic):
    comment = services.post(services.discussion_of(topic), author=services.Author(user=member), text="Un avis").comment
    services.report(comment, by=services.Reporter("user:1"), kind=ReportKind.ABUSE)
    comment = hold_reported(comment)
    client.force_login(moderator)

    response = client.post(address(comment, "dismiss"), {"seen_status": comment.standing})

    assert response.status_code == 422
    comment.refresh_from_db()
    assert (comment.status, comment.open_reports) == (Status.PENDING, 1)
