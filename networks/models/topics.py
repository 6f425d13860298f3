"""What is discussed in a space."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from networks.markup import MAX_LENGTH, render
from networks.models.invitations import TopicGuest
from networks.models.networks import Network, may_read
from networks.models.rendered import with_html
from networks.states import TopicState

MAX_TAGS = 5
"""How many tags a topic carries at most: more say nothing."""


class TopicTag(models.Model):
    """A word that topics of one network are found by; another network's words are its own."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="topic_tags")
    name = models.CharField(_("name"), max_length=40)
    slug = models.SlugField(max_length=60)

    class Meta:
        verbose_name = _("tag of topics")
        verbose_name_plural = _("tags of topics")
        ordering = ["slug"]
        constraints = [models.UniqueConstraint(fields=["network", "slug"], name="networks_topictag_one_per_word")]

    def __str__(self) -> str:
        return self.name


class TopicQuerySet(models.QuerySet["Topic"]):
    """Reads of topics."""

    def visible_to(self, user: Any) -> "TopicQuerySet":
        """Topics of the networks whose discussions the person may read, and those they are a guest of."""
        readable = may_read(user, "network__")
        if readable and user.is_authenticated:
            readable |= models.Q(pk__in=TopicGuest.objects.of(user).values("topic"))
        return self.filter(readable)

    def current(self) -> "TopicQuerySet":
        """What a space talks about: everything but the archive."""
        return self.exclude(state=TopicState.ARCHIVED)

    def listed(self) -> "TopicQuerySet":
        """Topics with what a list shows of each, in a number of queries that does not grow with them."""
        return self.select_related("author", "network").prefetch_related("tags")

    def count_by_network(self) -> dict[int, int]:
        """How many of these topics each network has, by the network's key."""
        return dict(self.order_by().values_list("network").annotate(count=models.Count("pk")))

    def newest_first(self) -> "TopicQuerySet":
        """Topics in the order they are listed in, which `before(key)` pages."""
        return self.order_by("-pk")

    def before(self, key: int | None) -> "TopicQuerySet":
        """The topics that follow the one with this key in `newest_first`; all of them without a key."""
        return self if key is None else self.filter(pk__lt=key)


class Topic(models.Model):
    """Something opened for discussion in a space."""

    network = models.ForeignKey(Network, verbose_name=_("network"), on_delete=models.CASCADE, related_name="topics")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), max_length=MAX_LENGTH, blank=True)
    html = models.TextField(editable=False, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), null=True, on_delete=models.SET_NULL, related_name="topics"
    )
    chapter = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("chapter"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page of the guide that it is about; empty: it is about something else."),
    )
    tags = models.ManyToManyField(TopicTag, verbose_name=_("tags"), blank=True, related_name="topics")
    state = models.CharField(_("state"), max_length=8, choices=TopicState, default=TopicState.OPEN)
    pinned = models.BooleanField(_("pinned"), default=False)
    created_at = models.DateTimeField(_("opened on"), default=timezone.now)
    updated_at = models.DateTimeField(_("changed on"), null=True, blank=True, help_text=_("When its title or text last changed."))

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["-pinned", "-pk"]
        indexes = [models.Index(fields=["network", "-pinned", "-id"], name="networks_topic_listed")]

    def __str__(self) -> str:
        return self.title

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save, with the safe HTML in step with the text."""
        self.html = render(self.text)
        super().save(update_fields=with_html(update_fields, "text", "html"), **kwargs)

    @property
    def slug(self) -> str:
        """The readable end of its address; the key alone decides."""
        return slugify(self.title.replace("’", " ").replace("'", " "))[:60].strip("-") or "sujet"

    @property
    def is_open(self) -> bool:
        """Whether it takes new comments."""
        return self.state == TopicState.OPEN

    @property
    def is_archived(self) -> bool:
        """Whether it left the list for the archive, where it is still read."""
        return self.state == TopicState.ARCHIVED

    def get_absolute_url(self) -> str:
        """Its address in the network's space."""
        return reverse("networks:topic", args=[self.network.slug, self.pk, self.slug])
