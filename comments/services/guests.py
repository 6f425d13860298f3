"""Remembering guests who proved their address, and letting go of texts that nobody confirmed."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from comments.addresses import fold
from comments.models import GuestPass, OutgoingMail, ThreadComment
from comments.services.refusals import StaleDecision
from comments.services.statuses import withdraw_unconfirmed
from comments.states import Status

UNCONFIRMED_LIFETIME = timedelta(days=7)
"""How long a text waits for its author's address to be proven."""
MAILS_TO_UNPROVEN = ["confirm_address", "new_links", "forget_guest", "report_received", "report_decided"]
"""The mails to addresses that nobody may have proven: once they left, nothing needs the address any more."""


def remember_guest(comment: ThreadComment) -> GuestPass:
    """Return a new pass for the guest who has just proven the address of a comment."""
    return GuestPass.objects.create(email=fold(comment.user_email), name=comment.user_name)


def use_guest_pass(guest_pass: GuestPass, *, name: str) -> bool:
    """Note that a guest wrote with a pass, under a name; return whether its life was prolonged, which happens once a day at most."""
    now = timezone.now()
    stale = Q(used_at__lt=now - timedelta(days=1)) | ~Q(name=name)
    guest_pass.name = name
    return bool(GuestPass.objects.valid().filter(stale, pk=guest_pass.pk).update(used_at=now, name=name))


def revoke_guest_pass(guest_pass: GuestPass) -> None:
    """End one pass: its browser knows the guest no more; what they wrote stays."""
    GuestPass.objects.filter(pk=guest_pass.pk, revoked_at=None).update(revoked_at=timezone.now())


def revoke_guest_passes(email: str) -> int:
    """End every pass of an address, on whichever browser, and return how many there were."""
    return GuestPass.objects.filter(email=fold(email), revoked_at=None).update(revoked_at=timezone.now())


def purge_unconfirmed(older_than: timedelta = UNCONFIRMED_LIFETIME) -> int:
    """Erase the words and addresses of comments that were never confirmed in this time, one transaction each; return how many."""
    waiting = ThreadComment.objects.filter(status=Status.AWAITING_EMAIL, submit_date__lt=timezone.now() - older_than)
    return sum(_withdraw(key) for key in list(waiting.order_by("pk").values_list("pk", flat=True)))


def _withdraw(key: int) -> bool:
    try:
        withdraw_unconfirmed(ThreadComment.objects.get(pk=key))
    except StaleDecision:
        return False
    return True


def purge_mails_to_unproven(older_than: timedelta = UNCONFIRMED_LIFETIME) -> int:
    """Delete the mails, settled long ago, that were addressed to what somebody typed, proven or not; return how many."""
    settled = OutgoingMail.objects.filter(kind__in=MAILS_TO_UNPROVEN, settled_at__lt=timezone.now() - older_than)
    return settled.delete()[0]


def purge_guest_passes() -> int:
    """Delete the passes that were revoked or that nobody used for their lifetime; return how many."""
    return GuestPass.objects.over().delete()[0]
