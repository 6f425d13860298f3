"""check_threads finds what is broken, says it in a line, and repairs it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_comments.models import CommentFlag

from comments import integrity, services
from comments.models import CommentRevision, Discussion, ThreadComment
from comments.rows import USEFUL
from comments.services import Author
from comments.states import Action, Status
from tests.factories import UserFactory, published_article


@pytest.fixture
def thread(db):
    """A root, a reply and a reply to the reply, all published."""
    discussion = services.discussion_of(published_article())
    Discussion.objects.filter(pk=discussion.pk).update(moderation="after")
    author = Author(user=UserFactory())
    root = services.post(discussion, author=author, text="Racine").comment
    reply = services.post(discussion, author=author, text="Réponse", parent_id=root.pk).comment
    return [root, reply, services.post(discussion, author=author, text="Encore", parent_id=reply.pk).comment]


def run(*arguments):
    out = StringIO()
    call_command("check_threads", *arguments, stdout=out)
    return out.getvalue()


def test_a_sound_discussion_has_no_fault(thread):
    assert "holds" in run()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("parent_id", 999_999),
        ("thread_id", 999_999),
        ("depth", 7),
        ("level", 7),
        ("order", 7_000),
        ("is_public", False),
        ("is_removed", True),
        ("shown", False),
        ("published_descendants", 9),
        ("useful_count", 5),
        ("status", Status.HIDDEN),
        ("path", "00009"),
        ("object_pk", "0"),
        ("author_key", "user:0"),
    ],
)
def test_a_broken_column_is_named_and_repaired(thread, column, value):
    ThreadComment.objects.filter(pk=thread[1].pk).update(**{column: value})

    with pytest.raises(CommandError):
        run()
    assert f"comment {thread[1].pk}" in run("--repair") or column == "status"
    assert "holds" in run()


@pytest.mark.parametrize("column", ["pinned", "featured"])
def test_what_no_longer_stands_is_not_pointed_to(thread, moderator, column):
    services.moderate(thread[2], Action.HIDE, by=moderator, reason="off_topic")
    ThreadComment.objects.filter(pk=thread[2].pk).update(**{column: True})

    assert f"comment {thread[2].pk}: {column}" in run("--repair")
    assert "holds" in run()


def test_votes_are_counted_from_their_rows(thread, moderator):
    services.mark_useful(thread[1], by=moderator)
    CommentFlag.objects.create(comment=thread[1], user=UserFactory(), flag=USEFUL)
    CommentFlag.objects.create(comment=thread[1], user=UserFactory(), flag="another kind")

    assert "useful_count is 1, expected 2" in run("--repair")
    assert "holds" in run()


def test_nothing_may_be_left_of_a_removed_comment_and_its_words_are_not_said_again(thread):
    services.remove(thread[2], by=thread[2].user)
    assert "holds" in run()
    ThreadComment.objects.filter(pk=thread[2].pk).update(comment="secret", user_email="eve@example.org", edited_at=timezone.now())
    CommentRevision.objects.create(comment=thread[2], text="secret aussi")
    CommentFlag.objects.create(comment=thread[2], user=UserFactory(), flag=USEFUL)

    said = run("--repair")

    assert all(f"comment {thread[2].pk}: {what}" in said for what in ("comment", "user_email", "edited_at", "revisions", "flags"))
    assert "secret" not in said
    assert "eve" not in said
    assert "holds" in run()
    assert not CommentRevision.objects.exists()
    assert not CommentFlag.objects.exists()


def test_checking_asks_the_same_few_questions_of_a_large_discussion(thread, moderator):
    def cost():
        with CaptureQueriesContext(connection) as queries, transaction.atomic():
            assert not list(integrity.faults(Discussion.objects.get()))
        return len(queries)

    small = cost()
    for number in range(20):
        reply = services.post(thread[0].discussion, author=Author(user=moderator), text=f"Et {number}", parent_id=thread[0].pk).comment
        services.mark_useful(reply, by=thread[0].user)

    assert cost() == small


@pytest.mark.parametrize("column", ["published_count", "pending_count"])
def test_a_broken_counter_is_repaired(thread, column):
    Discussion.objects.update(**{column: 50})

    assert column in run("--repair")
    assert "holds" in run()


def test_publications_are_never_fewer_than_what_is_published(thread):
    Discussion.objects.update(publications=2)

    assert "publications is 2, expected 3" in run("--repair")
    assert "holds" in run()


def test_a_comment_whose_parent_vanished_becomes_a_root(thread):
    ThreadComment.objects.filter(pk=thread[2].pk).update(path="00009" + "00002" + "00003", parent_id=999_999)

    run("--repair")

    orphan = ThreadComment.objects.get(pk=thread[2].pk)
    assert (orphan.depth, orphan.parent_id) == (0, orphan.pk)
    assert ThreadComment.objects.get(pk=thread[0].pk).published_descendants == 1


def test_a_removed_comment_that_is_brought_in_says_nothing_of_its_author(discussion, moderator):
    services.add_as_found(discussion, author=Author(user=moderator), text="Mot", status=Status.REMOVED, submitted_at=timezone.now())

    assert list(integrity.check()) == []
