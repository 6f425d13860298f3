"""Health, robots, the sitemap and the door of the admin."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from tests.factories import guide_image, published_article


def test_health_says_that_every_part_answers(client, db):
    answer = client.get("/sante/")

    assert answer.status_code == 200
    assert answer.json()["parts"]["database"] == "ok"


def test_health_is_503_when_the_database_is_down(client, db, monkeypatch):
    def down():
        raise DatabaseError("password=secret")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", down)
        answer = client.get("/sante/")

    assert answer.status_code == 503
    assert answer.json()["parts"]["database"] == "down"
    assert "secret" not in answer.text


def test_robots_are_kept_out_of_accounts_and_told_of_the_sitemap(client, db):
    text = client.get("/robots.txt").text

    assert "Disallow: /compte/" in text
    assert "/sitemap.xml" in text


def test_the_sitemap_lists_published_articles_only(client, db):
    published, draft = published_article("Publié"), published_article("Brouillon")
    draft.unpublish()

    text = client.get("/sitemap.xml").text

    assert published.url in text
    assert draft.slug not in text


def test_a_picture_is_kept_for_a_day(client, db):
    answer = client.get(guide_image().file.url)

    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    answer.close()


@pytest.mark.parametrize("address", ["/admin/", "/admin/pages/"])
def test_the_admin_has_the_sites_own_door(client, db, address):
    answer = client.get(address, follow=True)

    assert answer.redirect_chain[-1][0].startswith("/compte/login/?next=/admin/")


def test_a_reader_is_told_no_at_the_admins_door(client, reader):
    client.force_login(reader)

    assert client.get("/admin/", follow=True).status_code == 403


@pytest.mark.parametrize(
    ("origin", "offered"), [("http://testserver", True), (None, True), ("https://elsewhere.example", False), ("null", False)]
)
def test_a_form_that_another_site_sent_is_not_offered_again(db, origin, offered):
    client = Client(enforce_csrf_checks=True, headers={"origin": origin} if origin else {})

    response = client.post("/reseaux/ludotheques/membres/1/role/", {"role": "facilitator"})

    assert response.status_code == 403
    assert ('name="role" value="facilitator"' in response.text) is offered
    assert ("Envoyer à nouveau" in response.text) is offered
    assert ("vient d’un autre site" in response.text) is not offered
