"""Topics by chapter and by tag, the archive, and what is new in them to each person."""

from contextlib import suppress

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.template import RequestContext, Template
from django.utils import timezone
from wagtail.models import PageViewRestriction

from comments.news import MOST, Unread, unread_by
from comments.services import Author, discussion_of, mark_read, post
from networks import services
from networks.models import MAX_TAGS, Topic, TopicTag
from networks.services import Refused
from networks.states import TopicState, Visibility
from networks.tags import tags_in
from networks.views.filters import FREE
from tests.factories import MembershipFactory, NetworkFactory, TopicFactory, UserFactory, published_article

CHAPTER = "{% load networks_tags %}{% chapter_in_spaces page %}"


@pytest.fixture
def chapter(db):
    return published_article("Qui influence ?")


@pytest.fixture
def restricted(db):
    page = published_article("Chapitre réservé")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="x")
    return page


@pytest.fixture
def spaces_on(rf):
    """`spaces_on(page, user)`: what the page of a chapter says of spaces to somebody."""

    def render(page, user):
        request = rf.get("/")
        request.user = user
        return Template(CHAPTER).render(RequestContext(request, {"page": page}))

    return render


def listed(client, network, query=""):
    return [topic.title for topic in client.get(f"{network.get_absolute_url()}{query}").context["listed"]]


def test_a_topic_is_opened_about_a_chapter_and_linked_both_ways(client, network, member, chapter, spaces_on):
    client.force_login(member)
    form = client.get(f"/reseaux/{network.slug}/sujets/nouveau/?chapitre={chapter.pk}")
    assert f'<option value="{chapter.pk}" selected>Qui influence ?</option>' in form.text

    page = client.post(form.request["PATH_INFO"], {"title": "Chez nous", "text": "Et vous ?", "chapter": chapter.pk}, follow=True)

    assert f'<a href="{chapter.get_url()}">Qui influence ?</a>' in page.text
    assert "Chez nous" in client.get(chapter.get_url()).text
    assert "Chez nous" in spaces_on(chapter, member)


def test_a_chapter_nobody_discusses_yet_is_offered_in_each_network_of_a_member(network, member, chapter, spaces_on, reader):
    assert f"/sujets/nouveau/?chapitre={chapter.pk}" in spaces_on(chapter, member)
    assert spaces_on(chapter, reader).strip() == ""
    assert spaces_on(chapter, AnonymousUser()).strip() == ""

    TopicFactory(network=network, chapter=chapter)

    assert "/sujets/nouveau/" not in spaces_on(chapter, member)


@pytest.mark.parametrize(
    ("visibility", "seen_by_strangers"), [(Visibility.PUBLIC, True), (Visibility.MEMBERS, False), (Visibility.SECRET, False)]
)
def test_a_chapter_names_topics_to_who_may_read_them(network, member, reader, chapter, spaces_on, visibility, seen_by_strangers):
    network.visibility = visibility
    network.save()
    TopicFactory(network=network, chapter=chapter, title="Entre nous")

    assert "Entre nous" in spaces_on(chapter, member)
    assert ("Entre nous" in spaces_on(chapter, reader)) is seen_by_strangers
    assert ("Entre nous" in spaces_on(chapter, AnonymousUser())) is seen_by_strangers


def test_the_archive_is_not_named_under_a_chapter(network, member, chapter, spaces_on):
    TopicFactory(network=network, chapter=chapter, title="Fini", state=TopicState.ARCHIVED)

    assert "Fini" not in spaces_on(chapter, member)


def test_a_chapter_the_person_may_not_read_is_neither_offered_nor_taken(client, network, member, restricted):
    client.force_login(member)
    address = f"/reseaux/{network.slug}/sujets/nouveau/"

    assert "Chapitre réservé" not in client.get(f"{address}?chapitre={restricted.pk}").text
    client.post(address, {"title": "Sujet", "chapter": restricted.pk})
    with pytest.raises(Refused):
        services.open_topic(network, by=member, title="Autre", chapter=restricted)

    assert not Topic.objects.exclude(chapter=None).exists()


