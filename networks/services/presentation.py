"""What a space says of itself."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from networks.files import forget, same_content, shown_name
from networks.models import MAX_DOCUMENTS, MAX_LINKS, Network, SpaceDocument, SpaceLink
from networks.permissions import standing_of
from networks.services.locking import lock_network, record
from networks.services.refusals import Refused, require

PRESENTATION_FIELDS = ("tagline", "presentation", "website", "contact", "contact_email", "colour")
"""What facilitators decide of their space, beside its links and its logo."""

SAME_DOCUMENT_WITHIN = timedelta(hours=1)
"""The same file of the same person under the same title within this time is one document sent twice."""


@transaction.atomic
def save_presentation(
    network: Network, *, by: Any, links: Sequence[tuple[str, str]] | None = None, logo: ContentFile | bool | None = None, **values: str
) -> Network:
    """Keep what a facilitator decided of the space.

    `values` are PRESENTATION_FIELDS, `links` pairs of words and address that replace those there (None: they stay), `logo` a picture from
    `networks.logos.logo_from` (None: it stays, False: it goes). Raises Refused for who does not run the space.
    """
    locked = lock_network(network)
    require(standing_of(by, locked).can_edit_presentation)
    changed = [name for name in PRESENTATION_FIELDS if name in values and getattr(locked, name) != values[name]]
    for name in changed:
        setattr(locked, name, values[name])
    if logo is not None and (logo or locked.own_logo):
        _exchange_logo(locked, logo)
        changed.append("own_logo")
    if changed:
        locked.save(update_fields=changed)
    if links is not None and links != list(locked.links.values_list("label", "url")):
        _exchange_links(locked, links)
        changed.append("links")
    if changed:
        record(locked, "save_presentation", by, changed=changed)
    return locked


def _exchange_logo(network: Network, logo: ContentFile | bool) -> None:
    """Put another logo in the place of the one there, whose file goes once the change stands."""
    forget(network.own_logo)
    network.own_logo = logo or ""


def _exchange_links(network: Network, links: Sequence[tuple[str, str]]) -> None:
    if len(links) > MAX_LINKS:
        raise Refused(gettext("A space presents %(count)s links at most.") % {"count": MAX_LINKS})
    network.links.all().delete()
    for position, (label, url) in enumerate(links):
        SpaceLink.objects.create(network=network, label=label, url=url, position=position)


@transaction.atomic
def add_document(network: Network, *, by: Any, title: str, upload: Any, for_members: bool) -> SpaceDocument:
    """Keep a document of the space, and return it; sent twice, it is one. `upload` has passed `networks.files.validate_file`.

    Raises Refused for who does not run the space, and beyond MAX_DOCUMENTS.
    """
    locked = lock_network(network)
    require(standing_of(by, locked).can_edit_presentation)
    said = {"title": title, "name": shown_name(upload.name), "size": upload.size, "for_members": for_members, "added_by": by}
    for twin in locked.documents.filter(**said, added_at__gt=timezone.now() - SAME_DOCUMENT_WITHIN):
        if same_content(twin.file, upload):
            return twin
    if locked.documents.count() >= MAX_DOCUMENTS:
        raise Refused(gettext("A space keeps %(count)s documents at most: remove one first.") % {"count": MAX_DOCUMENTS})
    document = SpaceDocument.objects.create(network=locked, file=upload, **said)
    record(locked, "add_document", by, document=document.pk, for_members=for_members)
    return document


@transaction.atomic
def remove_document(document: SpaceDocument, *, by: Any) -> None:
    """Remove a document and its file; nothing happens to one that is gone. Raises Refused for who does not run the space."""
    locked = lock_network(document.network)
    require(standing_of(by, locked).can_edit_presentation)
    current = locked.documents.filter(pk=document.pk).first()
    if current is None:
        return
    current.delete()
    record(locked, "remove_document", by, document=document.pk)
