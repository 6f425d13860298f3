"""Who may do what in a space: the table, and the list rules that must agree with it."""

import pytest
from django.contrib.auth.models import AnonymousUser

from networks import permissions
from networks.models import Membership, Network
from networks.permissions import read_ties, standing_of, ties_of
from networks.states import TopicState, Visibility
from tests.factories import MembershipFactory, NetworkFactory, TopicFactory

CAST = ["visitor", "reader", "member", "facilitator", "network_moderator", "other_moderator", "moderator", "editor", "admin", "closed"]
INSIDE = {"member", "facilitator", "network_moderator"}
OVERSEES = {"moderator", "admin"}
RUNS = {"facilitator", "admin"}

TABLE = {
    ("can_know", Visibility.PUBLIC): set(CAST),
    ("can_know", Visibility.MEMBERS): set(CAST),
    ("can_know", Visibility.SECRET): INSIDE | OVERSEES,
    ("can_read", Visibility.PUBLIC): set(CAST),
    ("can_read", Visibility.MEMBERS): INSIDE | OVERSEES,
    ("can_read", Visibility.SECRET): INSIDE | OVERSEES,
    **{("can_see_members", visibility): INSIDE | OVERSEES for visibility in Visibility},
    **{("can_open_topic", visibility): INSIDE for visibility in Visibility},
    **{
        (right, visibility): RUNS
        for right in ["can_manage_members", "can_edit_presentation", "can_close_topic"]
        for visibility in Visibility
    },
    **{
        ("can_ask_to_join", visibility): set(CAST) - INSIDE - {"visitor", "closed"}
        for visibility in [Visibility.PUBLIC, Visibility.MEMBERS]
    },
    ("can_ask_to_join", Visibility.SECRET): OVERSEES,
}


@pytest.fixture
def visitor():
    return AnonymousUser()


@pytest.fixture
def closed(network):
    """A member whose account was closed."""
    return MembershipFactory(network=network, user__is_active=False).user


@pytest.fixture
def person(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("visibility", Visibility)
@pytest.mark.parametrize("person", CAST, indirect=True)
def test_the_table_of_rights_holds(request, network, person, visibility):
    network.visibility = visibility
    network.save()
    name = request.node.callspec.params["person"]

    standing = standing_of(person, network)

    rights = {right for right, of in TABLE if of == visibility}
    assert {right for right in rights if getattr(standing, right)} == {right for right in rights if name in TABLE[right, visibility]}


@pytest.mark.parametrize("person", CAST, indirect=True)
def test_lists_and_single_networks_agree(network, other_network, person):
    networks = [network, other_network, *(NetworkFactory(visibility=visibility) for visibility in Visibility)]
    topics = [TopicFactory(network=each) for each in networks]

    visible, readable = Network.objects.visible_to(person), Network.objects.readable_by(person)

    for each, topic in zip(networks, topics, strict=True):
        assert permissions.can_know(person, each) == (each in visible)
        assert permissions.can_read(person, each) == (each in readable) == (topic in type(topic).objects.visible_to(person))
        assert permissions.is_member(person, each) == (each in Network.objects.joined_by(person))


def test_a_standing_costs_one_query(network, member, django_assert_num_queries):
    standing_of(member, network)

    with django_assert_num_queries(1):
        standing = standing_of(member, network)
        assert standing.can_read
        assert standing.can_open_topic


def test_a_topic_is_edited_by_who_runs_the_space_and_by_its_author_while_a_member_and_it_is_open(network, member, facilitator, reader):
    topic = TopicFactory(network=network, author=member)
    by_author = standing_of(member, network)

    assert by_author.can_edit_topic(topic)
    assert standing_of(facilitator, network).can_edit_topic(topic)
    assert not standing_of(MembershipFactory(network=network).user, network).can_edit_topic(topic)
    assert not standing_of(reader, network).can_edit_topic(topic)

    topic.state = TopicState.CLOSED
    assert not by_author.can_edit_topic(topic)
    topic.state = TopicState.OPEN
    Membership.objects.filter(user=member).delete()
    assert not standing_of(member, network).can_edit_topic(topic)


def test_a_right_in_one_network_is_none_in_another(facilitator, network):
    elsewhere = standing_of(facilitator, NetworkFactory(visibility=Visibility.PUBLIC))
    foreign = TopicFactory(author=facilitator)

    assert not elsewhere.can_manage_members
    assert not standing_of(facilitator, network).can_edit_topic(foreign)


@pytest.mark.parametrize(
    ("person", "belongs", "has_duties"),
    [
        ("reader", False, False),
        ("member", True, False),
        ("facilitator", True, True),
        ("network_moderator", True, True),
        ("moderator", False, True),
        ("editor", False, True),
        ("admin", False, True),
    ],
)
def test_the_ties_of_an_account_are_found_in_one_query(request, django_assert_num_queries, person, belongs, has_duties):
    user = request.getfixturevalue(person)

    with django_assert_num_queries(1):
        ties = ties_of(user)
        ties_of(user)

    assert bool(ties.memberships) == belongs
    assert ties.has_duties == has_duties


def test_a_closed_account_has_no_ties(network_moderator, admin):
    for user in (network_moderator, admin):
        user.is_active = False
        user.save()

        assert not read_ties(user).has_duties
        assert not read_ties(user).memberships


def test_who_holds_no_permission_is_denied_every_one_in_one_query(reader, member, facilitator, django_assert_num_queries):
    for user in (reader, member, facilitator):
        with django_assert_num_queries(1):
            assert not user.has_perm("wagtailadmin.access_admin")
            assert not user.has_perm("comments.moderate_threadcomment")
            assert not user.has_perms(["articles.change_author"])


def test_running_a_network_costs_permissions_no_more_than_being_a_member(facilitator, network_moderator, django_assert_num_queries):
    for user in (facilitator, network_moderator):
        with django_assert_num_queries(1):
            assert not user.has_perm("comments.moderate_threadcomment")
            assert not user.has_perm("articles.change_author")
    assert not facilitator.has_perm("wagtailadmin.access_admin")


def test_who_has_duties_keeps_what_these_allow(moderator, network_moderator, editor, admin):
    for user in (moderator, network_moderator, editor, admin):
        assert user.has_perm("wagtailadmin.access_admin")
    assert moderator.has_perm("comments.moderate_threadcomment")
    assert editor.has_perm("articles.change_author")
    assert not network_moderator.has_perm("articles.change_author")
