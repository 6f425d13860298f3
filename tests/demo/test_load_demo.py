"""The demo is what docs/contract.md promises, and is loaded once."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command

from articles.blocks import ArticleBody
from articles.models import ArticlePage, HomePage
from comments.models import Consultation, Contribution, Discussion, OutgoingMail, ThreadComment
from comments.states import Status
from networks.models import AgendaDate, Membership, Network, Role, SpaceDocument, Topic
from users.models import User


@pytest.fixture(scope="module")
def loaded(rows_of_module, django_db_blocker):
    """The demo, loaded once for all these tests: each finds it as it was loaded."""
    with django_db_blocker.unblock():
        call_command("load_demo", stdout=StringIO())


@pytest.fixture
def demo(loaded, db):
    """What a test may ask of the demo, and change for itself."""


def test_the_guide_uses_every_block(demo):
    articles = ArticlePage.objects.live()

    used = {block.block_type for article in articles for block in article.body}
    assert articles.count() == 6
    assert used == set(ArticleBody().child_blocks)
    assert HomePage.objects.get().hero_image is not None
    assert all(article.hero_alt and article.participations.exists() and article.authors for article in articles)


def test_the_bodies_pass_the_editors_own_checks(demo):
    for article in ArticlePage.objects.all():
        article.body.stream_block.clean(article.body)


def test_the_networks_are_public_members_only_and_secret(demo):
    assert Counter(Network.objects.values_list("visibility", flat=True)) == {"public": 3, "members": 5, "secret": 3}
    first = Network.objects.order_by("name").first()
    roles = dict(first.memberships.values_list("user__email", "role"))
    assert roles["animation@demo.palabre.test"] == Role.FACILITATOR
    assert roles["membre@demo.palabre.test"] == Role.MEMBER
    assert not Membership.objects.filter(user__email="lectrice@demo.palabre.test").exists()


def test_people_talk_in_every_state(demo):
    assert Topic.objects.count() == 30
    assert ThreadComment.objects.count() >= 200
    assert set(ThreadComment.objects.values_list("status", flat=True)) == set(Status.values)
    assert not Discussion.objects.filter(title="").exists()
    call_command("check_threads", stdout=StringIO())


@pytest.mark.parametrize("name", ["admin", "editrice", "moderation", "animation", "membre", "lectrice"])
def test_the_demos_accounts_sign_in(demo, client, name):
    response = client.post("/compte/login/", {"login": f"{name}@demo.palabre.test", "password": "palabre-demo"})

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(User.objects.get(email=f"{name}@demo.palabre.test").pk)


@pytest.mark.parametrize("path", ["/", "/guide/", "/guide/pourquoi-ce-guide/", "/reseaux/", "/reseaux/ludotheques/", "/charte/"])
def test_the_demos_pages_answer(demo, client, path):
    assert client.get(path).status_code == 200


def test_a_second_load_changes_nothing(demo):
    User.objects.filter(email="lectrice@demo.palabre.test").update(display_name="Renommée")
    out = StringIO()

    call_command("load_demo", stdout=out)

    assert "not loaded" in out.getvalue()
    assert User.objects.get(email="lectrice@demo.palabre.test").display_name == "Renommée"
    assert Network.objects.count() == 11


def test_the_networks_use_their_spaces(demo):
    assert Topic.objects.exclude(chapter=None).count() >= 10
    assert Topic.objects.filter(state="archived").count() == 1
    assert AgendaDate.objects.upcoming().count() >= 3
    assert SpaceDocument.objects.filter(for_members=True).exists()
    assert Counter(Contribution.objects.values_list("state", flat=True)) == {"published": 2, "submitted": 1}
    consultation = Consultation.objects.get()
    assert consultation.is_running
    assert consultation.discussions.count() == 3
    assert not OutgoingMail.objects.filter(settled_at=None).exists()


@pytest.mark.parametrize(
    "path", ["/mon-accueil/", "/participation/", "/participation/evolution/", "/consultations/", "/reseaux/aidants/contributions/"]
)
def test_a_facilitator_of_the_demo_finds_them(demo, client, path):
    client.force_login(User.objects.get(email="animation@demo.palabre.test"))

    assert client.get(path).status_code == 200
