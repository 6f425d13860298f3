"""Removing one's own comment: asked first, then for good."""

import pytest
from django_comments.models import CommentFlag
from wagtail.models import ModelLogEntry

from comments import services
from comments.guests import COOKIE
from comments.models import CommentRevision, Discussion
from comments.services import Author
from comments.states import Moderation, Status
from tests.factories import TopicFactory


def test_an_author_is_asked_before_the_comment_is_removed(client, say, reader):
    comment = say("Je regrette", by=reader)
    client.force_login(reader)

    response = client.get(f"/commentaires/{comment.pk}/supprimer/")

    comment.refresh_from_db()
    assert "Je regrette" in response.text
    assert comment.status == Status.PUBLISHED


def test_an_author_removes_words_and_name(client, say, reader):
    comment = say("Je regrette", by=reader)
    say("Une réponse", parent=comment)
    client.force_login(reader)

    response = client.post(f"/commentaires/{comment.pk}/supprimer/", follow=True)

    comment.refresh_from_db()
    assert (comment.status, comment.comment, comment.html, comment.user) == (Status.REMOVED, "", "", None)
    assert "Votre commentaire est supprimé." in response.text
    assert f'id="c{comment.pk}"' in response.text


def test_a_comment_is_removed_by_nobody_else(client, say, reader, moderator):
    comment = say("Le mien")

    for user in (reader, moderator):
        client.force_login(user)
        assert client.get(f"/commentaires/{comment.pk}/supprimer/").status_code == 404
        assert client.post(f"/commentaires/{comment.pk}/supprimer/").status_code == 404
    client.logout()
    assert "/compte/" in client.post(f"/commentaires/{comment.pk}/supprimer/").url
    comment.refresh_from_db()
    assert comment.status == Status.PUBLISHED


def test_an_author_who_left_the_space_still_removes_what_they_said(client, say, member, network):
    comment = say("Entre nous", by=member, on=services.discussion_of(TopicFactory(network=network)), to=Status.PENDING)
    member.memberships.all().delete()
    client.force_login(member)

    assert client.post(f"/commentaires/{comment.pk}/supprimer/").url == "/"
    comment.refresh_from_db()
    assert comment.status == Status.REMOVED


def test_removing_twice_is_removing_once(client, say, reader):
    comment = say(by=reader, to=Status.PENDING)
    client.force_login(reader)

    assert client.post(f"/commentaires/{comment.pk}/supprimer/").status_code == 302
    assert client.post(f"/commentaires/{comment.pk}/supprimer/").status_code == 404


@pytest.fixture
def guests_comment(remembering, discussion):
    """A comment of a guest whom this browser remembers."""
    comment = services.prove_email(
        services.post(discussion, author=Author(name="Ève", email="Eve@example.org"), text="Je regrette").comment
    )
    remembering(services.remember_guest(comment))
    return comment


def test_a_guest_removes_what_they_wrote_where_they_are_remembered(client, guests_comment, say):
    address = f"/commentaires/{guests_comment.pk}/supprimer/"
    assert "Je regrette" in client.get(address).text

    assert client.post(address).status_code == 302

    guests_comment.refresh_from_db()
    assert (guests_comment.status, guests_comment.comment, guests_comment.user_email) == (Status.REMOVED, "", "")


def test_a_guest_removes_nobody_elses_comment(client, guests_comment, say):
    others = say("Le mien")

    assert client.post(f"/commentaires/{others.pk}/supprimer/").status_code == 404
    del client.cookies[COOKIE]
    assert "/compte/" in client.post(f"/commentaires/{guests_comment.pk}/supprimer/").url
    guests_comment.refresh_from_db()
    assert guests_comment.status == Status.PENDING


def test_in_place_one_is_asked_under_the_comment_and_told_in_the_discussion(client, say, reader):
    comment = say("Je regrette", by=reader)
    reply = say("Une réponse", parent=comment)
    client.force_login(reader)
    in_place = {"HX-Request": "true"}

    question = client.get(f"/commentaires/{comment.pk}/supprimer/", headers=in_place)
    answer = client.post(f"/commentaires/{comment.pk}/supprimer/", headers=in_place)

    assert "<html" not in question.text
    assert "data-cancel-reply" in question.text
    assert answer.headers["HX-Retarget"] == "#commentaires"
    assert "Votre commentaire est supprimé." in answer.text
    assert f'id="c{reply.pk}"' in answer.text
    assert "Je regrette" not in answer.text


def test_votes_and_earlier_words_go_with_the_comment(say, reader, member, discussion):
    Discussion.objects.filter(pk=discussion.pk).update(moderation=Moderation.AFTER)
    comment = services.post(discussion, author=Author(user=reader), text="Avant", notify=False).comment
    services.edit(comment, by=reader, text="Après")
    services.mark_useful(comment, by=member)
    assert (CommentRevision.objects.count(), CommentFlag.objects.count()) == (1, 1)

    removed = services.remove(comment, by=reader)

    assert (CommentRevision.objects.count(), CommentFlag.objects.count(), removed.useful_count) == (0, 0, 0)
    entry = ModelLogEntry.objects.filter(action="comments.remove").get()
    assert (entry.user, entry.data["from"]) == (reader, Status.PUBLISHED)
