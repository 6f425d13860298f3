"""Remembering guests who proved their address, and letting go of texts that nobody confirmed."""

from datetime import timedelta

from django.utils import timezone

from comments.models import GuestPass, ThreadComment
from comments.services.refusals import StaleDecision
from comments.services.statuses import withdraw_unconfirmed
from comments.states import Status

UNCONFIRMED_LIFETIME = timedelta(days=7)
"""How long a text waits for its author's address to be proven."""


def remember_guest(comment: ThreadComment) -> GuestPass:
    """Return a new pass for the guest who has just proven the address of a comment."""
    return GuestPass.objects.create(email=comment.user_email.lower(), name=comment.user_name)


def revoke_guest_passes(email: str) -> int:
    """End every pass of an address, on whichever browser, and return how many there were."""
    return GuestPass.objects.filter(email=email.lower(), revoked_at=None).update(revoked_at=timezone.now())


def purge_unconfirmed(older_than: timedelta = UNCONFIRMED_LIFETIME) -> int:
    """Erase the words and addresses of comments that were never confirmed in this time, one transaction each; return how many."""
    before = timezone.now() - older_than
    purged = 0
    for comment in ThreadComment.objects.filter(status=Status.AWAITING_EMAIL, submit_date__lt=before).order_by("pk").iterator():
        try:
            withdraw_unconfirmed(comment)
        except StaleDecision:
            continue
        purged += 1
    return purged
