"""Switching whom a space is for: what it would show is shown first, exactly that happens, and at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from comments.models import ThreadComment
from comments.services import Author, discussion_of, post
from comments.services import remove as remove_comment
from networks import services
from networks.exposure import Follows, Readers, exposure_of
from networks.models import Network
from networks.services import LookedOtherwise, Refused
from networks.states import Visibility
from tests.factories import TopicFactory, published_article


@pytest.fixture
def topic(network, member):
    topic = TopicFactory(network=network, title="Entre nous")
    for text in ("Un", "Deux"):
        post(discussion_of(topic), author=Author(user=member, network_id=network.pk), text=text, notify=False)
    return topic


@pytest.fixture
def ask(client, network):
    """`ask(after)`: the page that shows what a switch would do; `ask(after, seen)` confirms it."""
    address = reverse("networks:visibility", args=[network.slug])

    def ask(after, seen=None):
        return client.get(address, {"after": after}) if seen is None else client.post(address, {"after": after, "seen": seen})

    return ask


def test_the_page_tells_in_numbers_what_becomes_readable_to_whom(client, ask, network, topic, facilitator, member):
    services.add_document(network, by=facilitator, title="Note", upload=_note(), for_members=True)
    client.force_login(facilitator)

    answer = ask("public")
    lines = {str(line.words): (line.before, line.after) for line in answer.context["exposure"].lines}

    assert lines["1 sujet"] == lines["2 commentaires de 1 personne"] == (Readers.MEMBERS, Readers.EVERYONE)
    assert lines["1 document réservé aux membres"] == (Readers.MEMBERS, Readers.MEMBERS)
    assert lines["La liste des membres et les demandes d’adhésion"] == (Readers.MEMBERS, Readers.MEMBERS)
    assert "Parlez-en d’abord" in answer.text
    network.refresh_from_db()
    assert network.visibility == Visibility.MEMBERS, "looking changes nothing"


def _note():
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("note.txt", b"Une note")


@pytest.mark.parametrize(
    ("before", "after", "opens", "closes"),
    [
        (Visibility.SECRET, Visibility.PUBLIC, {Follows.PRESENTATION, Follows.TOPICS}, set()),
        (Visibility.SECRET, Visibility.MEMBERS, {Follows.PRESENTATION}, set()),
        (Visibility.MEMBERS, Visibility.PUBLIC, {Follows.TOPICS}, set()),
        (Visibility.PUBLIC, Visibility.MEMBERS, set(), {Follows.TOPICS}),
        (Visibility.PUBLIC, Visibility.SECRET, set(), {Follows.PRESENTATION, Follows.TOPICS}),
        (Visibility.MEMBERS, Visibility.SECRET, set(), {Follows.PRESENTATION}),
    ],
)
def test_each_switch_opens_and_closes_what_its_readers_say(before, after, opens, closes):
    def changed(way):
        return {follows for follows in Follows if (follows.readers_in(before), follows.readers_in(after)) == way}

    assert changed((Readers.MEMBERS, Readers.EVERYONE)) == opens
    assert changed((Readers.EVERYONE, Readers.MEMBERS)) == closes


def test_confirming_what_was_seen_switches_and_is_logged(client, ask, network, topic, facilitator):
    client.force_login(facilitator)
    seen = ask("public").context["exposure"].seen

    ask("public", seen)

    network.refresh_from_db()
    assert network.visibility == Visibility.PUBLIC
    entry = ModelLogEntry.objects.get(action="networks.set_visibility")
    assert (entry.user, entry.data) == (facilitator, {"from": "members", "to": "public"})
    client.logout()
    assert client.get(topic.get_absolute_url()).status_code == 200


def test_what_was_added_meanwhile_is_shown_before_it_is_shown_to_others(client, ask, network, topic, facilitator, member):
    client.force_login(facilitator)
    seen = ask("public").context["exposure"].seen
    post(discussion_of(topic), author=Author(user=member, network_id=network.pk), text="Trois", notify=False)

    answer = ask("public", seen)

    network.refresh_from_db()
    assert network.visibility == Visibility.MEMBERS
    assert "3 commentaires" in answer.text
    assert answer.context["exposure"].seen != seen
    ask("public", answer.context["exposure"].seen)
    network.refresh_from_db()
    assert network.visibility == Visibility.PUBLIC


@pytest.mark.parametrize("seen", ["", "x", "\x00", "0" * 32])
def test_nobody_switches_without_having_looked(network, facilitator, seen):
    with pytest.raises(LookedOtherwise):
        services.set_visibility(network, Visibility.PUBLIC, by=facilitator, seen=seen)


@pytest.mark.parametrize("kind", ["document", "date", "comment"])
def test_one_thing_in_the_place_of_another_is_looked_at_again(kind, network, topic, facilitator, moderator, member):
    """Where the numbers are the same, what they count is not."""

    def write(text):
        return post(discussion_of(topic), author=Author(user=member, network_id=network.pk), text=text, notify=False).comment

    def add_date(title):
        return services.save_date(
            network, by=facilitator, title=title, starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=1)
        )

    def add_document(title):
        return services.add_document(network, by=facilitator, title=title, upload=_note(), for_members=False)

    add, remove = {
        "document": (add_document, lambda it: services.remove_document(it, by=facilitator)),
        "date": (add_date, lambda it: services.remove_date(it, by=facilitator)),
        "comment": (write, lambda it: remove_comment(it, by=member)),
    }[kind]
    first = add("Ce qui a été vu")
    seen = exposure_of(network, Visibility.PUBLIC).seen
    remove(first)
    add("Autre chose")

    with pytest.raises(LookedOtherwise):
        services.set_visibility(network, Visibility.PUBLIC, by=facilitator, seen=seen)


@pytest.mark.parametrize("after", [Visibility.MEMBERS, Visibility.PUBLIC])
def test_badges_under_public_pages_are_counted_where_they_appear(client, ask, network, facilitator, member, after):
    Network.objects.filter(pk=network.pk).update(visibility=Visibility.SECRET)
    discussion = discussion_of(published_article())
    for text in ("Un", "Deux"):
        written = post(discussion, author=Author(user=member, network_id=network.pk), text=text, notify=False).comment
        ThreadComment.objects.filter(pk=written.pk).update(status="published")
    client.force_login(facilitator)

    lines = {str(line.words): (line.before, line.after) for line in ask(after).context["exposure"].lines}

    assert lines["Le badge du réseau sur 2 commentaires de 1 personne, hors de l’espace"] == (Readers.MEMBERS, Readers.EVERYONE)


def test_having_seen_one_switch_is_not_having_seen_another(network, facilitator):
    with pytest.raises(LookedOtherwise):
        services.set_visibility(network, Visibility.PUBLIC, by=facilitator, seen=exposure_of(network, Visibility.SECRET).seen)


@pytest.mark.parametrize("person", ["member", "network_moderator", "reader"])
def test_only_who_runs_the_space_switches(client, ask, request, network, person):
    user = request.getfixturevalue(person)
    client.force_login(user)
    seen = exposure_of(network, Visibility.PUBLIC).seen

    assert ask("public").status_code == ask("public", seen).status_code == 403
    with pytest.raises(Refused):
        services.set_visibility(network, Visibility.PUBLIC, by=user, seen=seen)


def test_the_same_again_changes_and_logs_nothing(client, ask, network, facilitator):
    client.force_login(facilitator)

    assert "rien ne changerait" in ask("members").text
    services.set_visibility(network, Visibility.MEMBERS, by=facilitator, seen="")

    assert not ModelLogEntry.objects.filter(action="networks.set_visibility").exists()


@pytest.mark.parametrize("after", ["", "x", "\x00", "PUBLIC"])
def test_nonsense_switches_nothing(client, ask, network, facilitator, after):
    client.force_login(facilitator)

    assert ask(after).context["exposure"] is None
    assert ask(after, "x").status_code == 302
    network.refresh_from_db()
    assert network.visibility == Visibility.MEMBERS


def test_a_space_that_becomes_secret_is_gone_for_strangers_with_the_next_request(client, network, facilitator, topic, reader):
    Network.objects.filter(pk=network.pk).update(visibility=Visibility.PUBLIC)
    network.refresh_from_db()
    comment = ThreadComment.objects.first()
    state = reverse("comments:state", args=[comment.discussion_id])
    addresses = [network.get_absolute_url(), topic.get_absolute_url(), comment.get_absolute_url(), state]
    client.force_login(reader)
    assert {client.get(address).status_code for address in addresses} <= {200, 302}

    services.set_visibility(network, Visibility.SECRET, by=facilitator, seen=exposure_of(network, Visibility.SECRET).seen)

    assert {client.get(address).status_code for address in addresses} == {404}
    found = client.get("/recherche/", {"q": "Entre nous"}).text
    assert topic.get_absolute_url() not in found
    client.logout()
    assert {client.get(address).status_code for address in addresses} == {404}


def test_a_page_kept_for_visitors_does_not_outlive_the_switch(client, network, facilitator, topic):
    Network.objects.filter(pk=network.pk).update(visibility=Visibility.PUBLIC)
    network.refresh_from_db()
    client.get(topic.get_absolute_url())
    assert client.get(topic.get_absolute_url()).status_code == 200

    services.set_visibility(network, Visibility.MEMBERS, by=facilitator, seen=exposure_of(network, Visibility.MEMBERS).seen)

    assert client.get(topic.get_absolute_url()).status_code == 403


def test_the_admin_leads_to_the_switch_and_does_not_switch(client, admin, network):
    client.force_login(admin)
    address = reverse("networks_admin:edit", args=[network.pk])
    page = client.get(address)
    assert reverse("networks:visibility", args=[network.slug]) in page.text

    client.post(address, {"name": "Autre nom", "slug": network.slug, "colour": "earth", "visibility": "public"})

    network.refresh_from_db()
    assert (network.name, network.visibility) == ("Autre nom", Visibility.MEMBERS)


def test_an_exposure_counts_only_its_own_space(network, topic, other_network):
    TopicFactory(network=other_network, created_at=timezone.now())

    assert [line.words for line in exposure_of(other_network, Visibility.PUBLIC).lines if "sujet" in str(line.words)] == ["1 sujet"]
