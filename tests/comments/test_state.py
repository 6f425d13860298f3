"""What an open page asks of its discussion: a few bytes for those who may read it, 304 for those who know, nothing written."""

import pytest
from django.urls import reverse
from django.utils import timezone

from comments import services
from comments.models import Discussion, ThreadComment
from comments.services import Author
from comments.states import Action, Mode, Status
from tests.factories import TopicFactory


@pytest.fixture
def address(discussion):
    return reverse("comments:state", args=[discussion.pk])


def test_it_says_where_the_discussion_stands(client, address, discussion, say):
    say()
    newest = say("Un autre")
    say("En attente", to=Status.PENDING)

    response = client.get(address)

    discussion.refresh_from_db()
    assert response.json() == {
        "version": discussion.version,
        "publications": 2,
        "published_count": 2,
        "open": True,
        "latest": newest.pk,
    }
    assert response["Cache-Control"] == "private, no-cache"


def test_who_knows_is_told_nothing_in_no_bytes(client, address, say):
    say()
    validator = client.get(address)["ETag"]

    for known in [validator, f"W/{validator}", f'"autre", {validator}']:
        response = client.get(address, headers={"If-None-Match": known})
        assert (response.status_code, response.content) == (304, b"")
        assert response["ETag"] == validator
        assert response["Cache-Control"] == "private, no-cache"


CHANGES = {
    "a publication": lambda comment, judge: services.post(comment.discussion, author=Author(user=judge), text="Encore"),
    "a comment hidden": lambda comment, judge: services.moderate(comment, Action.HIDE, by=judge, reason="off_topic"),
    "a closing": lambda comment, judge: Discussion.objects.update(closes_at=timezone.now()),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_that_readers_see_is_told(client, address, say, admin, change):
    comment = say()
    before = client.get(address)

    CHANGES[change](comment, admin)
    after = client.get(address, headers={"If-None-Match": before["ETag"]})

    assert after.status_code == 200
    assert after.json() != before.json()


def test_a_comment_that_waits_changes_nothing(client, address, say):
    before = client.get(address)

    say(to=Status.PENDING)

    assert client.get(address, headers={"If-None-Match": before["ETag"]}).status_code == 304


def test_a_discussion_that_may_not_be_read_does_not_exist(client, address, member, reader, network):
    discussion = services.discussion_of(TopicFactory(network=network))
    private = reverse("comments:state", args=[discussion.pk])
    client.force_login(member)
    validator = client.get(private)["ETag"]

    client.force_login(reader)
    assert client.get(private, headers={"If-None-Match": validator}).status_code == 404
    Discussion.objects.update(mode=Mode.HIDDEN)
    assert client.get(address).status_code == 404


def test_it_takes_lookups_by_key_whatever_the_size(client, address, say, django_assert_num_queries):
    """The door asks the discussion, its page, what stands above it and its restrictions; then the newest comment."""
    for number in [1, 3]:
        for _comment in range(number):
            say(f"Avis {ThreadComment.objects.count()}")
        validator = client.get(address)["ETag"]

        with django_assert_num_queries(4):
            client.get(address)
        with django_assert_num_queries(3):
            client.get(address, headers={"If-None-Match": validator})


def test_it_sets_no_cookie(client, address, reader):
    assert not client.get(address).cookies
    client.force_login(reader)
    assert not client.get(address).cookies


def test_it_is_only_read(client, address):
    assert client.post(address).status_code == 405
