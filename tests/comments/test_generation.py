"""generate_comments writes what the product itself would have written."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry

from comments import bulk, generation, services
from comments.models import Discussion, ThreadComment
from comments.rows import Author
from tests.factories import UserFactory, published_article


def generate(*arguments):
    call_command("generate_comments", *arguments, stdout=StringIO())


@pytest.fixture
def discussion(db):
    return services.discussion_of(published_article())


def test_generated_comments_keep_every_invariant(discussion):
    for drafts in generation.drafts(300, seed=1, until=timezone.now(), mixed=True):
        bulk.load(discussion, drafts)

    discussion.refresh_from_db()
    assert discussion.sequence == ThreadComment.objects.count() == ModelLogEntry.objects.filter(action="comments.import").count() == 300
    assert 200 < discussion.published_count < 300
    call_command("check_threads", stdout=StringIO())


def test_the_product_goes_on_after_a_load(discussion):
    for drafts in generation.drafts(20, seed=1, until=timezone.now()):
        bulk.load(discussion, drafts)
    parent = ThreadComment.objects.order_by("path").last()

    services.add_as_found(
        discussion, author=Author(user=UserFactory()), text="Suite", parent_id=parent.pk, status="published", submitted_at=timezone.now()
    )

    call_command("check_threads", stdout=StringIO())


def test_a_loaded_row_equals_a_posted_one(discussion):
    author = Author(name="Ève", email="eve@example.org")
    now = timezone.now()
    services.add_as_found(discussion, author=author, text="Bonjour *à tous*", status="published", submitted_at=now)
    bulk.load(discussion, [bulk.Draft(author=author, text="Bonjour *à tous*", submitted_at=now)])

    posted, loaded = ThreadComment.objects.order_by("sequence").values()
    own = {"id", "comment_ptr_id", "xtdcomment_ptr_id", "thread_id", "parent_id", "root_id", "path", "order", "sequence"}
    assert {key: value for key, value in posted.items() if key not in own} == {
        key: value for key, value in loaded.items() if key not in own
    }


def test_the_same_seed_gives_the_same_comments(db):
    now = timezone.now()
    assert list(generation.drafts(50, seed=7, until=now)) == list(generation.drafts(50, seed=7, until=now))
    assert list(generation.drafts(50, seed=7, until=now)) != list(generation.drafts(50, seed=8, until=now))


def test_an_address_that_carries_no_discussion_is_refused(db):
    with pytest.raises(CommandError, match="neither an article nor a topic"):
        generate("--target", "/nulle-part/", "--count", "1")


def test_a_draft_before_its_parent_writes_nothing(discussion):
    with pytest.raises(ValueError, match="does not stand before it"):
        bulk.load(discussion, [bulk.Draft(author=Author(name="Ève"), text="…", submitted_at=timezone.now(), parent=3)])

    assert not ThreadComment.objects.exists()
    assert Discussion.objects.get(pk=discussion.pk).sequence == 0
