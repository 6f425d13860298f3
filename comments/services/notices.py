"""Who wants which mails: an address's own choice about replies and publications, a moderator's about what waits."""

from typing import Any

from comments.models import ModeratorPace, NoticeRefusal, Pace


def refuse_notices(address: str) -> None:
    """Send no more notices to an address; asking twice changes nothing."""
    NoticeRefusal.objects.bulk_create([NoticeRefusal(email=address.lower())], ignore_conflicts=True)


def accept_notices(address: str) -> None:
    """Send notices to an address again."""
    NoticeRefusal.objects.of(address).delete()


def move_refusal(before: str, after: str) -> None:
    """Let the refusal of somebody whose address changes hold for the new one."""
    if NoticeRefusal.objects.of(before).exists():
        refuse_notices(after)


def choose_pace(user: Any, pace: Pace) -> None:
    """Tell a moderator of what waits as often as they wish from now on."""
    ModeratorPace.objects.update_or_create(user=user, defaults={"pace": pace})
