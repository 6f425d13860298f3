"""The mailed link: GET shows, POST confirms, once; an expired one offers another."""

import re

import pytest
from django.core import mail

from comments import confirmation, outbox
from comments.models import Discussion, OutgoingMail
from comments.states import Mode, Moderation, Status


@pytest.fixture
def link(guest_comment):
    """The link in the mail that was sent to the guest."""
    outbox.deliver_due()
    return re.search(r"https?://[^/]+(/discussions/confirmer/\S+)", mail.outbox[-1].body)[1]


def test_the_mail_goes_to_the_guest_in_their_language_with_their_words(link):
    (sent,) = mail.outbox

    assert sent.to == ["eve@example.org"]
    assert "Confirmez votre commentaire" in sent.subject
    assert "D’une invitée" in sent.body
    assert link in sent.alternatives[0].content


def test_opening_the_link_shows_the_comment_and_confirms_nothing(client, link, guest_comment):
    response = client.get(link)

    guest_comment.refresh_from_db()
    assert "D’une invitée" in response.text
    assert guest_comment.status == Status.AWAITING_EMAIL


def test_the_button_sends_the_comment_to_the_moderators(client, link, guest_comment):
    response = client.post(link, follow=True)

    guest_comment.refresh_from_db()
    assert guest_comment.status == Status.PENDING
    assert "dès que la modération l’aura lu" in response.text


def test_the_button_publishes_where_moderators_read_afterwards(client, link, guest_comment):
    Discussion.objects.update(moderation=Moderation.AFTER)

    response = client.post(link, follow=True)

    assert "votre commentaire est publié" in response.text
    assert f'id="c{guest_comment.pk}"' in response.text


def test_a_used_link_says_so(client, link):
    client.post(link)

    for response in (client.get(link), client.post(link)):
        assert response.status_code == 200
        assert "déjà servi" in response.text
        assert "D’une invitée" not in response.text


def test_an_expired_link_offers_one_other(client, link, monkeypatch, guest_comment):
    monkeypatch.setattr(confirmation, "LIFETIME", -1)
    assert "a expiré" in client.get(link).text

    for _twice in range(2):
        assert "nouveau lien est en route" in client.post(link).text

    guest_comment.refresh_from_db()
    assert guest_comment.status == Status.AWAITING_EMAIL
    assert OutgoingMail.objects.filter(kind="confirm_address").count() == 2


@pytest.mark.parametrize("token", ["abc", "x:y:z", "é", "%00", "a" * 5000, "1:1vXyz:abc"])
def test_a_link_that_we_did_not_write_is_explained(client, db, token):
    response = client.get(f"/discussions/confirmer/{token}/")

    assert response.status_code == 404
    assert "Ce lien ne fonctionne pas" in response.text


def test_a_comment_of_a_discussion_closed_to_readers_meanwhile_is_not_lost(client, link, guest_comment):
    Discussion.objects.update(mode=Mode.HIDDEN)

    response = client.post(link)

    guest_comment.refresh_from_db()
    assert response.status_code == 200
    assert guest_comment.status == Status.PENDING


def test_the_answer_to_a_guest_is_the_same_whether_the_address_has_an_account(client, discussion, reader):
    def answer(email):
        form = client.get(f"/discussions/{discussion.pk}/commenter/").context["form"]
        fields = {name: form.initial[name] for name in ("content_type", "object_pk", "timestamp", "security_hash")}
        response = client.post(
            f"/discussions/{discussion.pk}/commenter/", fields | {"name": "Ève", "email": email, "comment": "Bonjour"}, follow=True
        )
        notice = re.search(r'discussion__notice"[^>]*>([^<]*)<', response.text)[1]
        return response.status_code, notice.replace(email, "…")

    assert answer(reader.email) == answer("personne@example.org")
