"""Guests whom a browser remembers: what a proven address spares them, how it is forgotten, and whom a cookie is not believed."""

import re
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comments import guests, outbox, services
from comments.confirmation import token_for, token_to_forget
from comments.models import Discussion, GuestPass, OutgoingMail, ThreadComment
from comments.services import Author
from comments.states import Moderation, Status

NEW_LINK = "/discussions/nouveau-lien/"


@pytest.fixture
def address(discussion):
    return reverse("comments:post", args=[discussion.pk])


def confirm(client, comment, **extra):
    return client.post(reverse("comments:confirm", args=[token_for(comment)]), **extra)


@pytest.fixture
def remembered(client, guest_comment):
    """The guest's browser, once the link was followed there."""
    confirm(client, guest_comment)
    return client


def write(client, address, text="De nouveau", **fields):
    form = client.get(address).context["form"]
    signed = {name: form.initial[name] for name in ("content_type", "object_pk", "timestamp", "security_hash")}
    return client.post(address, signed | {"name": "Ève", "comment": text} | fields)


def written(text="De nouveau"):
    return ThreadComment.objects.get(comment=text)


def test_confirming_gives_the_browser_a_pass_that_scripts_and_other_sites_do_not_get(client, guest_comment):
    response = confirm(client, guest_comment, secure=True)

    cookie = response.cookies[guests.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", True)
    assert cookie["max-age"] == 180 * 24 * 60 * 60
    assert GuestPass.objects.get().email == "eve@example.org"


def test_the_page_that_confirms_says_that_the_browser_remembers(client, guest_comment):
    page = client.get(reverse("comments:confirm", args=[token_for(guest_comment)]))

    assert "Ce navigateur retiendra ensuite votre adresse" in page.text
    assert not GuestPass.objects.exists()


def test_a_browser_that_is_signed_in_is_given_no_pass(client, guest_comment, reader):
    client.force_login(reader)

    response = confirm(client, guest_comment)

    assert guests.COOKIE not in response.cookies
    assert not GuestPass.objects.exists()


def test_a_second_link_followed_on_the_same_browser_keeps_its_pass(remembered, discussion):
    second = services.post(discussion, author=Author(name="Ève C.", email="EVE@example.org"), text="Encore").comment

    confirm(remembered, second)

    assert GuestPass.objects.get().name == "Ève C."


def test_a_remembered_guest_is_asked_for_no_address_and_waits_for_no_link(remembered, address):
    page = remembered.get(address)
    assert "e…@example.org" in page.text
    assert "eve@example.org" not in page.text
    assert 'name="email"' not in page.text

    response = write(remembered, address)

    assert (written().status, written().user_email) == (Status.PENDING, "eve@example.org")
    assert response.url.endswith(f"#c{written().pk}")
    assert not OutgoingMail.objects.filter(kind="confirm_address", data__comment=written().pk).exists()


def test_a_remembered_guest_publishes_where_moderators_read_afterwards(remembered, address):
    Discussion.objects.update(moderation=Moderation.AFTER)

    write(remembered, address)

    assert written().status == Status.PUBLISHED


def test_a_remembered_guest_may_write_under_another_name_from_then_on(remembered, address):
    write(remembered, address, name="Ève et Adam")

    assert written().user_name == "Ève et Adam"
    assert 'value="Ève et Adam"' in remembered.get(address).text


def test_a_form_that_asked_for_an_address_is_believed_only_for_the_proven_one(remembered, address):
    write(remembered, address, "La même", email="Eve@Example.org")
    write(remembered, address, "Une autre", email="adam@example.org")

    assert written("La même").status == Status.PENDING
    assert (written("Une autre").status, written("Une autre").user_email) == (Status.AWAITING_EMAIL, "adam@example.org")


def test_the_words_sent_before_the_proof_and_again_after_it_wait_for_no_link(remembered, address, discussion):
    services.post(discussion, author=Author(name="Ève", email="eve@example.org"), text="Deux fois")

    write(remembered, address, "Deux fois")

    assert written("Deux fois").status == Status.PENDING


def test_what_waits_is_shown_to_its_guest_alone(remembered, discussion, guest_comment):
    own, foreign = (browser.get(discussion.target.get_url()) for browser in (remembered, Client()))

    assert "D’une invitée" in own.text
    assert "D’une invitée" not in foreign.text


def test_an_account_sees_nothing_of_the_guest_whom_its_browser_remembers(remembered, discussion, reader):
    remembered.force_login(reader)

    assert "D’une invitée" not in remembered.get(discussion.target.get_url()).text


def test_writing_prolongs_the_pass_once_a_day(remembered, address):
    assert guests.COOKIE not in write(remembered, address, "Le même jour").cookies
    two_days_ago = timezone.now() - timedelta(days=2)
    GuestPass.objects.update(used_at=two_days_ago)

    response = write(remembered, address, "Deux jours après")

    assert guests.COOKIE in response.cookies
    assert GuestPass.objects.get().used_at > two_days_ago + timedelta(days=1)


def forged(**fields):
    return signing.dumps(str(GuestPass.objects.get().pk), **fields)


NOT_BELIEVED = {
    "nothing": lambda: "",
    "another key": lambda: forged(salt="comments.guest", key="another"),
    "another purpose": lambda: forged(salt="comments.confirmation"),
    "altered": lambda: forged(salt="comments.guest")[:-1] + "é",
    "the bare key": lambda: str(GuestPass.objects.get().pk),
    "no key at all": lambda: signing.dumps("abc", salt="comments.guest"),
    "a number": lambda: signing.dumps(2**70, salt="comments.guest"),
    "a list": lambda: signing.dumps([1], salt="comments.guest"),
    "a NUL": lambda: signing.dumps("\x00", salt="comments.guest"),
    "nobody's": lambda: signing.dumps(str(uuid.uuid4()), salt="comments.guest"),
    "very long": lambda: "a" * 5000,
}


@pytest.mark.parametrize("cookie", NOT_BELIEVED)
def test_a_cookie_that_is_not_ours_makes_a_visitor_and_no_error(remembered, address, discussion, cookie):
    remembered.cookies[guests.COOKIE] = NOT_BELIEVED[cookie]()

    assert 'name="email"' in remembered.get(address).text
    page = remembered.get(discussion.target.get_url())
    assert page.status_code == 200
    assert "D’une invitée" not in page.text


@pytest.mark.parametrize("end", ["revoked", "deleted", "unused"])
def test_a_pass_that_ended_makes_a_visitor(remembered, address, end):
    if end == "revoked":
        services.revoke_guest_passes("EVE@example.org")
    elif end == "deleted":
        GuestPass.objects.all().delete()
    else:
        GuestPass.objects.update(used_at=timezone.now() - GuestPass.LIFETIME)

    assert 'name="email"' in remembered.get(address).text


def test_a_pass_revoked_while_a_comment_is_written_loses_no_word(remembered, address):
    form = remembered.get(address).context["form"]
    signed = {name: form.initial[name] for name in ("content_type", "object_pk", "timestamp", "security_hash")}
    services.revoke_guest_passes("eve@example.org")

    response = remembered.post(address, signed | {"name": "Ève", "comment": "Pendant ce temps"})

    assert response.status_code == 422
    assert "Pendant ce temps" in response.text
    assert 'name="email"' in response.text


def test_forgetting_ends_the_pass_and_leaves_the_words(remembered, address, guest_comment):
    assert "e…@example.org" in remembered.get("/invites/oublier/?next=/guide/").text
    assert GuestPass.objects.valid().exists()

    page = remembered.post("/invites/oublier/?next=/guide/")

    assert 'href="/guide/"' in page.text
    assert page.cookies[guests.COOKIE].value == ""
    assert not GuestPass.objects.valid().exists()
    assert 'name="email"' in remembered.get(address).text
    guest_comment.refresh_from_db()
    assert guest_comment.status == Status.PENDING


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_forgetting_leads_to_no_other_site(remembered, elsewhere):
    assert "example.org/" not in remembered.get("/invites/oublier/", {"next": elsewhere}).text.replace("e…@example.org", "")
    assert f'href="{elsewhere}' not in remembered.post(f"/invites/oublier/?next={elsewhere}").text


def test_a_visitor_has_nothing_to_forget(client, db):
    assert "ne retient aucune adresse" in client.get("/invites/oublier/").text
    assert client.post("/invites/oublier/").status_code == 200


def test_forgetting_takes_a_token_of_this_site(remembered):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = remembered.cookies

    assert strict.post("/invites/oublier/").status_code == 403
    assert GuestPass.objects.valid().exists()


def links_in(body, path="/discussions/confirmer/"):
    return re.findall(rf"https?://[^/]+({path}\S+)", body)


def ask(client, email, wish="link"):
    outbox.deliver_due()
    mail.outbox.clear()
    response = client.post(NEW_LINK, {"email": email, "wish": wish})
    outbox.deliver_due()
    return response, list(mail.outbox)


def test_a_new_link_for_each_comment_that_waits(client, discussion, guest_comment):
    services.post(discussion, author=Author(name="Ève", email="eve@example.org"), text="Le second")

    _answer, (sent,) = ask(client, "Eve@Example.ORG")

    assert "D’une invitée" in sent.body
    assert "Le second" in sent.body
    for link in links_in(sent.body):
        client.post(link)
    assert set(ThreadComment.objects.values_list("status", flat=True)) == {Status.PENDING}


LOOKS_ALIKE = "eve@exampıe.org"
"""Another address, of another domain; some databases make capitals of it that they make of `eve@exampie.org` too."""


def test_an_address_that_looks_alike_is_sent_no_link(client, discussion):
    services.post(discussion, author=Author(name="Ève", email="Eve@exampie.org"), text="D’une autre")

    assert ask(client, LOOKS_ALIKE)[1] == []
    assert len(ask(client, "eve@exampie.org")[1]) == 1


def test_a_guest_whose_address_looks_alike_is_somebody_else(client, discussion, remembering):
    theirs = services.post(discussion, author=Author(name="Ève", email="Eve@exampie.org", proven=True), text="Cela attend").comment

    remembering(GuestPass.objects.create(email=LOOKS_ALIKE, name="Ève"))
    assert "Cela attend" not in client.get(discussion.target.url).text
    assert client.post(reverse("comments:remove", args=[theirs.pk])).status_code == 404

    remembering(GuestPass.objects.create(email="eve@exampie.org", name="Ève"))
    assert "Cela attend" in client.get(discussion.target.url).text
    assert client.post(reverse("comments:remove", args=[theirs.pk])).status_code == 302


def test_at_most_ten_links_in_one_mail(client, discussion):
    for number in range(12):
        services.post(discussion, author=Author(name="Ève", email="eve@example.org"), text=f"Numéro {number}")

    _answer, (sent,) = ask(client, "eve@example.org")

    assert len(links_in(sent.body)) == 10


@pytest.mark.parametrize("wish", ["link", "forget"])
def test_asking_tells_nobody_whether_an_address_is_known(client, guest_comment, reader, wish):
    services.remember_guest(guest_comment)
    known, mails = ask(client, "eve@example.org", wish)
    assert len(mails) == 1

    for address in [reader.email, "personne@example.org"]:
        unknown, mails = ask(client, address, wish)
        assert mails == []
        assert (unknown.status_code, unknown.text) == (known.status_code, known.text)


def test_asking_does_the_same_work_for_every_address(client, guest_comment):
    def work(email):
        with CaptureQueriesContext(connection) as queries:
            client.post(NEW_LINK, {"email": email, "wish": "link"})
        return [query["sql"].split()[0] for query in queries]

    work("quelquun@example.org")
    assert work("eve@example.org") == work("personne@example.org")


def test_one_mail_however_often_it_is_asked_for(client, guest_comment):
    assert [len(ask(client, "eve@example.org")[1]) for _time in range(3)] == [1, 0, 0]


def test_asking_too_often_is_told(client, db):
    answers = [client.post(NEW_LINK, {"email": f"e{number}@example.org"}).status_code for number in range(6)]

    assert answers == [200] * 5 + [429]


def test_an_address_that_is_none_is_told(client, db):
    response = client.post(NEW_LINK, {"email": "eve"})

    assert response.status_code == 422
    assert not OutgoingMail.objects.exists()


def test_the_way_to_a_new_link_stands_where_it_is_missed(client, address, db, guest_comment):
    after_posting = write(client, address, email="eve@example.org")

    assert NEW_LINK in client.get(after_posting.url).text
    assert NEW_LINK in client.get("/discussions/confirmer/coupé/").text


def test_forgetting_everywhere_by_a_mailed_link(remembered, client, guest_comment, discussion):
    services.remember_guest(guest_comment)
    _answer, (sent,) = ask(Client(), "eve@example.org", "forget")
    (link,) = links_in(sent.body, "/invites/")

    assert "eve@example.org" in client.get(link).text
    assert GuestPass.objects.valid().count() == 2
    response = client.post(link)

    assert GuestPass.objects.valid().count() == 0
    assert response.cookies[guests.COOKIE].value == ""


@pytest.mark.parametrize("token", ["abc", "a:b:c", "é", "a" * 3000])
def test_a_link_to_forget_that_we_did_not_write_does_nothing(client, db, token):
    for response in (client.get(f"/invites/{token}/"), client.post(f"/invites/{token}/")):
        assert response.status_code == 404


def test_a_link_to_forget_is_no_link_to_confirm_and_holds_for_a_day(client, guest_comment, monkeypatch):
    forgetting, confirming = token_to_forget("eve@example.org"), token_for(guest_comment)
    assert client.get(f"/discussions/confirmer/{forgetting}/").status_code == 404
    assert client.get(f"/invites/{confirming}/").status_code == 404

    later = time.time() + 24 * 60 * 60 + 2
    monkeypatch.setattr(time, "time", lambda: later)
    assert client.get(f"/invites/{forgetting}/").status_code == 404


@pytest.mark.parametrize(("seconds", "good"), [(-60, True), (60, False)])
def test_a_link_holds_for_24_hours(client, guest_comment, monkeypatch, seconds, good):
    link = reverse("comments:confirm", args=[token_for(guest_comment)])
    later = time.time() + 24 * 60 * 60 + seconds
    monkeypatch.setattr(signing.time, "time", lambda: later)

    client.post(link)

    guest_comment.refresh_from_db()
    assert (guest_comment.status == Status.PENDING) is good
    assert GuestPass.objects.exists() is good


@pytest.mark.django_db(transaction=True)
def test_a_link_clicked_in_two_browsers_at_once_confirms_once(guest_comment):
    link = reverse("comments:confirm", args=[token_for(guest_comment)])

    def click(_number):
        try:
            return Client().post(link)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(click, range(8)))

    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [302]
    assert sum(guests.COOKIE in answer.cookies for answer in answers) == 1
    assert GuestPass.objects.count() == 1
    guest_comment.refresh_from_db()
    assert (guest_comment.status, guest_comment.discussion.pending_count) == (Status.PENDING, 1)
