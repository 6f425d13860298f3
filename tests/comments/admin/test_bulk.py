"""Deciding about several comments at once: scope, filters, what was done and what was not."""

from io import StringIO

import pytest
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import ModelLogEntry

from comments import services
from comments.admin_views import bulk
from comments.models import Discussion, ThreadComment
from comments.signals import comment_changed
from comments.states import MODERATION_ACTIONS, TRANSITIONS, Action, Status
from tests.comments.admin.conftest import REASON
from tests.factories import published_article


def address(action, *comments, **params):
    query = "&".join([*(f"id={getattr(each, 'pk', each)}" for each in comments), *(f"{name}={value}" for name, value in params.items())])
    return f"{reverse('wagtail_bulk_action', args=['comments', 'threadcomment', action])}?{query}"


def confirm(client, url, **data):
    """Post the form of the confirmation page as it was shown."""
    page = client.get(url)
    seen = [f"{row['item'].pk}:{row['item'].status}" for row in page.context["items"]]
    return client.post(url, {"seen": seen, **data})


def statuses(*comments):
    found = ThreadComment.objects.in_bulk([comment.pk for comment in comments])
    return [found[comment.pk].status for comment in comments]


def told(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


@pytest.mark.parametrize("action", MODERATION_ACTIONS)
def test_each_action_works_on_several_comments_with_a_row_each(client, network_moderator, say, topic, action):
    start = Status.PENDING if Status.PENDING in TRANSITIONS[action].sources else next(iter(TRANSITIONS[action].sources))
    comments = [say(topic, f"Texte {number}", status=start) for number in range(3)]
    client.force_login(network_moderator)

    response = confirm(client, address(action, *comments), reason=REASON.get(action, ""), note="Ensemble")

    assert response.status_code == 302
    assert set(statuses(*comments)) == {TRANSITIONS[action].target}
    rows = ModelLogEntry.objects.filter(action=f"comments.{action}", user=network_moderator)
    assert sorted(row.object_id for row in rows) == sorted(str(comment.pk) for comment in comments)
    assert "3" in told(response)


def test_another_networks_comments_are_neither_shown_nor_touched(client, network_moderator, here, elsewhere):
    client.force_login(network_moderator)
    url = address(Action.APPROVE, here, elsewhere)

    assert elsewhere.comment not in client.get(url).text
    client.post(url, {"seen": [f"{here.pk}:pending", f"{elsewhere.pk}:pending"]})

    assert statuses(here, elsewhere) == [Status.PUBLISHED, Status.PENDING]


def test_posting_without_the_page_respects_the_scope_too(client, network_moderator, here, elsewhere):
    client.force_login(network_moderator)

    client.post(address(Action.APPROVE, here, elsewhere))

    assert statuses(here, elsewhere) == [Status.PUBLISHED, Status.PENDING]


def test_select_all_takes_every_page_of_the_listing_and_nothing_else(client, network_moderator, say, topic, elsewhere):
    comments = [say(topic, f"Texte {number}") for number in range(30)]
    rejected = say(topic, "Déjà rejeté", status=Status.REJECTED)
    client.force_login(network_moderator)

    confirm(client, address(Action.APPROVE, "all", p=1))

    assert set(statuses(*comments)) == {Status.PUBLISHED}
    assert statuses(rejected, elsewhere) == [Status.REJECTED, Status.PENDING]


def test_select_all_honours_the_filters(client, moderator, here, elsewhere, public):
    client.force_login(moderator)

    confirm(client, address(Action.APPROVE, "all", discussion=here.discussion_id))
    confirm(client, address(Action.SPAM, "all", q="potager"))

    assert statuses(here, elsewhere, public) == [Status.PUBLISHED, Status.SPAM, Status.PENDING]


def test_what_arrives_after_the_page_was_shown_is_not_decided(client, network_moderator, say, topic, here):
    client.force_login(network_moderator)
    url = address(Action.APPROVE, "all")
    shown = client.get(url).context["items"]
    late = say(topic, "Arrivé entre-temps")

    client.post(url, {"seen": [f"{row['item'].pk}:{row['item'].status}" for row in shown]})

    assert statuses(here, late) == [Status.PUBLISHED, Status.PENDING]


def test_what_somebody_decided_meanwhile_is_left_and_said(client, moderator, network_moderator, say, topic, here):
    second = say(topic, "Deuxième")
    client.force_login(network_moderator)
    url = address(Action.REJECT, here, second)
    client.get(url)
    services.moderate(here, Action.APPROVE, by=moderator)

    response = client.post(url, {"seen": [f"{here.pk}:pending", f"{second.pk}:pending"], "reason": "abuse"})

    assert statuses(here, second) == [Status.PUBLISHED, Status.REJECTED]
    assert str(Status.PUBLISHED.label) in told(response)


def test_the_page_says_which_comments_it_leaves(client, moderator, say, topic, here):
    published = say(topic, "Déjà publié", status=Status.PUBLISHED)
    client.force_login(moderator)

    page = client.get(address(Action.APPROVE, here, published))

    assert [row["item"].pk for row in page.context["items"]] == [here.pk]
    assert [comment.pk for comment in page.context["items_with_no_access"]] == [published.pk]


def test_a_reason_is_asked_for(client, moderator, here):
    client.force_login(moderator)

    response = confirm(client, address(Action.REJECT, here), reason="")

    assert response.status_code == 200
    assert response.context["form"].errors
    assert statuses(here) == [Status.PENDING]


def test_too_many_at_once_are_cut_and_said(client, moderator, say, topic, monkeypatch):
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    comments = [say(topic, f"Texte {number}") for number in range(3)]
    client.force_login(moderator)
    url = address(Action.APPROVE, "all")

    assert client.get(url).context["is_cut"]
    confirm(client, url)

    assert statuses(*comments) == [Status.PUBLISHED, Status.PUBLISHED, Status.PENDING]


@pytest.mark.parametrize("key", ["", "x", "-1", "0", "9" * 40, "1e3", "%00", "%F0%9F", "٣"])
def test_nonsense_selects_nothing(client, moderator, here, key):
    client.force_login(moderator)
    url = address(Action.APPROVE, key)

    assert client.get(url).status_code == 200
    assert client.post(url, {"seen": [key, f"{key}:pending", ":"]}).status_code == 302
    assert statuses(here) == [Status.PENDING]


@pytest.mark.parametrize("person", [None, "reader", "member", "facilitator", "editor"])
@pytest.mark.parametrize("key", ["all", "this"])
def test_people_who_moderate_nothing_decide_nothing(client, request, person, key, here):
    if person:
        client.force_login(request.getfixturevalue(person))
    url = address(Action.APPROVE, here if key == "this" else key)

    assert client.get(url).status_code == 302
    assert client.post(url, {"seen": [f"{here.pk}:pending"]}).status_code == 302
    assert statuses(here) == [Status.PENDING]


def test_nobody_deletes_comments_in_bulk(client, admin, here):
    client.force_login(admin)

    assert client.post(address("delete", here)).status_code == 404
    assert ThreadComment.objects.filter(pk=here.pk).exists()


def test_words_that_changed_meanwhile_are_not_decided_with_the_others(client, network_moderator, here, say, topic, reader):
    client.force_login(network_moderator)
    second = say(topic, "Un autre")
    services.edit(here, by=reader, text="D’autres mots")

    response = client.post(address(Action.APPROVE, here, second), {"seen": [f"{here.pk}:pending", f"{second.pk}:pending"]})

    assert statuses(here, second) == [Status.PENDING, Status.PUBLISHED]
    assert "modifiés entre-temps" in told(response)


def test_what_is_moved_while_others_are_decided_is_left_and_the_others_are_not(client, moderator, say, article):
    first, second = say(article, "Premier", Status.PUBLISHED), say(article, "Second", Status.PUBLISHED)
    say(published_article("Ailleurs"))
    elsewhere = Discussion.objects.exclude(pk=first.discussion_id).get()
    client.force_login(moderator)
    url = address(Action.HIDE, first, second)
    client.get(url)

    def move(**_changed):
        comment_changed.disconnect(move)
        services.move_thread(second, elsewhere, by=moderator)

    comment_changed.connect(move)
    response = client.post(url, {"seen": [f"{first.pk}:published", f"{second.pk}:published"], "reason": "abuse"})

    assert statuses(first, second) == [Status.HIDDEN, Status.PUBLISHED]
    assert "déplacé" in told(response)
    call_command("check_threads", stdout=StringIO())


@pytest.mark.parametrize("standing", ["published", ""])
@pytest.mark.parametrize("action", ["seen", Action.HIDE])
def test_words_that_the_page_did_not_show_are_not_decided_about(client, moderator, reader, article, standing, action):
    discussion = services.discussion_of(article)
    Discussion.objects.filter(pk=discussion.pk).update(moderation="after")
    comment = services.post(discussion, author=services.Author(user=reader), text="Gentil").comment
    services.edit(comment, by=reader, text="Méchant")
    client.force_login(moderator)

    client.post(address(action, comment), {"seen": [f"{comment.pk}:{standing}"], "reason": "abuse"})

    comment.refresh_from_db()
    assert (comment.status, comment.unseen) == (Status.PUBLISHED, True)
