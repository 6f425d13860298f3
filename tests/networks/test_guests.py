"""The guests of a single topic: what they read, where they write, and that it ends at once."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from comments import services as talk
from comments.models import Discussion, ThreadComment
from comments.permissions import can_post, can_see_discussion
from comments.services import Author
from comments.services.moving import can_move_to
from networks import permissions, services
from networks.models import Membership, Network, SpaceDocument, Topic, TopicGuest
from networks.permissions import standing_of, ties_of
from networks.services import Refused
from networks.states import Visibility
from search.models import Entry, Kind
from tests.factories import MembershipFactory, TopicFactory, TopicGuestFactory, UserFactory

SPACES = [Visibility.MEMBERS, Visibility.SECRET, Visibility.PUBLIC]


@pytest.fixture
def topic(network):
    return TopicFactory(network=network, title="Le dé pipé")


@pytest.fixture
def other(network):
    return TopicFactory(network=network, title="Le jeu interdit")


@pytest.fixture
def guest(topic, other):
    """An account that is a guest of the first topic."""
    return TopicGuestFactory(topic=topic, user__display_name="Invitée").user


@pytest.fixture(params=SPACES)
def space(request, network):
    network.visibility = request.param
    network.save()
    return network


def test_a_guest_reads_and_writes_in_one_topic_only(space, topic, other, guest):
    public = space.visibility == Visibility.PUBLIC
    standing = standing_of(guest, space)
    discussions = [Discussion.objects.for_target(each).get() for each in (topic, other)]

    assert standing.can_know
    assert [standing.can_read_topic(each.pk) for each in (topic, other)] == [True, public]
    assert [can_see_discussion(guest, each) for each in discussions] == [True, public]
    assert [can_post(guest, each) for each in discussions] == [True, False]
    assert standing.can_read == public
    for closed in ["is_member", "can_see_members", "can_open_topic", "can_manage_members", "can_announce", "can_read_journal"]:
        assert not getattr(standing, closed)


def test_the_lists_agree_with_the_rule_for_one(space, topic, other, guest, reader):
    for person in (guest, reader):
        standing = standing_of(person, space)
        assert (space in Network.objects.visible_to(person)) == standing.can_know
        assert (space in Network.objects.readable_by(person)) == standing.can_read
        for each in (topic, other):
            discussion = Discussion.objects.for_target(each).get()
            readable = standing.can_read_topic(each.pk)
            assert (each in Topic.objects.visible_to(person)) == permissions.can_read_topic(person, each) == readable
            assert (discussion in Discussion.objects.visible_to(person)) == can_see_discussion(person, discussion) == readable
    assert space not in Network.objects.joined_by(guest)


def test_a_guest_sees_their_topic_in_the_space_and_nothing_else(client, space, topic, other, guest):
    client.force_login(guest)
    page = client.get(space.get_absolute_url())

    assert page.status_code == 200
    assert "Le dé pipé" in page.text
    assert client.get(topic.get_absolute_url()).status_code == 200
    if space.visibility != Visibility.PUBLIC:
        assert "Le jeu interdit" not in page.text
        hidden, missing = client.get(other.get_absolute_url()), client.get(f"{space.get_absolute_url()}sujets/999999-rien/")
        assert hidden.status_code == missing.status_code == 403
        assert "Le jeu interdit" not in hidden.text
    for name in ["members", "invitations", "announcements", "journal", "requests", "topic_new"]:
        assert client.get(reverse(f"networks:{name}", args=[space.slug])).status_code == 403


def test_a_guest_sees_neither_the_agenda_nor_what_is_kept_for_members(client, network, topic, guest):
    now = timezone.now()
    network.dates.create(title="La rencontre secrète", starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=2))
    for title, for_members in [("Le compte rendu", True), ("La plaquette", False)]:
        network.documents.create(title=title, file=ContentFile(b"x", "x.txt"), name="x.txt", size=1, for_members=for_members)
    client.force_login(guest)

    pages = [client.get(network.get_absolute_url()), client.get(reverse("networks:documents", args=[network.slug]))]

    assert client.get(reverse("networks:agenda", args=[network.slug])).status_code == 403
    for page in pages:
        assert "La rencontre secrète" not in page.text
        assert "Le compte rendu" not in page.text
    assert "La plaquette" in pages[1].text


def test_a_guest_of_a_secret_space_reads_none_of_its_documents(client, space, guest, member):
    document = SpaceDocument.objects.create(
        network=space, title="Nos comptes", file=ContentFile(b"Secret", "notes.txt"), name="notes.txt", size=6, for_members=False
    )
    addresses = [document.get_absolute_url(), reverse("networks:documents", args=[space.slug]), space.get_absolute_url()]
    client.force_login(member)
    assert client.get(addresses[0]).status_code == 200
    client.force_login(guest)

    handed_out, *pages = map(client.get, addresses)

    is_closed = space.visibility == Visibility.SECRET
    assert handed_out.status_code == (404 if is_closed else 200)
    assert all(("Nos comptes" not in page.text) is is_closed for page in pages)


def test_what_a_guest_writes_carries_no_badge_and_is_found_by_them_alone(client, network, topic, guest, reader, member):
    discussion = Discussion.objects.for_target(topic).get()
    client.force_login(guest)
    page = client.get(topic.get_absolute_url())
    form = page.context["form"]
    assert "network" not in form.fields

    comment = talk.post(discussion, author=Author(user=guest), text="Mon avis d’invitée").comment

    assert comment.network is None
    assert not ties_of(guest).memberships
    for person, finds in [(guest, True), (member, True), (reader, False)]:
        assert ThreadComment.objects.visible_to(person).filter(pk=comment.pk).exists() == finds
        assert Entry.objects.visible_to(person, Kind.TOPIC).filter(topic=topic).exists() == finds


def test_a_visit_that_ends_closes_the_door_at_once(client, network, topic, guest, facilitator):
    discussion = Discussion.objects.for_target(topic).get()
    client.force_login(guest)
    assert client.get(topic.get_absolute_url()).status_code == 200

    services.end_visit(TopicGuest.objects.get(user=guest), by=facilitator)

    assert client.get(topic.get_absolute_url()).status_code == 403
    assert not can_see_discussion(guest, discussion)
    with pytest.raises(talk.Refused):
        talk.post(discussion, author=Author(user=guest), text="Encore un mot")


def test_a_guest_leaves_by_themselves_and_ends_nobody_elses_visit(client, network, topic, guest, reader):
    visit = TopicGuest.objects.get(user=guest)
    with pytest.raises(Refused):
        services.end_visit(visit, by=reader)
    client.force_login(guest)
    assert "Ne plus participer" in client.get(network.get_absolute_url()).text

    client.post(reverse("networks:leave", args=[network.slug]))

    assert not TopicGuest.objects.exists()


def test_a_guest_who_becomes_a_member_is_nothing_less(network, topic, guest, facilitator):
    asked = services.request_to_join(network, by=guest, message="J’aimerais rester")

    services.accept(asked, by=facilitator)

    assert not TopicGuest.objects.exists()
    services.remove_member(Membership.objects.get(user=guest), by=facilitator)
    assert not permissions.can_read_topic(guest, topic)


def test_a_closed_account_is_nobodys_guest(network, topic, guest):
    guest.is_active = False
    guest.save()

    assert not permissions.can_read_topic(guest, topic)
    assert topic not in Topic.objects.visible_to(guest)


def test_words_are_not_moved_to_where_a_guest_reads_them(network, topic, other, guest, admin):
    here, there = (Discussion.objects.for_target(each).get() for each in (other, topic))
    comment = talk.post(here, author=Author(user=MembershipFactory(network=network).user, network_id=network.pk), text="Entre nous").comment

    assert not can_move_to(comment, there, admin)
    TopicGuest.objects.all().delete()
    assert can_move_to(ThreadComment.objects.get(pk=comment.pk), Discussion.objects.get(pk=there.pk), admin)


def test_facilitators_invite_list_and_send_away_guests_beneath_the_topic(client, network, topic, guest, facilitator, member):
    path = reverse("networks:guests", args=[network.slug, topic.pk])
    client.force_login(member)
    assert client.get(path).status_code == 403
    client.force_login(facilitator)
    assert path in client.get(topic.get_absolute_url()).text
    typed = {"email": "nina@example.org", "lasts": "14", "message": "", "language": "fr"}

    answer = client.post(path, typed, follow=True)

    assert "Invitée" in answer.text
    assert answer.text.count("nina@example.org") >= 2
    refused = client.post(path, {**typed, "email": member.email})
    assert "déjà membre" in refused.text
    visit = TopicGuest.objects.get(user=guest)
    client.post(reverse("networks:end_visit", args=[network.slug, topic.pk, visit.pk]))
    assert not TopicGuest.objects.exists()


def test_a_topic_costs_a_guest_no_more_than_a_member_and_a_member_as_much_as_before(
    client, network, topic, guest, member, django_assert_num_queries
):
    def cost(person):
        client.force_login(person)
        client.get(topic.get_absolute_url())
        with django_assert_num_queries(1000, exact=False) as queries:
            client.get(topic.get_absolute_url())
        return len(queries)

    assert cost(guest) <= cost(member) + 1


def test_many_guests_cost_the_same_few_queries(client, network, topic, facilitator, django_assert_num_queries):
    path = reverse("networks:guests", args=[network.slug, topic.pk])
    client.force_login(facilitator)

    def cost():
        client.get(path)
        with django_assert_num_queries(1000, exact=False) as queries:
            client.get(path)
        return len(queries)

    TopicGuestFactory(topic=topic)
    few = cost()
    TopicGuestFactory.create_batch(9, topic=topic)

    assert cost() == few


def test_a_reader_who_is_no_guest_is_not_admitted(topic):
    assert not permissions.is_guest_of(UserFactory(), topic.pk)