def test_a_restricted_chapter_shows_nowhere_in_the_space_and_survives_an_edit(client, network, member, chapter, restricted):
    topic = TopicFactory(network=network, author=member, title="Sujet", chapter=restricted)
    client.force_login(member)

    assert "Chapitre réservé" not in client.get(topic.get_absolute_url()).text
    assert "Chapitre réservé" not in client.get(network.get_absolute_url()).text
    client.post(f"/reseaux/{network.slug}/sujets/{topic.pk}/modifier/", {"title": "Nouveau titre", "text": ""})

    topic.refresh_from_db()
    assert (topic.title, topic.chapter_id) == ("Nouveau titre", restricted.pk)


def test_asking_for_a_chapter_one_may_not_read_does_not_tell_which_topics_are_about_it(client, network, member, restricted):
    TopicFactory(network=network, title="Sujet", chapter=restricted)
    client.force_login(member)

    assert listed(client, network, f"?chapitre={restricted.pk}") == []


def test_tags_are_the_networks_own_and_one_however_they_are_written(network, member):
    other = NetworkFactory()
    services.open_topic(network, by=member, title="Un", tags=["Méthode", "calendrier"])
    services.open_topic(network, by=member, title="Deux", tags=["methode"])

    assert list(network.topic_tags.values_list("name", flat=True)) == ["calendrier", "Méthode"]
    assert not other.topic_tags.exists()


def test_a_tag_that_no_topic_carries_any_more_is_forgotten(network, member):
    topic = services.open_topic(network, by=member, title="Un", tags=["Méthode"])
    other = services.open_topic(network, by=member, title="Deux", tags=["Méthode", "Dates"])

    services.edit_topic(other, by=member, title="Deux", text="", tags=[])
    assert list(TopicTag.objects.values_list("name", flat=True)) == ["Méthode"]

    services.edit_topic(topic, by=member, title="Un", text="")
    assert [tag.name for tag in topic.tags.all()] == ["Méthode"], "tags that are not named stay"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Méthode, methode ,MÉTHODE", ["Méthode"]),
        ("#dates ; calendrier", ["dates", "calendrier"]),
        (" , ,,", []),
        ("l’été,l'ete", ["l’été"]),
    ],
)
def test_words_are_read_as_people_type_them(typed, words):
    assert tags_in(typed) == words


@pytest.mark.parametrize("typed", [", ".join("abcdefg"), "x" * 41])
def test_too_many_or_too_long_tags_are_refused_at_the_field_and_kept(client, network, member, typed):
    client.force_login(member)

    page = client.post(f"/reseaux/{network.slug}/sujets/nouveau/", {"title": "Sujet", "tags": typed})

    assert page.status_code == 200
    assert page.context["form"].errors["tags"]
    assert f'value="{typed}"' in page.text
    with pytest.raises(Refused):
        services.open_topic(network, by=member, title="Sujet", tags=list("abcdefghij")[: MAX_TAGS + 1])


def test_topics_are_found_by_state_chapter_and_tag(client, network, member, chapter):
    client.force_login(member)
    about = services.open_topic(network, by=member, title="Du chapitre", chapter=chapter, tags=["Dates"])
    TopicFactory(network=network, title="Libre", state=TopicState.CLOSED)
    TopicFactory(network=network, title="Archivé", state=TopicState.ARCHIVED)

    assert listed(client, network) == ["Libre", "Du chapitre"]
    assert listed(client, network, "?etat=open") == ["Du chapitre"]
    assert listed(client, network, "?etat=closed") == ["Libre"]
    assert listed(client, network, "?etat=archived") == ["Archivé"]
    assert listed(client, network, f"?chapitre={chapter.pk}") == listed(client, network, "?mot=dates") == [about.title]
    assert listed(client, network, f"?chapitre={FREE}") == ["Libre"]
    assert "Aucun sujet ne correspond" in client.get(f"{network.get_absolute_url()}?mot=rien").text


@pytest.mark.parametrize("query", ["?etat=x", "?chapitre=x", "?chapitre=" + "9" * 30, "?chapitre=%00", "?chapitre=-1"])
def test_nonsense_in_a_filter_asks_for_nothing(client, network, member, query):
    TopicFactory(network=network, title="Sujet")
    client.force_login(member)

    assert listed(client, network, query) == ["Sujet"]


def test_a_nonsense_tag_finds_nothing(client, network, member):
    TopicFactory(network=network)
    client.force_login(member)

    assert listed(client, network, "?mot=%00%27x") == []


