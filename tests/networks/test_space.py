"""A space's own page: for whom its topics are, how they are paged, what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from comments.services import Author, discussion_of, post
from networks.states import TopicState, Visibility
from tests.factories import MembershipFactory, NetworkFactory, TopicFactory, guide_image, standard_page


@pytest.mark.parametrize("visibility", [Visibility.PUBLIC, Visibility.MEMBERS])
def test_a_space_that_is_not_secret_shows_its_presentation_to_everyone(client, network, visibility):
    network.visibility, network.presentation = visibility, "Nous sommes **là**."
    network.save()

    response = client.get(network.get_absolute_url())

    assert response.status_code == 200
    assert "Nous sommes <strong>là</strong>." in response.text


def test_topics_of_a_members_space_are_not_listed_to_a_stranger(client, network, reader):
    TopicFactory(network=network, title="Ce que nous préparons")

    client.force_login(reader)

    assert "Ce que nous préparons" not in client.get(network.get_absolute_url()).text


def test_a_member_reads_the_topics_pinned_ones_first(client, network, member):
    TopicFactory(network=network, title="Ancien sujet épinglé", pinned=True)
    TopicFactory(network=network, title="Sujet récent", state=TopicState.CLOSED)
    client.force_login(member)

    page = client.get(network.get_absolute_url()).text

    assert page.index("Ancien sujet épinglé") < page.index("Sujet récent")


def test_topics_are_paged_by_key_and_none_is_lost(client, member, network):
    topics = TopicFactory.create_batch(45, network=network)
    client.force_login(member)

    seen, url = [], network.get_absolute_url()
    while url:
        context = client.get(url).context
        seen += [topic.pk for topic in context["topics"]]
        url = context["next_key"] and f"{network.get_absolute_url()}?after={context['next_key']}"

    assert seen == [topic.pk for topic in reversed(topics)]


@pytest.mark.parametrize("after", ["", "x", "-1", "9" * 30, "0", "%00", "1&after=x", "٣"])
def test_nonsense_in_the_key_of_a_page_is_the_first_page_or_an_empty_one(client, network, member, after):
    TopicFactory(network=network)
    client.force_login(member)

    assert client.get(f"{network.get_absolute_url()}?after={after}").status_code == 200


def test_a_space_costs_the_same_with_one_topic_and_with_many(client, network, member):
    client.force_login(member)
    TopicFactory(network=network, pinned=True)
    TopicFactory(network=network)
    client.get(network.get_absolute_url())
    with CaptureQueriesContext(connection) as one:
        client.get(network.get_absolute_url())

    for pinned in [True] * 5 + [False] * 25:
        TopicFactory(network=network, pinned=pinned)
    with CaptureQueriesContext(connection) as many:
        client.get(network.get_absolute_url())

    assert len(many) == len(one)
    assert len(one) <= 20


def test_the_list_of_networks_costs_the_same_with_one_and_with_many(client, member):
    client.force_login(member)
    client.get("/reseaux/")
    with CaptureQueriesContext(connection) as one:
        client.get("/reseaux/")

    for network in NetworkFactory.create_batch(12, visibility=Visibility.PUBLIC):
        TopicFactory(network=network)
    with CaptureQueriesContext(connection) as many:
        client.get("/reseaux/")

    assert len(many) == len(one)
    assert len(one) <= 20


def test_the_list_shows_ones_own_networks_first_and_no_secret_of_others(client, network, member, other_network):
    joined = NetworkFactory(name="Zone secrète", visibility=Visibility.SECRET)
    MembershipFactory(network=joined, user=member)
    NetworkFactory(name="Aaa, un réseau ouvert", visibility=Visibility.PUBLIC)
    client.force_login(member)

    page = client.get("/reseaux/").text

    assert page.index(network.name) < page.index("Zone secrète") < page.index("Aaa, un réseau ouvert")
    assert other_network.name not in page


def test_the_list_of_networks_says_when_there_is_none(client, db):
    assert client.get("/reseaux/").context["other_networks"] == []


def test_a_topic_of_the_list_says_how_much_was_said_and_when_last(client, network, member):
    topic = TopicFactory(network=network)
    discussion = discussion_of(topic)
    author = Author(user=member, network_id=network.pk)
    client.force_login(member)
    assert "dernier commentaire" not in client.get(network.get_absolute_url()).text

    for text in ["Un", "Deux"]:
        post(discussion, author=author, text=text)

    page = client.get(network.get_absolute_url()).text
    assert "<b>2</b> commentaires" in page
    assert "dernier commentaire" in page


@pytest.mark.parametrize(
    ("text", "description"), [("Dire *oui* & <b>non</b>\n\n« Enfin »", "Dire oui &amp; &lt;b&gt;non&lt;/b&gt; « Enfin »"), ("", "Un sujet")]
)
def test_search_engines_are_told_how_a_public_topic_begins(client, db, text, description):
    topic = TopicFactory(title="Un sujet", text=text)

    assert f'<meta name="description" content="{description}">' in client.get(topic.get_absolute_url()).text


def test_search_engines_are_told_nothing_of_a_space_for_members(client, member, network):
    client.force_login(member)

    page = client.get(network.get_absolute_url()).text

    assert '<meta name="robots" content="noindex">' in page
    assert '<meta name="description"' not in page


def test_the_copy_of_a_logo_is_made_when_the_network_is_saved(client, django_capture_on_commit_callbacks, network):
    network.logo = guide_image()

    with django_capture_on_commit_callbacks(execute=True):
        network.save()
    with CaptureQueriesContext(connection) as queries:
        assert "network-mark--logo" in client.get("/reseaux/").text

    assert [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE"))] == []


@pytest.mark.parametrize("shown", [True, False])
def test_the_page_that_says_more_is_named_to_those_who_may_read_it(client, network, shown):
    page = standard_page("Notre charte interne")
    network.page = page
    network.save()
    if not shown:
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    told = "Notre charte interne" in client.get(network.get_absolute_url()).text

    assert told == shown


def test_a_page_that_was_withdrawn_is_not_named(client, network):
    network.page = standard_page("Notre charte interne")
    network.save()
    network.page.unpublish()

    assert "Notre charte interne" not in client.get(network.get_absolute_url()).text


def test_a_space_of_many_words_offers_the_latest_and_the_one_that_is_asked_for(client, network, member, monkeypatch):
    monkeypatch.setattr("networks.views.filters.TAGS_OFFERED", 2)
    for word in ("calendrier", "methode", "budget"):
        network.topic_tags.create(name=word, slug=word)
    client.force_login(member)

    def offered(query=""):
        return [tag.slug for tag in client.get(f"{network.get_absolute_url()}{query}").context["choices"].tags]

    assert offered() == ["budget", "methode"]
    assert offered("?mot=calendrier") == ["budget", "calendrier"]
