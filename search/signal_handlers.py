"""Keeps the index in step, in the transaction of each change."""

from typing import Any

from django.db.models.signals import post_save
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from comments.models import Discussion, ThreadComment
from comments.signals import comment_changed, comments_loaded
from comments.states import Status
from networks.models import Topic
from search import indexing
from search.sources import source_of


def connect() -> None:
    """Listen to comments, topics and pages; what is deleted takes its entry along by itself."""
    comment_changed.connect(comment_was_changed, dispatch_uid="search.comment_was_changed")
    comments_loaded.connect(comments_were_loaded, dispatch_uid="search.comments_were_loaded")
    post_save.connect(topic_was_saved, sender=Topic, dispatch_uid="search.topic_was_saved")
    page_published.connect(page_was_published, dispatch_uid="search.page_was_published")
    page_unpublished.connect(page_was_unpublished, dispatch_uid="search.page_was_unpublished")
    post_save.connect(page_was_added, dispatch_uid="search.page_was_added")


def comment_was_changed(sender: type, comment: ThreadComment, previous: str | None, **kwargs: Any) -> None:
    """Only published comments are in the index."""
    if comment.status == Status.PUBLISHED:
        indexing.index(comment)
    elif previous == Status.PUBLISHED:
        indexing.forget(comment)


def comments_were_loaded(sender: type, discussion: Discussion, sequences: range, **kwargs: Any) -> None:
    """Index what is published of many comments written at once."""
    loaded = ThreadComment.objects.filter(discussion=discussion, sequence__gte=sequences.start, sequence__lt=sequences.stop)
    indexing.index_many(loaded.filter(status=Status.PUBLISHED))


def topic_was_saved(sender: type, instance: Topic, raw: bool = False, **kwargs: Any) -> None:
    """Index a topic as it now reads."""
    if not raw:
        indexing.index(instance)


def page_was_published(sender: type, instance: Page, **kwargs: Any) -> None:
    """Index a page as its readers now see it."""
    if source_of(sender):
        indexing.index(instance)


def page_was_unpublished(sender: type, instance: Page, **kwargs: Any) -> None:
    """Forget a page that is no longer read."""
    if source_of(sender):
        indexing.forget(instance)


def page_was_added(sender: type, instance: Any, created: bool = False, raw: bool = False, **kwargs: Any) -> None:
    """Index a page that code added as published at once; later saves may hold a draft, and are not the readers' business."""
    if created and not raw and isinstance(instance, Page) and source_of(sender) and instance.live and instance.last_published_at:
        indexing.index(instance)
