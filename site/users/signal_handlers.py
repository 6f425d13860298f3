"""What follows from signing up, signing in and the deletion of an account, whichever way it happens."""

from typing import Any

from allauth.account.signals import user_signed_up
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import pre_delete
from django.http import HttpRequest
from django.utils.translation import get_language

from users import personal_data
from users.models import User


def connect() -> None:
    """Listen to accounts."""
    user_signed_up.connect(keep_the_language_of_signing_up, dispatch_uid="users.keep_the_language_of_signing_up")
    user_logged_in.connect(speak_the_accounts_language, dispatch_uid="users.speak_the_accounts_language")
    pre_delete.connect(forget_the_person, sender=User, dispatch_uid="users.forget_the_person")


def keep_the_language_of_signing_up(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A new account speaks the language its person signed up in."""
    user.language = get_language()
    user.save(update_fields=["language"])


def speak_the_accounts_language(sender: Any, request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    """From here on this browser speaks the account's language: the middleware sets the cookie."""
    if request is not None:
        request.chosen_language = user.language


def forget_the_person(sender: Any, instance: User, **kwargs: Any) -> None:
    """Erase what the apps above hold, in the transaction of the deletion."""
    personal_data.erase(instance)
