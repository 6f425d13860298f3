"""Visitors' forms stand on pages that are the same for everybody: without a token, and refused when another site sends them."""

import pytest
from django.test import Client

from comments import guests, services
from comments.models import ThreadComment

FORM = {"name": "Ève", "email": "eve@example.org", "comment": "Un avis de passage"}
HERE = [{"origin": "http://testserver"}, {"sec_fetch_site": "same-origin"}]
ELSEWHERE = [{"origin": "https://evil.example"}, {"origin": "null"}, {"sec_fetch_site": "cross-site"}, {"sec_fetch_site": "same-site"}]


@pytest.fixture
def address(discussion):
    return f"/discussions/{discussion.pk}/commenter/"


def strict(**headers):
    return Client(enforce_csrf_checks=True, headers=headers)


@pytest.fixture
def form(discussion):
    """What a visitor sends: nothing in it is drawn by lot."""
    return {**FORM, "content_type": discussion.target._meta.label_lower, "object_pk": discussion.target.pk}


@pytest.mark.parametrize("headers", HERE)
def test_a_visitors_form_is_stored_without_a_token(address, form, headers):
    answer = strict(**headers).post(address, form)

    assert answer.status_code == 302
    assert ThreadComment.objects.get().comment == FORM["comment"]


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_a_form_that_another_site_sends_is_refused(address, form, headers):
    answer = strict(**headers).post(address, form)

    assert answer.status_code == 403
    assert not ThreadComment.objects.exists()


@pytest.mark.parametrize("headers", HERE)
def test_the_first_comment_of_a_page_needs_no_token_either(form, headers):
    answer = strict(**headers).post("/discussions/commenter/", form)

    assert answer.status_code == 302
    assert ThreadComment.objects.exists()


def test_a_program_that_does_not_say_where_it_comes_from_sends_twice(address):
    """It gets its text back with a signature, as old browsers would, and that is stored."""
    client = strict()

    first = client.post(address, FORM)
    signed = {name: first.context["form"].data[name] for name in ["timestamp", "security_hash", "content_type", "object_pk"]}
    second = client.post(address, {**FORM, **signed})

    assert first.status_code == 422
    assert FORM["comment"] in first.text
    assert second.status_code == 302
    assert ThreadComment.objects.count() == 1


def test_who_is_known_needs_a_token_wherever_the_form_comes_from(address, reader):
    for headers in HERE:
        client = strict(**headers)
        client.force_login(reader)

        assert client.post(address, {"comment": FORM["comment"]}).status_code == 403
    assert not ThreadComment.objects.exists()


def test_a_remembered_guest_needs_a_token(address, guest_comment, rf):
    services.prove_email(guest_comment)
    client = strict(origin="http://testserver")
    response = client.get("/")
    guests.remember(response.wsgi_request, response, services.remember_guest(guest_comment))
    client.cookies = response.cookies

    assert client.post(address, {"name": "Ève", "comment": FORM["comment"]}).status_code == 403
    assert ThreadComment.objects.count() == 1


def test_who_is_known_sends_the_form_of_their_page(address, discussion, reader):
    client = strict()
    client.force_login(reader)
    page = client.get(discussion.target.url)
    token = page.text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    form = client.get(address).context["form"]

    answer = client.post(address, {**form.initial, "comment": FORM["comment"], "csrfmiddlewaretoken": token})

    assert answer.status_code == 302
    assert ThreadComment.objects.get().user == reader
