"""One click stops the mails about one's comments (RFC 8058), without an account."""

import email.policy
import itertools
import re

import pytest
from django.core import mail
from django.test import Client

from comments import mails, outbox, services
from comments.models import Discussion, NoticeRefusal, OutgoingMail, ThreadComment
from comments.services import Author
from comments.states import Moderation
from comments.unsubscribing import Link, path_of, read_token

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def notice(discussion, member):
    """`notice(user=…)`: the mail that tells an author of a reply to their comment."""
    discussion.moderation = Moderation.AFTER
    discussion = services.configure(Discussion.objects.get(pk=discussion.pk), discussion)

    number = itertools.count(1)

    def send(**author):
        comment = services.post(discussion, author=Author(**author), text=f"Question {next(number)}").comment
        if author.get("user") is None:
            comment = services.prove_email(comment)
            OutgoingMail.objects.all().delete()
        services.post(discussion, author=Author(user=member), text=f"Réponse {next(number)}", parent_id=comment.pk)
        outbox.deliver_due()
        return mail.outbox.pop() if mail.outbox else None

    return send


@pytest.fixture
def guest():
    return {"name": "Ève", "email": "Eve@Example.org", "language": "en"}


@pytest.fixture
def link():
    """The link in the mails to a guest who reads French."""
    return path_of(Link("eve@example.org", "fr"))


def path_in(header):
    """The path of the address in a List-Unsubscribe header."""
    return re.fullmatch(r"<https?://[^/]+(/avis/\S+/)>", header)[1]


def test_a_notice_carries_the_headers_of_one_click_and_a_link_in_both_its_texts(notice, guest, settings):
    settings.BASE_URL = "https://palabre.example.org"

    sent = notice(**guest)

    header = sent.extra_headers["List-Unsubscribe"]
    assert header.startswith("<https://palabre.example.org/avis/")
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert header[1:-1] in sent.body
    assert f'href="{header[1:-1]}"' in sent.alternatives[0].content


def test_the_headers_cross_the_wire_in_one_piece(notice, guest):
    sent = notice(**guest)

    read = email.message_from_bytes(sent.message().as_bytes(), policy=email.policy.default)

    assert read["List-Unsubscribe"].strip() == sent.extra_headers["List-Unsubscribe"]
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_mail_that_somebody_waits_for_cannot_be_stopped(guest_comment, guest):
    services.refuse_notices("eve@example.org")

    assert "List-Unsubscribe" not in mails.compose(OutgoingMail.objects.get()).headers
    assert outbox.deliver_due() == 1


@pytest.mark.parametrize("encoding", ["form", "multipart"])
def test_a_mail_program_stops_the_mails_without_cookie_or_token(notice, guest, encoding):
    address = path_in(notice(**guest).extra_headers["List-Unsubscribe"])
    program = Client(enforce_csrf_checks=True)

    for _ in range(2):
        if encoding == "form":
            answer = program.post(address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
        else:
            answer = program.post(address, ONE_CLICK)
        assert answer.status_code == 200

    assert NoticeRefusal.objects.get().email == "eve@example.org"
    assert notice(**guest) is None


def test_an_account_stops_the_mails_without_signing_in(client, notice, reader):
    address = path_in(notice(user=reader).extra_headers["List-Unsubscribe"])

    assert client.post(address, ONE_CLICK).status_code == 200

    assert notice(user=reader) is None


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_scanner_that_follows_links_changes_nothing(client, db, link, method):
    answer = getattr(client, method)(link)

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert not NoticeRefusal.objects.exists()


def test_the_page_says_what_stops_and_for_whom(client, db, link):
    page = client.get(link).text

    assert "e…@example.org" in page
    assert "eve@example.org" not in page
    assert "quand quelqu’un répond à un de vos commentaires" in page
    assert page.count('name="notices"') == 1


def test_the_page_stops_and_starts_again(client, notice, guest, link):
    page = client.post(link, {"notices": "stop"}).text
    assert "Vous ne recevrez plus ces e-mails" in page
    assert "Vous ne recevrez plus ces e-mails" in client.get(link).text
    assert notice(**guest) is None

    page = client.post(link, {"notices": "start"}).text
    assert "Vous recevrez à nouveau ces e-mails" in page
    assert not NoticeRefusal.objects.exists()
    assert notice(**guest) is not None


def test_the_page_speaks_the_language_of_the_mail(client, notice, guest):
    answer = client.get(path_in(notice(**guest).extra_headers["List-Unsubscribe"]))

    assert "Stop these mails?" in answer.text
    assert 'lang="en"' in answer.text
    assert answer["Content-Language"] == "en"


def test_a_link_that_we_did_not_write_stops_nothing(client, db, link):
    for forged in ["/avis/nonsense/", link[:-3] + "xx/", "/avis/WyJldmVAZXhhbXBsZS5vcmciLCJmciJd:x/"]:
        assert client.get(forged).status_code == 404
        assert client.post(forged, ONE_CLICK).status_code == 404
    assert not NoticeRefusal.objects.exists()


def test_a_link_for_another_purpose_is_no_link_here(guest_comment):
    from comments.confirmation import token_for

    assert read_token(token_for(guest_comment)) is None


def test_only_a_post_changes_something(client, db, link):
    assert client.put(link).status_code == 405


def test_the_box_of_the_form_is_ticked_and_what_is_chosen_is_kept(client, discussion, reader):
    client.force_login(reader)
    address = f"/discussions/{discussion.pk}/commenter/"
    page = client.get(address).text
    assert re.search(r'<input type="checkbox" name="wants_mail"[^>]* checked', page)
    hidden = dict(re.findall(r'name="(content_type|object_pk|timestamp|security_hash)" value="([^"]*)"', page))

    client.post(address, {**hidden, "comment": "Avec nouvelles", "wants_mail": "on"})
    client.post(address, {**hidden, "comment": "Sans nouvelles"})

    assert dict(ThreadComment.objects.values_list("comment", "followup")) == {"Avec nouvelles": True, "Sans nouvelles": False}


def test_a_form_that_comes_back_keeps_the_choice(client, discussion):
    page = client.post(f"/discussions/{discussion.pk}/commenter/", {"comment": ""}).text

    assert re.search(r'<input type="checkbox" name="wants_mail"(?![^>]*checked)', page)
