"""Joining, leaving, roles and topics: what is stored, what is told, what is refused."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from comments.models import Discussion
from networks import services
from networks.models import JoinRequest, Membership, Topic
from networks.services import MAX_PINNED, AlreadyDecided, LastFacilitator, Refused
from networks.signals import join_decided, join_requested
from networks.states import RequestOutcome, Role, TopicState, Visibility
from tests.factories import JoinRequestFactory, MembershipFactory, TopicFactory


@pytest.fixture
def acts():
    """The audit rows so far, oldest first."""
    return lambda: list(ModelLogEntry.objects.filter(action__startswith="networks.").order_by("pk").values_list("action", flat=True))


@pytest.fixture
def told():
    """What the signals said."""
    heard = []

    def requested(sender, join_request, **kwargs):
        heard.append(("requested", join_request))

    def decided(sender, join_request, **kwargs):
        heard.append((join_request.outcome, join_request))

    join_requested.connect(requested)
    join_decided.connect(decided)
    yield heard
    join_requested.disconnect(requested)
    join_decided.disconnect(decided)


def test_asking_twice_is_one_request(network, reader, acts, told):
    first = services.request_to_join(network, by=reader, message="Bonjour\x00")
    second = services.request_to_join(network, by=reader, message="Bonjour")

    assert first == second
    assert first.message == "Bonjour"
    assert acts() == ["networks.request_to_join"]
    assert told == [("requested", first)]


def test_accepting_makes_a_member_and_tells(network, reader, facilitator, acts, told):
    asked = services.request_to_join(network, by=reader)

    membership = services.accept(asked, by=facilitator, answer="Bienvenue")

    asked.refresh_from_db()
    assert (membership.user, membership.role) == (reader, Role.MEMBER)
    assert (asked.outcome, asked.answer, asked.decided_by) == (RequestOutcome.ACCEPTED, "Bienvenue", facilitator)
    assert acts() == ["networks.request_to_join", "networks.accept"]
    assert told[-1] == (RequestOutcome.ACCEPTED, asked)


def test_a_decided_request_is_not_decided_again(network, facilitator):
    asked = JoinRequestFactory(network=network)
    services.refuse(asked, by=facilitator, answer="Pas encore")

    with pytest.raises(AlreadyDecided) as refusal:
        services.accept(asked, by=facilitator)

    assert refusal.value.join_request.outcome == RequestOutcome.REFUSED
    assert not Membership.objects.filter(user=asked.user).exists()


def test_a_refused_person_asks_again_after_some_days(network, facilitator, reader):
    refused = services.refuse(services.request_to_join(network, by=reader), by=facilitator)

    with pytest.raises(Refused):
        services.request_to_join(network, by=reader)
    JoinRequest.objects.filter(pk=refused.pk).update(decided_at=timezone.now() - services.ASK_AGAIN_AFTER - timedelta(minutes=1))

    assert services.request_to_join(network, by=reader) != refused


@pytest.mark.parametrize("person", ["member", "network_moderator", "other_moderator", "moderator", "reader"])
def test_only_who_runs_the_space_decides_about_its_people(request, network, facilitator, person):
    asked, membership = JoinRequestFactory(network=network), MembershipFactory(network=network)
    somebody = request.getfixturevalue(person)
    acts = [
        lambda: services.accept(asked, by=somebody),
        lambda: services.refuse(asked, by=somebody),
        lambda: services.set_role(membership, Role.FACILITATOR, by=somebody),
        lambda: services.remove_member(membership, by=somebody),
        lambda: services.save_presentation(network, by=somebody, tagline="À moi"),
    ]

    for act in acts:
        with pytest.raises(Refused):
            act()

    assert not ModelLogEntry.objects.filter(action__startswith="networks.").exists()


def test_who_cannot_know_of_a_network_cannot_ask_to_join_it(other_network, reader, network, member):
    with pytest.raises(Refused):
        services.request_to_join(other_network, by=reader)
    with pytest.raises(Refused):
        services.request_to_join(network, by=member)


def test_the_last_facilitator_cannot_vanish(network, facilitator, admin):
    membership = Membership.objects.get(user=facilitator)
    MembershipFactory(network=network, role=Role.FACILITATOR, user__is_active=False)

    for act in [
        lambda: services.leave(network, by=facilitator),
        lambda: services.set_role(membership, Role.MEMBER, by=facilitator),
        lambda: services.remove_member(membership, by=admin),
    ]:
        with pytest.raises(LastFacilitator):
            act()

    other = MembershipFactory(network=network)
    services.set_role(other, Role.FACILITATOR, by=facilitator)
    services.leave(network, by=facilitator)
    assert not Membership.objects.filter(user=facilitator).exists()


def test_a_membership_that_ends_closes_the_door_at_once(client, network, member, facilitator):
    topic = TopicFactory(network=network)
    client.force_login(member)
    assert client.get(topic.get_absolute_url()).status_code == 200

    services.remove_member(Membership.objects.get(user=member), by=facilitator)

    assert client.get(topic.get_absolute_url()).status_code == 403


def test_a_topic_opens_with_its_discussion_and_closes_it(network, member, facilitator, acts):
    topic = services.open_topic(network, by=member, title="Quelle place pour les bénévoles ?", text="Dites-nous **tout**.")
    discussion = Discussion.objects.for_target(topic).get()
    assert topic.html == "<p>Dites-nous <strong>tout</strong>.</p>\n"
    assert discussion.is_open()

    services.close_topic(topic, by=facilitator)
    services.close_topic(topic, by=facilitator)
    discussion.refresh_from_db()
    assert not discussion.is_open()

    services.reopen_topic(topic, by=facilitator)
    discussion.refresh_from_db()
    assert discussion.is_open()
    assert acts() == ["networks.open_topic", "networks.close_topic", "networks.reopen_topic"]


def test_a_topic_sent_twice_is_one_topic(network, member):
    first = services.open_topic(network, by=member, title="Une fois", text="a")

    assert services.open_topic(network, by=member, title="Une fois ", text="a") == first
    assert services.open_topic(network, by=member, title="Une fois", text="b") != first


def test_editing_a_topic_renames_its_discussion_and_says_when(network, member):
    topic = services.open_topic(network, by=member, title="Brouillon")

    edited = services.edit_topic(topic, by=member, title="Titre", text="Texte")

    topic.refresh_from_db()
    assert (topic.title, topic.html) == ("Titre", "<p>Texte</p>\n")
    assert edited.updated_at
    assert Discussion.objects.for_target(topic).get().title == "Titre"


@pytest.mark.parametrize("act", [services.close_topic, services.reopen_topic, services.pin_topic, services.unpin_topic])
@pytest.mark.parametrize("person", ["member", "network_moderator", "other_moderator", "moderator", "reader"])
def test_only_who_runs_the_space_closes_and_pins(request, network, person, act):
    topic = TopicFactory(network=network, author=request.getfixturevalue("member"))

    with pytest.raises(Refused):
        act(topic, by=request.getfixturevalue(person))


def test_only_so_many_topics_are_pinned(network, facilitator):
    TopicFactory.create_batch(MAX_PINNED, network=network, pinned=True)
    one_more = TopicFactory(network=network)

    with pytest.raises(Refused):
        services.pin_topic(one_more, by=facilitator)

    services.unpin_topic(Topic.objects.filter(pinned=True).first(), by=facilitator)
    assert services.pin_topic(one_more, by=facilitator).pinned


def test_who_reads_a_public_space_without_being_a_member_opens_no_topic(network, reader):
    network.visibility = Visibility.PUBLIC
    network.save()

    with pytest.raises(Refused):
        services.open_topic(network, by=reader, title="Je passe")


def test_saving_a_presentation_keeps_its_html_in_step_and_logs_once(network, facilitator, acts):
    services.save_presentation(network, by=facilitator, presentation="- un\n- deux", tagline="Jouer")
    services.save_presentation(network, by=facilitator, presentation="- un\n- deux", tagline="Jouer")

    network.refresh_from_db()
    assert "<li>un</li>" in network.presentation_html
    assert acts() == ["networks.save_presentation"]


def test_the_rows_of_an_act_name_the_person_by_key_only(network, reader):
    services.request_to_join(network, by=reader)

    assert ModelLogEntry.objects.get(action="networks.request_to_join").data == {"person": reader.pk}


def test_closing_a_topic_fails_or_happens_with_its_discussion(network, facilitator):
    topic = TopicFactory(network=network)

    def fail(sender, **kwargs):
        raise RuntimeError("nothing is kept")

    from comments.signals import discussion_changed

    discussion_changed.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            services.close_topic(topic, by=facilitator)
    finally:
        discussion_changed.disconnect(fail)

    topic.refresh_from_db()
    assert topic.state == TopicState.OPEN


def test_whose_account_may_go_is_found_out_in_the_same_queries_for_one_network_and_for_many(
    network, facilitator, django_assert_num_queries
):
    MembershipFactory(network=network)
    with django_assert_num_queries(2):
        assert services.spaces_left_alone(facilitator) == [network]

    alone = MembershipFactory(user=facilitator, role=Role.FACILITATOR).network
    run = MembershipFactory(user=facilitator, role=Role.FACILITATOR).network
    MembershipFactory(network=run, role=Role.FACILITATOR)
    MembershipFactory(network=run)

    with django_assert_num_queries(2):
        assert services.spaces_left_alone(facilitator) == [network]
    MembershipFactory(network=alone)
    assert services.spaces_left_alone(facilitator) == [network, alone]
