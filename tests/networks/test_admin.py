"""Networks and memberships in the Wagtail admin."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from networks import services
from networks.models import Membership, Network
from networks.states import Role, Visibility
from tests.factories import MembershipFactory, NetworkFactory, UserFactory


@pytest.fixture
def as_admin(client, admin):
    client.force_login(admin)
    return client


def test_an_administrator_creates_a_network(as_admin):
    values = {
        "name": "Réseau des fanfares",
        "slug": "fanfares",
        "visibility": Visibility.SECRET,
        "colour": "plum",
        "presentation": "Un *son*",
    }

    response = as_admin.post(reverse("networks_admin:add"), values)

    assert response.status_code == 302
    created = Network.objects.get(slug="fanfares")
    assert created.visibility == Visibility.SECRET
    assert created.presentation_html == "<p>Un <em>son</em></p>\n"


def test_an_administrator_adds_a_person_by_the_address_of_the_account(as_admin, network):
    user = UserFactory(email="Nouvelle@example.org")

    as_admin.post(reverse("memberships:add"), {"email": "nouvelle@EXAMPLE.org", "network": network.pk, "role": Role.FACILITATOR})

    assert Membership.objects.get(user=user).role == Role.FACILITATOR


@pytest.mark.parametrize("email", ["personne@example.org", "membre@example.org", "n'importe quoi", ""])
def test_an_account_that_does_not_exist_or_is_in_already_is_said_at_the_form(as_admin, network, member, email):
    response = as_admin.post(reverse("memberships:add"), {"email": email, "network": network.pk, "role": Role.MEMBER})

    assert response.status_code == 200
    assert response.context["form"].errors
    assert Membership.objects.filter(network=network).count() == 1


def test_an_administrator_changes_a_role_and_nothing_else(as_admin, network, member):
    membership = Membership.objects.get(user=member)
    elsewhere = NetworkFactory()

    as_admin.post(
        reverse("memberships:edit", args=[membership.pk]), {"role": Role.MODERATOR, "network": elsewhere.pk, "email": "x@example.org"}
    )

    membership.refresh_from_db()
    assert (membership.role, membership.network, membership.user) == (Role.MODERATOR, network, member)


@pytest.mark.parametrize("name", ["networks_admin:index", "networks_admin:add", "memberships:index", "memberships:add"])
@pytest.mark.parametrize("person", ["network_moderator", "moderator", "facilitator", "editor"])
def test_the_admin_of_networks_is_for_administrators_only(client, request, person, name, as_admin):
    assert as_admin.get(reverse(name)).status_code == 200

    client.force_login(request.getfixturevalue(person))

    assert client.get(reverse(name)).status_code in (302, 404)


def test_what_an_administrator_does_to_members_stands_in_the_history_of_the_network(as_admin, admin, network, member):
    UserFactory(email="nouvelle@example.org", display_name="Nouvelle")
    membership = Membership.objects.get(user=member)

    as_admin.post(reverse("memberships:add"), {"email": "nouvelle@example.org", "network": network.pk, "role": Role.FACILITATOR})
    as_admin.post(reverse("memberships:edit", args=[membership.pk]), {"role": Role.MODERATOR})
    as_admin.post(reverse("memberships:delete", args=[membership.pk]))

    acts = ModelLogEntry.objects.filter(action__startswith="networks.").order_by("pk").values_list("action", "user")
    assert list(acts) == [(f"networks.{act}", admin.pk) for act in ["add_member", "set_role", "remove_member"]]
    assert not Membership.objects.filter(pk=membership.pk).exists()


def test_the_last_facilitator_stays_in_the_admin_too(as_admin, network, facilitator):
    membership = Membership.objects.get(user=facilitator)

    changed = as_admin.post(reverse("memberships:edit", args=[membership.pk]), {"role": Role.MEMBER})
    ended = as_admin.post(reverse("memberships:delete", args=[membership.pk]), follow=True)

    membership.refresh_from_db()
    assert membership.role == Role.FACILITATOR
    for answer in (changed, ended):
        assert "nommez-en d’abord une autre" in answer.text


def test_an_administrator_may_close_the_account_of_the_last_facilitator(as_admin, network, facilitator, member):
    facilitator.delete()

    assert "personne : à nommer" in as_admin.get(reverse("networks_admin:index")).text


def test_the_history_of_a_network_shows_what_happened_to_its_people(as_admin, admin, network, member):
    from networks import services

    services.set_role(Membership.objects.get(user=member), Role.MODERATOR, by=admin)

    page = as_admin.get(reverse("networks_admin:history", args=[network.pk])).text

    assert "Membre" in page


def test_memberships_are_found_by_the_address_of_the_person_and_by_the_network(as_admin, member, network, other_moderator):
    def found(word):
        return [membership.user for membership in as_admin.get(reverse("memberships:index"), {"q": word}).context["page_obj"]]

    assert found("MEMBRE@") == [member]
    assert found("jardins") == [other_moderator]
    assert found("introuvable") == []


def test_more_memberships_than_anybody_pages_through_are_not_counted(as_admin, network, monkeypatch):
    monkeypatch.setattr("networks.admin_pages.BoundedPaginator.LIMIT", 3)
    MembershipFactory.create_batch(5, network=network)

    page = as_admin.get(reverse("memberships:index"))

    assert page.context["paginator"].count == 3
    assert page.context["paginator"].is_bounded


def test_the_history_of_a_network_names_its_people_in_as_many_queries_for_one_as_for_many(
    as_admin, network, admin, django_assert_num_queries
):
    address = reverse("networks_admin:history", args=[network.pk])
    services.add_member(network, UserFactory(display_name="Nina"), by=admin)
    as_admin.get(address)
    with django_assert_num_queries(100, exact=False) as one:
        assert "Nina" in as_admin.get(address).text

    for _number in range(5):
        services.add_member(network, UserFactory(), by=admin)

    with django_assert_num_queries(len(one)):
        as_admin.get(address)
