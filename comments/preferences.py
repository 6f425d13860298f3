"""Whether an account hears of replies and of the publication of its comments by mail."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from comments import services
from comments.models import NoticeRefusal

LABEL = _("Tell me by mail about my comments and my networks")
HELP_TEXT = _("When somebody replies, when a moderator has published one of them, and when a network of yours writes to all its members.")


def wants_notices(user: Any) -> bool:
    """Whether nobody stopped these mails to the account's address."""
    return not NoticeRefusal.objects.of(user.email).exists()


def choose_notices(user: Any, wanted: bool) -> None:
    """Keep what the account's person wishes."""
    change = services.accept_notices if wanted else services.refuse_notices
    change(user.email)
