"""Who speaks about which chapter: what is counted, for whom, and what it costs."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from comments import services
from comments.models import ThreadComment
from comments.services import Author, Plan, discussion_of, post
from comments.spaces.coverage import NETWORKS_PER_PAGE, coverage_for
from comments.states import Action
from networks.models import Network, Role
from tests.factories import MembershipFactory, NetworkFactory, TopicFactory, published_article

ADDRESS = "/participation/"


def say(target, network, text="Un avis", by=None):
    author = by or MembershipFactory(network=network).user
    return post(discussion_of(target), author=Author(user=author, network_id=network and network.pk), text=text, notify=False).comment


def cell(user, network, chapter):
    found = coverage_for(user)
    place = [page.pk for page in found.chapters].index(chapter.pk)
    return next(line.cells[place] for line in found.lines if line.network == network)


def test_a_network_speaks_by_what_is_published_in_its_name(network, chapter, facilitator, reader, admin):
    for text in ("Un", "Deux"):
        say(chapter, network, text)
    say(chapter, None, "Sans réseau", by=reader)
    services.moderate(ThreadComment.objects.get(pk=say(chapter, network, "Caché").pk), Action.HIDE, by=admin, reason="abuse")

    counted = cell(facilitator, network, chapter)

    assert (counted.public, counted.positions, counted.workshops, counted.inside) == (2, 0, 0, 0)
    assert counted.level == 1


def test_what_is_said_in_a_space_counts_for_who_reads_it_and_for_nobody_else(network, chapter, facilitator, editor):
    say(TopicFactory(network=network, chapter=chapter), network)
    say(TopicFactory(network=network), network)

    assert cell(facilitator, network, chapter).inside == 1
    assert cell(editor, network, chapter).inside is None
    Network.objects.update(visibility="public")
    assert cell(editor, network, chapter).inside == 1


def test_a_secret_network_is_in_nobody_elses_table(client, other_network, chapter, facilitator, editor, other_moderator, admin):
    say(chapter, other_network)

    for user, sees in [(facilitator, False), (editor, False), (other_moderator, True), (admin, True)]:
        client.force_login(user)
        for query in ("", "?format=csv"):
            assert (
                "Jardins" in client.get(f"{ADDRESS}{query}").text or "Union des jardins" in client.get(f"{ADDRESS}{query}").text
            ) is sees


def test_a_chapter_that_is_withdrawn_is_in_no_table(network, chapter, facilitator):
    chapter.unpublish()

    assert coverage_for(facilitator).chapters == []


@pytest.mark.parametrize(
    ("person", "status"),
    [("facilitator", 200), ("editor", 200), ("moderator", 200), ("network_moderator", 200), ("member", 403), ("reader", 403)],
)
def test_who_steers_sees_it(client, request, network, chapter, person, status):
    client.force_login(request.getfixturevalue(person))

    assert client.get(ADDRESS).status_code == status
    assert ("/participation/" in client.get(reverse("networks:list")).text) is (status == 200)


def test_a_visitor_signs_in_first(client, db):
    assert client.get(ADDRESS).headers["Location"].startswith("/compte/login/")


def test_the_picture_and_the_table_say_the_same(client, network, chapter, facilitator):
    for number in range(4):
        say(chapter, network, f"Avis {number}")
    client.force_login(facilitator)

    page = client.get(ADDRESS).text

    assert "Ludo · Qui influence ? · 4 publiés, 0 dans l’espace" in page
    assert page.count("coverage__square--2") == 2, "the square, and the legend"
    assert "<td>4 + 0</td>" in page


def test_the_table_is_taken_away_harmless(client, network, chapter, facilitator):
    Network.objects.filter(pk=network.pk).update(name="=Ludo()")
    say(chapter, network)
    client.force_login(facilitator)

    rows = list(csv.reader(io.StringIO(client.get(f"{ADDRESS}?format=csv").text.removeprefix("\ufeff")), delimiter=";"))

    assert rows[1] == ["'=Ludo()", "Qui influence ?", "1", "0", "0", "0"]


def test_networks_are_paged_by_key(client, chapter, admin):
    NetworkFactory.create_batch(NETWORKS_PER_PAGE + 3)
    first = coverage_for(admin)
    rest = coverage_for(admin, after=first.next_key)

    slugs = [line.network.slug for found in (first, rest) for line in found.lines]
    assert (len(first.lines), rest.next_key) == (NETWORKS_PER_PAGE, "")
    assert slugs == sorted(Network.objects.values_list("slug", flat=True))


@pytest.mark.parametrize("after", ["\x00", "é" * 500, "'; --", "zzzz"])
def test_nonsense_in_the_key_gets_an_answer(client, network, facilitator, after):
    client.force_login(facilitator)

    assert client.get(ADDRESS, {"after": after, "format": "x"}).status_code == 200


def test_the_table_costs_the_same_with_one_network_and_with_many(network, chapter, admin, django_assert_num_queries):
    say(chapter, network)
    say(TopicFactory(network=network, chapter=chapter), network)
    coverage_for(admin)
    with django_assert_num_queries(7):
        coverage_for(admin)

    for _number in range(6):
        other = MembershipFactory(role=Role.FACILITATOR).network
        page = published_article()
        say(chapter, other)
        say(TopicFactory(network=other, chapter=page), other)

    with django_assert_num_queries(7):
        coverage_for(admin)


def test_of_a_consultation_it_counts_its_chapters_and_its_time_alone(client, network, chapter, facilitator, admin):
    elsewhere = published_article("Ailleurs")
    before = say(chapter, network, "Avant")
    ThreadComment.objects.filter(pk=before.pk).update(submit_date=timezone.now() - timedelta(days=9))
    inside = say(TopicFactory(network=network, chapter=chapter), network, "Avant, dedans")
    ThreadComment.objects.filter(pk=inside.pk).update(submit_date=timezone.now() - timedelta(days=9))
    say(TopicFactory(network=network, chapter=chapter), network)
    say(chapter, network)
    now = timezone.now()
    during = services.plan(Plan("Vos priorités", now - timedelta(days=3), now + timedelta(days=9), (chapter,)), by=admin)

    found = coverage_for(facilitator, during=during)

    assert [page.pk for page in found.chapters] == [chapter.pk]
    counted = next(line for line in found.lines if line.network == network).cells[0]
    assert (counted.public, counted.inside) == (1, 1)
    client.force_login(facilitator)
    page = client.get(ADDRESS, {"consultation": during.pk}).text
    assert "Vos priorités" in page
    assert elsewhere.title not in page
