"""Requests that are refused before a view reads them: a sentence, and the text where it can be kept."""

import pytest
from django.test import Client

from comments.models import Discussion
from comments.states import Mode


@pytest.fixture
def address(discussion):
    return f"/discussions/{discussion.pk}/commenter/"


def test_a_form_of_somebody_known_without_its_token_comes_back_with_the_text(address, reader):
    client = Client(enforce_csrf_checks=True)
    client.force_login(reader)

    response = client.post(address, {"comment": "Un texte que <b>je</b> garde", "reply_to": "7"})

    assert response.status_code == 403
    assert "Un texte que &lt;b&gt;je&lt;/b&gt; garde" in response.text
    assert 'name="reply_to" value="7"' in response.text


def test_a_text_too_big_to_be_read_is_told_so(client, address):
    response = client.post(address, {"comment": "a" * 3_000_000})

    assert response.status_code == 413
    assert "trop gros" in response.text


def test_too_many_fields_are_told_so(client, address):
    response = client.post(address, {f"f{number}": "x" for number in range(10_001)})

    assert response.status_code == 400


@pytest.mark.parametrize("sent", ["fields", "parts"])
def test_what_nobody_can_read_at_an_address_that_does_not_exist_is_not_found(client, db, sent):
    form = "application/x-www-form-urlencoded"
    body, kind = ("&".join(["f=x"] * 10_001), form) if sent == "fields" else ("", "multipart/form-data; boundary=\x01")

    assert client.post("/nulle.part", body, content_type=kind).status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods_are_refused(client, address, method):
    assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize("exists", [True, False])
def test_a_discussion_that_is_no_longer_there_gives_the_text_back(client, address, discussion, exists):
    Discussion.objects.filter(pk=discussion.pk).update(mode=Mode.HIDDEN)

    response = client.post(address if exists else "/discussions/987654/commenter/", {"comment": "Un texte que <b>je</b> garde"})

    assert response.status_code == 404
    assert "Un texte que &lt;b&gt;je&lt;/b&gt; garde" in response.text
