"""The networks that took part in writing a page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from networks.models.networks import Network
from networks.states import Visibility


class Participation(Orderable):
    """A network that took part in writing a page of the guide; a secret one is not offered, its existence is not the editors' to know."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="participations")
    network = models.ForeignKey(
        Network,
        verbose_name=_("network"),
        on_delete=models.CASCADE,
        related_name="participations",
        limit_choices_to=~models.Q(visibility=Visibility.SECRET),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("participation")
        verbose_name_plural = _("participations")

    def __str__(self) -> str:
        return str(self.network)
