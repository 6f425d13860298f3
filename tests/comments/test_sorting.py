"""The orders in which a discussion is read: the newest threads first, the most useful, each page found by key."""

import re

import pytest
from django.utils import timezone

from comments import bulk, generation, services
from comments.models import ThreadComment
from comments.orders import PAGE_SIZE, Order
from comments.reading import read_page
from comments.states import Action, Status
from tests.comments.conftest import shown_ids
from tests.factories import UserFactory


def give_votes(comment, count):
    ThreadComment.objects.filter(pk=comment.pk).update(useful_count=count)


def fill(discussion, count, **options):
    for drafts in generation.drafts(count, seed=count, until=timezone.now(), **options):
        bulk.load(discussion, drafts)


def all_pages(discussion, user, order):
    """The rows of every page, from the first to the last."""
    rows, after = [], ""
    while True:
        page = read_page(discussion, user, order=order, after=after)
        rows.append([row.pk for row in page.rows])
        if not page.later:
            return rows
        after = page.later


def expected(discussion, order):
    """The same order, worked out the simple way from everything at once."""
    shown = list(ThreadComment.objects.filter(discussion=discussion).shown().order_by("path"))
    roots = {comment.path: comment for comment in shown if comment.is_root}
    ranks = {
        Order.OLDEST: lambda root: root.path,
        Order.NEWEST: lambda root: -root.sequence,
        Order.MOST_USEFUL: lambda root: (-root.useful_count, root.path),
    }
    return [comment.pk for comment in sorted(shown, key=lambda comment: (ranks[order](roots[comment.path[:5]]), comment.path))]


@pytest.mark.parametrize("order", Order)
def test_every_page_after_another_shows_every_comment_once_in_order(discussion, reader, order):
    fill(discussion, 700, mixed=True)
    for number, root in enumerate(ThreadComment.objects.filter(discussion=discussion, depth=0)):
        give_votes(root, (number * 7) % 5)
    discussion.refresh_from_db()

    pages = all_pages(discussion, reader, order)

    assert [pk for page in pages for pk in page] == expected(discussion, order)
    assert {len(page) for page in pages[:-1]} == {PAGE_SIZE}


@pytest.mark.parametrize("order", [Order.NEWEST, Order.MOST_USEFUL])
def test_a_thread_larger_than_pages_is_cut_and_goes_on(discussion, say, reader, order):
    first = say("Premier fil")
    large = say("Un long fil")
    replies = [say(f"Réponse {number}", parent=large) for number in range(PAGE_SIZE + 20)]
    last = say("Dernier fil")
    give_votes(large, 3)
    discussion.refresh_from_db()

    pages = all_pages(discussion, reader, order)
    around = [last.pk, first.pk] if order == Order.NEWEST else [first.pk, last.pk]
    begins = [last.pk, large.pk] if order == Order.NEWEST else [large.pk]

    assert [pk for page in pages for pk in page] == [
        *begins,
        *(reply.pk for reply in replies),
        *[pk for pk in around if pk not in begins],
    ]
    assert read_page(discussion, reader, order=order, after=read_page(discussion, reader, order=order).later).continues == [
        large.user.display_name
    ]


@pytest.mark.parametrize("order", [Order.NEWEST, Order.MOST_USEFUL])
def test_the_rows_read_are_bounded_whatever_the_size_of_a_thread(discussion, say, reader, django_assert_num_queries, order):
    large = say("Un long fil")
    for number in range(200):
        say(f"Réponse {number}", parent=large)
    for number in range(30):
        say(f"Fil {number}")
    give_votes(large, 9)
    discussion.refresh_from_db()
    middle = ThreadComment.objects.get(comment="Réponse 100").path
    key = f"{middle}.9" if order == Order.MOST_USEFUL else middle

    for after in ["", key]:
        with django_assert_num_queries(6, exact=False) as asked:
            read_page(discussion, reader, order=order, after=after)
        assert all("LIMIT" in query["sql"] for query in asked if "published_descendants" in query["sql"] and "IN (" not in query["sql"])


def test_a_page_offers_the_orders_and_says_which_is_chosen(page_of, say):
    first, second = say("Un"), say("Deux")
    give_votes(second, 2)

    assert shown_ids(page_of()) == [first.pk, second.pk]
    assert shown_ids(page_of(tri="recents")) == [second.pk, first.pk]
    assert shown_ids(page_of(tri="utiles")) == [second.pk, first.pk]
    chosen = re.findall(
        r'<a class="orders__choice" href="([^"]*)" rel="nofollow" aria-current="true">([^<]*)</a>', page_of(tri="utiles").text
    )
    assert [(url.partition("?")[2], label) for url, label in chosen] == [("tri=utiles#commentaires", "Les plus utiles")]


def test_a_later_page_keeps_the_order_and_leads_back_to_the_first(page_of, crowd):
    crowd(PAGE_SIZE + 3)

    following = re.search(r'href="([^"]*)#commentaires" rel="next"', page_of(tri="recents").text)[1].replace("&amp;", "&")
    parameters = dict(part.split("=") for part in following.partition("?")[2].split("&"))
    later = page_of(**parameters)

    assert parameters["tri"] == "recents"
    assert len(shown_ids(later)) == 3
    assert 'tri=recents#commentaires">Revenir aux premiers commentaires</a>' in later.text


@pytest.mark.parametrize("tri", ["", "nonsense", "UTILES", "\x00", "é"])
def test_nonsense_for_an_order_is_the_oldest_first(page_of, say, tri):
    first, second = say("Un"), say("Deux")

    assert shown_ids(page_of(tri=tri)) == [first.pk, second.pk]


@pytest.mark.parametrize("after", ["nonsense", "00001", "00001.x", "00001.-1", ".5", "00001.99999999999999", "00001.٣", "\x00.1"])
@pytest.mark.parametrize("tri", ["recents", "utiles"])
def test_nonsense_for_a_key_gives_a_page_all_the_same(page_of, say, tri, after):
    comment = say()

    assert shown_ids(page_of(tri=tri, after=after)) == [comment.pk]


@pytest.mark.parametrize("tri", ["recents", "utiles"])
def test_only_its_author_sees_a_pending_comment_in_any_order(page_of, say, reader, member, tri):
    parent, other = say("Parent"), say("Un autre")
    reply = say("J’attends", parent=parent, by=reader, to=Status.PENDING)
    thread = say("J’attends aussi", by=reader, to=Status.PENDING)

    mine, theirs = shown_ids(page_of(reader, tri=tri)), shown_ids(page_of(member, tri=tri))

    assert sorted(mine) == sorted([parent.pk, other.pk, reply.pk, thread.pk])
    assert mine[0] == thread.pk
    assert mine.index(reply.pk) == mine.index(parent.pk) + 1
    assert sorted(theirs) == sorted([parent.pk, other.pk])


@pytest.mark.parametrize("tri", ["recents", "utiles"])
def test_nothing_hidden_is_shown_in_any_order(page_of, say, tri):
    hidden = say("Un secret")
    reply = say("Une réponse", parent=hidden)
    services.moderate(hidden, Action.HIDE, by=UserFactory(is_superuser=True), reason="off_topic")

    page = page_of(tri=tri)

    assert shown_ids(page) == [hidden.pk, reply.pk]
    assert "Un secret" not in page.text
