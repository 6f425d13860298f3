"""What a space keeps beside its text: links and documents."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.files import private_name, private_storage
from networks.models.networks import Network
from networks.states import Visibility

MAX_LINKS = 10
"""How many links a space presents at most."""
MAX_DOCUMENTS = 100
"""How many documents a space keeps at most."""


class SpaceLink(models.Model):
    """A link that a space presents, with its words."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="links")
    label = models.CharField(_("words"), max_length=120)
    url = models.URLField(_("address"), max_length=500)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("link of a space")
        verbose_name_plural = _("links of spaces")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label


def document_path(document: "SpaceDocument", name: str) -> str:
    """Where a document's file is stored."""
    return private_name("documents", name)


class SpaceDocumentQuerySet(models.QuerySet["SpaceDocument"]):
    """Reads of documents."""

    def readable_with(self, standing: Any) -> "SpaceDocumentQuerySet":
        """The documents of a space that a person of this `networks.permissions.Standing` there may read.

        Those that are not for members only are for whoever may read the presentation; a secret space keeps them from its guests too.
        """
        here = self.filter(network=standing.network)
        if standing.can_see_members:
            return here
        return self.none() if standing.network.visibility == Visibility.SECRET else here.filter(for_members=False)

    def following(self, key: int | None) -> "SpaceDocumentQuerySet":
        """The newest first, from the one after this key; from the first without a key."""
        found = self.order_by("-pk")
        return found if key is None else found.filter(pk__lt=key)


class SpaceDocument(models.Model):
    """A file that a space offers: to whoever reads its presentation, or to its members alone."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(storage=private_storage, upload_to=document_path)
    name = models.CharField(max_length=150, help_text=_("The name that it is downloaded under."))
    size = models.PositiveIntegerField(help_text=_("In bytes."))
    for_members = models.BooleanField(_("for members only"), default=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    objects = SpaceDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of a space")
        verbose_name_plural = _("documents of spaces")
        indexes = [models.Index(fields=["network", "-id"], name="networks_document_newest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The address that hands it out, to who may read it."""
        return reverse("networks:document", args=[self.network.slug, self.pk])
