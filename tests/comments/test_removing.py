"""Removing one's own comment: asked first, then for good."""

from comments import services
from comments.states import Status
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
