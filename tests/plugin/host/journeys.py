"""What people do on a host site; run by tests/plugin/test_plugin.py in a process of its own, under the host's settings."""

import re
import sys
from importlib.util import find_spec

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from wagtail.models import Page, Site

from comments import personal_data, services
from comments.models import Discussion, Pace, ThreadComment
from comments.states import Status
from networks.models import JoinRequest, Membership, Network, Role, Topic
from tests.plugin.host.models import Game, HostPage

OURS_ALONE = {"articles", "config", "demo", "search", "users", "wordpress"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_typing(settings):
    """Nobody waits in a test; and nobody has posted too often yet."""
    settings.COMMENTS_MINIMUM_SECONDS = 0
    cache.clear()


@pytest.fixture
def page():
    """The host's home, published."""
    home = Page.objects.get(depth=1).add_child(instance=HostPage(title="Toys", slug="toys"))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    home.save_revision().publish()
    return HostPage.objects.get(pk=home.pk)


@pytest.fixture
def moderator():
    """A superuser of the host."""
    return User.objects.create_superuser("mod", "mod@example.org", "pass")


@pytest.fixture
def network():
    """A public network."""
    return Network.objects.create(name="Toy libraries", slug="toys", visibility="public")


def join(network, username, role=Role.MEMBER, **names):
    """Somebody new in a network."""
    user = User.objects.create_user(username, f"{username}@example.org", "pass", **names)
    Membership.objects.create(network=network, user=user, role=role)
    return user


def post(client, url, address, **fields):
    """Send the form that stands on a page, at `address`, as a browser does."""
    html = client.get(url).content.decode()
    hidden = dict(re.findall(r'name="(content_type|object_pk|timestamp|security_hash)" value="([^"]*)"', html))
    return client.post(address, {**hidden, **fields}, headers={"Origin": "http://testserver"})


def test_a_host_starts_with_no_remark_and_no_missing_migration():
    call_command("check", fail_level="WARNING")
    call_command("makemigrations", check_changes=True, dry_run=True)


def test_a_guest_talks_on_a_page_and_a_moderator_approves(client, page, moderator):
    services.choose_pace(moderator, Pace.HOURLY)
    html = client.get("/").content.decode()
    assert 'id="commentaires"' in html
    assert "/accounts/login/?next=" in html
    address = f"/discussions/{Discussion.objects.get().pk}/commenter/"

    answer = post(client, "/", address, name="Ann", email="ann@example.org", comment="Which toys do you lend?")

    assert answer.status_code == 302
    call_command("deliver_mail")
    assert mail.outbox[-1].to == ["ann@example.org"]
    link = re.search(r"https://host\.example\.org(/discussions/confirmer/\S+)", mail.outbox[-1].body)[1]
    assert client.post(link).status_code == 302
    comment = ThreadComment.objects.get()
    assert comment.status == Status.PENDING
    call_command("deliver_mail")
    assert mail.outbox[-1].to == ["mod@example.org"]

    client.force_login(moderator)
    assert "Which toys do you lend?" in client.get("/admin/moderation/").content.decode()
    client.post(f"/admin/moderation/decide/{comment.pk}/approve/", {"seen_status": "pending", "next": "/admin/moderation/"})

    client.logout()
    assert "Which toys do you lend?" in client.get("/").content.decode()


def test_a_form_that_is_sent_at_once_is_explained(client, page, settings):
    del settings.COMMENTS_MINIMUM_SECONDS
    client.force_login(User.objects.create_user("ann", "ann@example.org", "pass"))
    address = f"/discussions/{Discussion.objects.get().pk}/commenter/"

    answer = post(client, "/", address, comment="Which toys?")

    assert answer.status_code == 422
    assert "That was very fast" in answer.content.decode()


def test_a_plain_model_carries_a_discussion_and_names_come_from_the_account(client):
    game = Game.objects.create(name="Hopscotch")
    user = User.objects.create_user("bea", "bea@example.org", "pass")
    client.force_login(user)

    html = client.get(f"/games/{game.pk}/").content.decode()
    assert "<strong>bea</strong>" in html
    answer = post(client, f"/games/{game.pk}/", "/discussions/commenter/", comment="I draw it with chalk.")

    assert answer.status_code == 302
    assert ThreadComment.objects.get().author_name == "bea"
    assert str(ThreadComment.objects.get().discussion.target) == "Hopscotch"


def test_what_the_host_hides_is_not_talked_about(client):
    game = Game.objects.create(name="Hopscotch")
    game.is_out = False
    game.save()

    answer = client.get(f"/discussions/{Discussion.objects.get().pk}/commenter/")

    assert answer.status_code == 404


def test_a_topic_of_a_network_has_its_discussion(client, network):
    client.force_login(join(network, "cleo", first_name="Cléo", last_name="Roux"))
    client.post("/networks/toys/sujets/nouveau/", {"title": "Repairing", "text": "Who mends?"})
    topic = Topic.objects.get()
    address = f"/discussions/{Discussion.objects.get().pk}/commenter/"

    post(client, topic.get_absolute_url(), address, comment="I do, on Sundays.")

    html = client.get(topic.get_absolute_url()).content.decode()
    assert "I do, on Sundays." in html
    assert "by Cléo Roux" in html


def test_a_visitor_is_led_to_the_hosts_own_sign_in(client, network):
    html = client.get("/networks/toys/").content.decode()

    assert "/accounts/login/?next=/networks/toys/" in html
    assert "Create an account" not in html


def test_facilitators_run_their_space(client, network):
    facilitator = join(network, "dan", Role.FACILITATOR)
    asker = User.objects.create_user("eve", "eve@example.org", "pass")
    client.force_login(asker)
    client.post("/networks/toys/adhesion/", {"message": "I lend toys."})
    call_command("deliver_mail")
    assert mail.outbox[-1].subject == "eve asks to join Toy libraries"

    client.force_login(facilitator)
    pages = ["", "membres/", "demandes/", "presentation/", "sujets/nouveau/"]
    assert [client.get(f"/networks/toys/{page}").status_code for page in pages] == [200] * len(pages)
    client.post(f"/networks/toys/demandes/{JoinRequest.objects.get().pk}/", {"decision": "accept"})

    assert Membership.objects.filter(user=asker, network=network).exists()


def test_a_networks_moderator_finds_the_workbench_and_nothing_else(client, network):
    client.force_login(join(network, "fred", Role.MODERATOR))

    assert client.get("/admin/moderation/").status_code == 200
    assert client.get("/admin/pages/").status_code == 302


def test_an_editor_sets_a_pages_discussion(client, page, moderator):
    client.force_login(moderator)

    html = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()

    assert "Settings of the discussion" in html


def test_a_person_takes_their_words_along_or_has_them_erased(client):
    game = Game.objects.create(name="Hopscotch")
    user = User.objects.create_user("hal", "hal@example.org", "pass")
    client.force_login(user)
    post(client, f"/games/{game.pk}/", f"/discussions/{Discussion.objects.get().pk}/commenter/", comment="I draw it.")
    comment = ThreadComment.objects.get()

    assert personal_data.export(user)["comments"][0]["address"] == f"https://host.example.org/commentaires/{comment.pk}/"

    personal_data.erase(user)
    comment.refresh_from_db()
    assert (comment.status, comment.comment, comment.author_name) == (Status.REMOVED, "", "")


def test_an_address_is_never_shown_as_a_name():
    user = User(username="gil@example.org")

    assert ThreadComment(user=user).author_name == "Somebody"


def test_nothing_of_our_own_site_is_loaded():
    assert {name.partition(".")[0] for name in sys.modules} & OURS_ALONE == set()
    assert find_spec("config") is None
