"""Who wants no more mails about replies and publications: an address's own choice, whoever wrote with it."""

from comments.models import NoticeRefusal


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
