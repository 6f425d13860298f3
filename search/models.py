"""The index: one row for each thing that can be found."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models import ArticlePage, StandardPage
from comments.models import ThreadComment
from comments.targets import PageTarget
from networks.models import Topic


class Kind(models.TextChoices):
    """What can be found."""

    ARTICLE = "article", _("Article")
    PAGE = "page", _("Page")
    TOPIC = "topic", _("Topic")
    COMMENT = "comment", pgettext_lazy("something said", "Comment")


def _answer(kind: Kind, user: Any) -> models.Q:
    """The condition that the thing behind an entry of this kind may be read by the person; asked of the thing's own rule."""
    if kind == Kind.ARTICLE:
        return models.Q(page__in=PageTarget().visible_to(ArticlePage, user).order_by().values("pk"))
    if kind == Kind.PAGE:
        return models.Q(page__in=PageTarget().visible_to(StandardPage, user).order_by().values("pk"))
    if kind == Kind.TOPIC:
        return models.Q(topic__in=Topic.objects.visible_to(user).order_by().values("pk"))
    comment = ThreadComment.objects.visible_to(user).filter(pk=models.OuterRef("comment_id"))
    return models.Q(models.Exists(comment))


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reads of the index."""

    def visible_to(self, user: Any, *kinds: Kind) -> "EntryQuerySet":
        """Entries of some kinds (all when none is named) whose thing the person may read, as it stands now."""
        condition = models.Q(pk__in=[])
        for kind in kinds or Kind:
            condition |= models.Q(kind=kind) & _answer(kind, user)
        return self.filter(condition)


class Entry(models.Model):
    """One thing that can be found: its words as people read them, and their stems as the engines compare them.

    The engines' own index (a generated tsvector column on PostgreSQL, an FTS5 table kept by triggers on SQLite) follows the
    two columns of stems by itself: see migration 0002_full_text.
    """

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    page = models.OneToOneField("wagtailcore.Page", null=True, on_delete=models.CASCADE, related_name="+")
    topic = models.OneToOneField(Topic, null=True, on_delete=models.CASCADE, related_name="+")
    comment = models.OneToOneField(ThreadComment, null=True, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("title"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    title_stems = models.TextField(blank=True, editable=False)
    text_stems = models.TextField(blank=True, editable=False)
    language = models.CharField(_("language"), max_length=10, blank=True)
    date = models.DateTimeField(_("date"))
    changed_at = models.DateTimeField(help_text=_("When the thing had last changed as it was indexed: an older entry is out of date."))

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        indexes = [models.Index(fields=["kind", "-id"], name="search_entry_newest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title or self.text[:60]}"
