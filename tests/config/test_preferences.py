"""Choosing a language or colours: a form without a token, which only this site's pages may send."""

import pytest
from django.test import Client

from config.preferences import SCHEME_COOKIE

CHOICES = [("/langue/setlang/", {"language": "en"}, "django_language"), ("/apparence/", {"scheme": "dark"}, SCHEME_COOKIE)]


@pytest.fixture
def visitor():
    """A browser whose forms are checked as in production."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize(("address", "choice", "cookie"), CHOICES)
def test_a_choice_needs_no_token(visitor, db, address, choice, cookie):
    answer = visitor.post(address, {**choice, "next": "/compte/login/"}, headers={"Origin": "http://testserver"})

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/compte/login/"
    assert set(answer.cookies) == {cookie}


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}], ids=str)
@pytest.mark.parametrize(("address", "choice", "cookie"), CHOICES)
def test_another_site_chooses_nothing(visitor, db, address, choice, cookie, headers):
    answer = visitor.post(address, choice, headers=headers)

    assert answer.status_code == 403
    assert "vient d’un autre site" in answer.text
    assert not answer.cookies


@pytest.mark.parametrize(("address", "choice", "cookie"), CHOICES)
def test_nothing_is_chosen_by_reading_an_address(visitor, db, address, choice, cookie):
    assert visitor.get(address, choice).status_code == 405
