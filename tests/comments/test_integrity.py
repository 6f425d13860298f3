"""check_threads finds what is broken, says it in a line, and repairs it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from comments import services
from comments.models import Discussion, ThreadComment
from comments.services import Author
from comments.states import Status
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
        ("status", Status.HIDDEN),
        ("path", "00009"),
        ("object_pk", "0"),
    ],
)
def test_a_broken_column_is_named_and_repaired(thread, column, value):
    ThreadComment.objects.filter(pk=thread[1].pk).update(**{column: value})

    with pytest.raises(CommandError):
        run()
    assert f"comment {thread[1].pk}" in run("--repair") or column == "status"
    assert "holds" in run()


@pytest.mark.parametrize("column", ["published_count", "pending_count"])
def test_a_broken_counter_is_repaired(thread, column):
    Discussion.objects.update(**{column: 50})

    assert column in run("--repair")
    assert "holds" in run()


def test_a_comment_whose_parent_vanished_becomes_a_root(thread):
    ThreadComment.objects.filter(pk=thread[2].pk).update(path="00009" + "00002" + "00003", parent_id=999_999)

    run("--repair")

    orphan = ThreadComment.objects.get(pk=thread[2].pk)
    assert (orphan.depth, orphan.parent_id) == (0, orphan.pk)
    assert ThreadComment.objects.get(pk=thread[0].pk).published_descendants == 1
