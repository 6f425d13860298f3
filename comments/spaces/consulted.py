"""Which networks have spoken in a consultation."""

from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from comments.models import Consultation, ConsultationQuerySet, ThreadComment
from comments.states import Status
from networks.models import Network, Visibility

SPOKEN = (Status.PUBLISHED, Status.PENDING)
"""Who waits for a moderator has spoken."""


def said_in(consultation: Consultation) -> QuerySet[ThreadComment]:
    """What was written under the consultation's chapters in a network's name while it was under way, published or waiting to be."""
    return ThreadComment.objects.filter(
        discussion__in=consultation.discussions.all(),
        network__isnull=False,
        status__in=SPOKEN,
        submit_date__gte=consultation.opens_at,
        submit_date__lt=consultation.closes_at,
    )


def noting_heard(consultations: ConsultationQuerySet, networks: Collection[int]) -> ConsultationQuerySet:
    """Consultations that know, as `heard`, how many of these networks (by their keys) have spoken in them."""
    said = ThreadComment.objects.filter(
        discussion__consultations=OuterRef("pk"),
        network__in=networks,
        status__in=SPOKEN,
        submit_date__gte=OuterRef("opens_at"),
        submit_date__lt=OuterRef("closes_at"),
    )
    counted = said.order_by().values("discussion__consultations").annotate(number=Count("network", distinct=True)).values("number")
    return consultations.annotate(heard=Coalesce(Subquery(counted), 0))


def silent_networks(consultation: Consultation) -> QuerySet[Network]:
    """The networks in whose name nothing was written in it; secret ones are not asked, for they say nothing publicly."""
    return Network.objects.exclude(visibility=Visibility.SECRET).exclude(Exists(said_in(consultation).filter(network=OuterRef("pk"))))
