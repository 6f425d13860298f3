"""A guest proves an address once: the browser remembers it, until it is told to forget."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from comments import outbox, services
from comments.models import Discussion, GuestPass, ThreadComment
from comments.states import Moderation, Status
from tests.factories import published_article


@pytest.fixture
def address():
    discussion = services.discussion_of(published_article())
    Discussion.objects.update(moderation=Moderation.AFTER)
    return discussion.target.get_url()


def link_in_the_mail():
    outbox.deliver_due()
    return re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1]


def form_of(page):
    return page.locator("#laisser-un-commentaire")


def send(page, text):
    form_of(page).get_by_label("Votre commentaire").fill(text)
    form_of(page).get_by_role("button", name="Envoyer").click()


def prove_write_and_forget(page, address):
    page.goto(address)
    form_of(page).get_by_label("Votre nom").fill("Ève")
    form_of(page).get_by_label("Votre adresse e-mail").fill("eve@example.org")
    send(page, "Le premier")
    page.get_by_role("link", name="Rien reçu").wait_for()
    page.goto(link_in_the_mail())
    page.get_by_text("Ce navigateur retiendra ensuite votre adresse").wait_for()
    page.get_by_role("button", name="Oui, confirmer").click()
    page.get_by_text("votre commentaire est publié").wait_for()

    form_of(page).get_by_role("button", name="Envoyer").wait_for()
    assert form_of(page).get_by_label("Votre adresse e-mail").count() == 0
    expect(form_of(page).get_by_label("Votre nom")).to_have_value("Ève")
    send(page, "Le deuxième")
    page.locator(".comment", has_text="Le deuxième").wait_for()
    page.get_by_text("Merci. Votre commentaire est publié").wait_for()
    assert ThreadComment.objects.get(comment="Le deuxième").status == Status.PUBLISHED

    form_of(page).get_by_role("link", name="Ce n’est pas vous").click()
    page.get_by_role("button", name="Oublier mon adresse sur ce navigateur").click()
    page.get_by_text("ne retient plus votre adresse").wait_for()
    page.get_by_role("link", name="Revenir").click()
    form_of(page).get_by_label("Votre adresse e-mail").wait_for()
    expect(page).to_have_url(re.compile(f"{address}$"))
    assert not GuestPass.objects.valid().exists()


def test_a_guest_proves_an_address_once(page, address):
    prove_write_and_forget(page, address)


def test_a_guest_proves_an_address_once_without_javascript(without_javascript, address):
    prove_write_and_forget(without_javascript, address)


def test_the_guests_pages_are_accessible_and_fit_a_phone(phone, address, assert_accessible):
    prove_write_and_forget(phone, address)
    phone.set_viewport_size({"width": 320, "height": 700})

    for path in ["/discussions/nouveau-lien/", "/invites/oublier/", "/discussions/confirmer/rien/"]:
        phone.goto(path)
        assert_accessible(phone)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 320
