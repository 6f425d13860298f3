"""Who finds what: the index answers by the rule of the thing itself, as it stands when somebody asks."""

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import PageViewRestriction

from comments import services
from comments.models import PageDiscussionSettings, ThreadComment
from comments.services import Author
from comments.states import Action, Mode, Status
from networks.models import Membership
from search.models import Entry
from tests.factories import NetworkFactory, TopicFactory, guide_index, published_article, standard_page

VISITOR = AnonymousUser()

PUBLIC, MEMBERS, SECRET = "Palabre publique", "Palabre des membres", "Palabre secrète"


@pytest.fixture
def spaces(network, other_network, say):
    """A topic, and a comment under it, in a public, a members-only and a secret space."""
    topics = {
        PUBLIC: TopicFactory(title=PUBLIC, network=NetworkFactory(visibility="public")),
        MEMBERS: TopicFactory(title=MEMBERS, network=network),
        SECRET: TopicFactory(title=SECRET, network=other_network),
    }
    for title, topic in topics.items():
        say(topic, f"{title}, dit-on")
    return topics


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        ("visitor", {PUBLIC}),
        ("reader", {PUBLIC}),
        ("member", {PUBLIC, MEMBERS}),
        ("facilitator", {PUBLIC, MEMBERS}),
        ("network_moderator", {PUBLIC, MEMBERS}),
        ("other_moderator", {PUBLIC, SECRET}),
        ("moderator", {PUBLIC, MEMBERS, SECRET}),
        ("admin", {PUBLIC, MEMBERS, SECRET}),
    ],
)
def test_topics_and_comments_are_found_by_those_who_read_their_space(search, spaces, request, person, seen):
    someone = VISITOR if person == "visitor" else request.getfixturevalue(person)

    assert set(search("palabre", someone, "topic")) == seen
    assert set(search("palabre", someone, "comment")) == {f"{title}, dit-on" for title in seen}


def test_a_membership_opens_and_closes_the_answers_at_once(search, spaces, reader, network):
    membership = Membership.objects.create(network=network, user=reader)
    assert MEMBERS in search("palabre", reader)

    membership.delete()
    assert MEMBERS not in search("palabre", reader)


def test_a_space_that_becomes_secret_is_no_longer_found(search, spaces, reader):
    public = spaces[PUBLIC].network
    public.visibility = "secret"
    public.save()

    assert search("palabre", reader) == []


@pytest.mark.parametrize("status", [status for status in Status if status != Status.PUBLISHED])
def test_comments_that_are_not_published_are_not_found(search, say, admin, status):
    say(published_article(), "Palabre", status=status)

    assert search("palabre", admin, "comment") == []
    assert not Entry.objects.filter(comment__isnull=False).exists()


def test_a_comment_is_found_from_its_publication_until_it_is_hidden_and_again_when_restored(search, reader, moderator):
    discussion = services.discussion_of(published_article())
    comment = services.post(discussion, author=Author(user=reader), text="Palabre").comment
    assert search("palabre", VISITOR) == []

    services.moderate(comment, Action.APPROVE, by=moderator)
    assert search("palabre", VISITOR) == ["Palabre"]

    services.moderate(comment, Action.HIDE, by=moderator, reason="off_topic")
    assert search("palabre", VISITOR) == []

    services.moderate(comment, Action.RESTORE, by=moderator)
    assert search("palabre", VISITOR) == ["Palabre"]


def test_a_removed_comment_leaves_no_word_in_the_index(search, say, reader):
    comment = say(published_article(), "Palabre")

    services.remove(comment, by=reader)

    assert search("palabre", VISITOR) == []
    assert not Entry.objects.filter(text__contains="Palabre").exists()


def test_a_comment_that_the_index_failed_to_forget_is_not_found(search, say):
    comment = say(published_article(), "Palabre")
    entry = Entry.objects.get(comment=comment)

    ThreadComment.objects.filter(pk=comment.pk).update(status=Status.HIDDEN)

    assert Entry.objects.filter(pk=entry.pk).exists()
    assert search("palabre", VISITOR) == []


def test_a_hidden_discussion_hides_its_comments_but_not_its_article(search, say):
    article = published_article("Palabre")
    say(article, "Palabre aussi")
    PageDiscussionSettings.objects.update_or_create(page=article, defaults={"mode": Mode.HIDDEN})

    services.configure_from_page(article)

    assert search("palabre", VISITOR) == ["Palabre"]


def test_a_restricted_page_is_not_found_nor_what_is_said_under_it(search, say):
    article, page = published_article("Palabre"), standard_page("Palabre aussi")
    say(article, "Palabre encore")
    assert len(search("palabre", VISITOR)) == 3

    for restricted in (article, page):
        PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.PASSWORD, password="secret")

    assert search("palabre", VISITOR) == []


def test_a_restriction_above_a_page_counts(search):
    published_article("Palabre")
    PageViewRestriction.objects.create(page=guide_index(), restriction_type=PageViewRestriction.LOGIN)

    assert search("palabre", VISITOR) == []


def test_an_unpublished_page_is_not_found_nor_what_is_said_under_it(search, say):
    article = published_article("Palabre")
    say(article, "Palabre aussi")

    article.unpublish()

    assert search("palabre", VISITOR) == []


def test_a_draft_is_not_found_before_it_is_published(search):
    article = published_article("Palabre")
    article.title = "Concertation"
    revision = article.save_revision()
    assert (search("palabre", VISITOR), search("concertation", VISITOR)) == (["Palabre"], [])

    revision.publish()
    assert (search("palabre", VISITOR), search("concertation", VISITOR)) == ([], ["Concertation"])


def test_what_is_deleted_is_not_found(search):
    article, topic = published_article("Palabre"), TopicFactory(title="Palabre")

    article.delete()
    topic.delete()

    assert search("palabre", VISITOR) == []
    assert not Entry.objects.exists()
