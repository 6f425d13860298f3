"""What follows in one app from what happens in another that must not know of it."""

from typing import Any

from comments import services


def address_changed(sender: Any, from_email_address: Any, to_email_address: Any, **kwargs: Any) -> None:
    """Who refused mails about their comments refuses them at their new address too."""
    if from_email_address is not None:
        services.move_refusal(from_email_address.email, to_email_address.email)
