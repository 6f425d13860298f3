"""What other pages show of networks: never a secret one to a stranger."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, RequestContext, Template

from networks.models import Participation
from networks.states import Visibility
from tests.factories import MembershipFactory, NetworkFactory, published_article

BADGES = "{% load networks_tags %}{% for network in networks %}{% network_badge network %}{% endfor %}"


@pytest.fixture
def render(rf):
    def render(source, user, **values):
        request = rf.get("/")
        request.user = user
        return Template(source).render(RequestContext(request, values))

    return render


@pytest.fixture
def secret(db):
    return NetworkFactory(name="Réseau caché", visibility=Visibility.SECRET)


def test_the_badge_of_a_secret_network_shows_to_its_members_only(render, secret, reader):
    assert "Réseau caché" in render(BADGES, MembershipFactory(network=secret).user, networks=[secret])
    assert render(BADGES, reader, networks=[secret]).strip() == ""
    assert render(BADGES, AnonymousUser(), networks=[secret, None]).strip() == ""


def test_a_badge_without_a_request_is_a_visitors(secret, network):
    page = Template(BADGES).render(Context({"networks": [secret, network]}))

    assert "Réseau caché" not in page
    assert network.acronym in page


def test_many_badges_of_secret_networks_cost_one_question(render, member, django_assert_max_num_queries):
    secrets = NetworkFactory.create_batch(5, visibility=Visibility.SECRET)
    member.has_perm("comments.moderate_threadcomment")

    with django_assert_max_num_queries(1):
        render(BADGES, member, networks=secrets * 3)


def test_the_networks_that_took_part_are_those_the_person_may_know_in_the_editors_order(render, secret, network, member):
    page = published_article()
    first = NetworkFactory(name="Zèbres en tête")
    for order, each in enumerate([first, secret, network]):
        Participation.objects.create(page=page, network=each, sort_order=order)
    source = "{% load networks_tags %}{% participating_networks page as found %}{% for n in found %}{{ n.name }};{% endfor %}"

    assert render(source, member, page=page) == f"{first.name};{network.name};"
    assert render(source, MembershipFactory(network=secret).user, page=page) == f"{first.name};{secret.name};{network.name};"


def test_the_teaser_shows_ones_own_networks_first_and_no_secret(render, secret, network, member):
    NetworkFactory(name="Avant tous les autres")
    source = "{% load networks_tags %}{% networks_teaser %}"

    page = render(source, member)

    assert page.index(network.badge) < page.index("Avant tous les autres")
    assert "Réseau caché" not in page


def test_the_networks_of_somebody(render, network, member, reader):
    source = "{% load networks_tags %}{% networks_of somebody as found %}{{ found|length }}"

    assert render(source, reader, somebody=member) == "1"
    assert render(source, reader, somebody=AnonymousUser()) == "0"


@pytest.mark.parametrize(
    ("name", "acronym", "letters"),
    [("Réseau national des ludothèques", "", "RNL"), ("Ludo", "", "LUD"), ("X", "CRQ", "CRQ"), ("… !", "", "?"), ("«", "", "?")],
)
def test_a_network_without_logo_is_known_by_its_initials(db, name, acronym, letters):
    from networks.templatetags.networks_tags import initials

    assert initials(NetworkFactory.build(name=name, acronym=acronym)) == letters