def test_pages_of_a_filter_go_on_with_it(client, network, member):
    for _number in range(25):
        TopicFactory(network=network, state=TopicState.CLOSED)
    client.force_login(member)

    page = client.get(f"{network.get_absolute_url()}?etat=closed").text

    assert f"?after={Topic.objects.order_by('pk')[5].pk}&amp;etat=closed#sujets" in page


def test_an_archived_topic_is_unpinned_read_and_takes_nothing_until_it_is_reopened(client, network, member, facilitator):
    topic = TopicFactory(network=network, title="Sujet", pinned=True)
    services.archive_topic(topic, by=facilitator)
    topic.refresh_from_db()
    client.force_login(member)

    assert (topic.state, topic.pinned) == (TopicState.ARCHIVED, False)
    assert "Sujet" in client.get(topic.get_absolute_url()).text
    assert not discussion_of(topic).is_open()
    with pytest.raises(Refused):
        services.pin_topic(topic, by=facilitator)

    services.reopen_topic(topic, by=facilitator)

    assert discussion_of(Topic.objects.get()).is_open()


@pytest.mark.parametrize("person", ["member", "network_moderator", "reader"])
def test_only_who_runs_the_space_archives(client, request, network, person):
    topic = TopicFactory(network=network)
    client.force_login(request.getfixturevalue(person))

    client.post(f"/reseaux/{network.slug}/sujets/{topic.pk}/etat/", {"act": "archive"})

    topic.refresh_from_db()
    assert topic.state == TopicState.OPEN


def test_what_a_person_has_not_read_is_marked_and_counted_once(client, network, member):
    topic, other = TopicFactory(network=network), TopicFactory(network=network)
    colleague = MembershipFactory(network=network).user
    client.force_login(member)
    assert client.get(network.get_absolute_url()).text.count(">Nouveau</span>") == 2

    for seen in (topic, other):
        mark_read(discussion_of(seen), by=member)
    for text in ("Un", "Deux"):
        post(discussion_of(topic), author=Author(user=colleague), text=text, notify=False)
    post(discussion_of(other), author=Author(user=member), text="De moi", notify=False)
    page = client.get(network.get_absolute_url()).text

    assert page.count("2 nouveaux") == 1
    assert "1 nouveau" not in page
    assert ">Nouveau</span>" not in page


def test_unread_marks_cost_one_query_and_nobody_counts_for_ever(network, member, django_assert_num_queries, monkeypatch):
    topics = TopicFactory.create_batch(3, network=network)
    discussions = [discussion_of(topic) for topic in topics]
    for discussion in discussions:
        mark_read(discussion, by=member, until=timezone.now())
        for text in ("Un", "Deux", "Trois"):
            post(discussion, author=Author(user=MembershipFactory(network=network).user), text=text, notify=False)
    monkeypatch.setattr("comments.news.MOST", 1)

    with django_assert_num_queries(1):
        found = unread_by(member, type(discussions[0]).objects.all())

    assert [mark.count for mark in found.values()] == [2, 2, 2], "one more than the most, which stands for more"
    assert Unread(is_new=False, count=MOST + 1).is_more


def test_unread_marks_are_ones_own(network, member):
    mark_read(discussion_of(TopicFactory(network=network)), by=member)

    assert unread_by(member, discussion_of(Topic.objects.get()).__class__.objects.all()) == {}
    assert len(unread_by(UserFactory(), discussion_of(Topic.objects.get()).__class__.objects.all())) == 1
    assert unread_by(AnonymousUser(), discussion_of(Topic.objects.get()).__class__.objects.all()) == {}


def test_a_topic_that_is_archived_while_it_is_pinned_is_not_both(network, facilitator):
    topic = TopicFactory(network=network)
    archived = []

    def before_the_topic_is_locked(execute, sql, params, many, context):
        if 'FROM "networks_topic" INNER JOIN "networks_network"' in sql and not archived:
            archived.append(topic.pk)
            services.archive_topic(topic, by=facilitator)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(before_the_topic_is_locked), suppress(Refused):
        services.pin_topic(topic, by=facilitator)

    topic.refresh_from_db()
    assert archived
    assert not (topic.pinned and topic.is_archived)
