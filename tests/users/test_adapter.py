"""Mails of the account speak in the name of the site, and a mail server that is down takes no page with it."""

import pytest
from django.contrib.auth import get_user_model


def test_a_mail_of_the_account_names_the_site_and_its_address(client, reader, mailoutbox, settings):
    settings.BASE_URL = "https://guide.federation.test"

    client.post("/compte/password/reset/", {"email": reader.email})

    [mail] = mailoutbox
    assert "Palabre" in mail.body
    assert "guide.federation.test" in mail.body
    assert "example.com" not in mail.body + mail.subject


@pytest.fixture
def mail_server_down(settings):
    """A mail server where nothing listens."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


def test_signing_up_while_the_mail_server_is_down_keeps_the_account_and_says_so(client, db, mail_server_down):
    typed = {"email": "neuf@example.org", "display_name": "Neuf", "password1": "tres-long-mot-9", "password2": "tres-long-mot-9"}

    answer = client.post("/compte/signup/", typed, follow=True)

    assert answer.status_code == 200
    assert "L’e-mail n’a pas pu partir" in answer.text
    assert get_user_model().objects.filter(email="neuf@example.org").exists()


def test_asking_for_a_new_password_while_the_mail_server_is_down_says_so(client, reader, mail_server_down):
    answer = client.post("/compte/password/reset/", {"email": reader.email}, follow=True)

    assert answer.status_code == 200
    assert "L’e-mail n’a pas pu partir" in answer.text


def test_a_mail_of_the_account_is_written_in_the_words_of_the_site(client, reader, mailoutbox):
    client.post("/compte/password/reset/", {"email": reader.email})

    [mail] = mailoutbox
    assert mail.body.startswith("Bonjour,")
    assert "Quelqu’un, sans doute vous, a demandé un nouveau mot de passe" in mail.body
    assert "Merci de ne pas répondre à ce message." in mail.body


def test_a_person_who_signs_up_is_asked_to_confirm_in_the_words_of_the_site(client, db, mailoutbox):
    person = {"email": "nora@exemple.test", "display_name": "Nora", "password1": "arbre-a-palabres", "password2": "arbre-a-palabres"}

    client.post("/compte/signup/", person)

    [mail] = mailoutbox
    assert "Cette adresse a été indiquée pour le compte de Nora sur Palabre." in mail.body
    assert "/compte/confirm-email/" in mail.body


@pytest.mark.parametrize(("wanted", "kept"), [("/guide/", True), ("https://evil.example/", False), ("", False)])
def test_the_mail_that_proves_an_address_keeps_the_way_back_within_the_site(client, db, mailoutbox, wanted, kept):
    person = {"email": "nora@exemple.test", "display_name": "Nora", "password1": "arbre-a-palabres", "password2": "arbre-a-palabres"}
    client.post("/compte/signup/", {**person, "next": wanted})
    link = next(word for word in mailoutbox[0].body.split() if "/confirm-email/" in word)
    client.cookies.clear()  # the mail is opened on another device

    page, answer = client.get(link), client.post(link)

    assert page.status_code == 200
    assert ("next" in link) == kept
    assert answer.url == ("/compte/login/?next=%2Fguide%2F" if kept else "/compte/login/")
