"""Who signs in, and who a session belongs to."""

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, authenticate

from tests.factories import UserFactory


@pytest.mark.django_db
@pytest.mark.parametrize("former", ["django.contrib.auth.backends.ModelBackend", "allauth.account.auth_backends.AuthenticationBackend"])
def test_who_signed_in_before_this_version_stays_signed_in(client, reader, former):
    client.force_login(reader)
    session = client.session
    session[BACKEND_SESSION_KEY] = former
    session.save()

    assert client.get("/compte/profil/").wsgi_request.user == reader


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["Marie.Dupont@example.org", "marie.dupont@example.org"])
def test_an_address_with_capitals_signs_in_however_it_is_typed(typed):
    marie = UserFactory(email="Marie.Dupont@example.org")

    assert authenticate(email=typed, username=typed, password="palabre-test") == marie
    assert authenticate(email=typed, username=typed, password="autre chose") is None


@pytest.mark.django_db
def test_a_closed_account_has_no_session(client, reader):
    client.force_login(reader)
    reader.is_active = False
    reader.save()

    assert not client.get("/compte/profil/").wsgi_request.user.is_authenticated
