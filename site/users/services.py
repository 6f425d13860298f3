"""The writers of accounts."""

from django.db import transaction
from django.utils.translation import gettext

from users import personal_data
from users.models import User


class Refused(Exception):
    """What was asked cannot be done; the message says why, to the person."""


@transaction.atomic
def delete_account(user: User) -> None:
    """Delete a person's account at their own wish, and erase what the site holds about them.

    Raises Refused for the only administrator: nobody could appoint another one; and where an app says why the account must stay for now.
    """
    administrators = User.objects.select_for_update().filter(is_superuser=True, is_active=True)
    if user.is_superuser and not administrators.exclude(pk=user.pk).exists():
        raise Refused(gettext("You are the only administrator: appoint another one first."))
    if reason := personal_data.why_keep(user):
        raise Refused(reason)
    user.delete()
