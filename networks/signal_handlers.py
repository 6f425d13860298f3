"""What follows when rows of networks go, whichever way they go."""

from typing import Any

from django.db.models.signals import post_delete

from networks.files import forget
from networks.models import Network, SpaceDocument


def connect() -> None:
    """Listen to what is deleted."""
    post_delete.connect(document_deleted, sender=SpaceDocument, dispatch_uid="networks.document_deleted")
    post_delete.connect(network_deleted, sender=Network, dispatch_uid="networks.network_deleted")


def document_deleted(sender: type, instance: SpaceDocument, **kwargs: Any) -> None:
    """The file goes with its document."""
    forget(instance.file)


def network_deleted(sender: type, instance: Network, **kwargs: Any) -> None:
    """And the logo with its network."""
    forget(instance.own_logo)
