"""The account: an e-mail address signs in, a display name is shown."""

from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def default_language() -> str:
    """The site's own language (a code of settings.LANGUAGES)."""
    return settings.LANGUAGE_CODE


class UserManager(BaseUserManager["User"]):
    """Creates accounts; addresses are compared without regard to case."""

    use_in_migrations = True

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email__iexact=email)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an account; raises ValueError without an address."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account."""

    email = models.EmailField(_("e-mail address"), unique=True, error_messages={"unique": _("This address already has an account.")})
    display_name = models.CharField(_("display name"), max_length=50, help_text=_("Shown beside what you write."))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default=default_language)
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("date joined"), default=timezone.now)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [models.UniqueConstraint(Lower("email"), name="users_user_email_unique_whatever_case")]

    def __str__(self) -> str:
        return self.display_name or self.email

    def get_full_name(self) -> str:
        """The name shown beside what the person writes."""
        return self.display_name

    def get_short_name(self) -> str:
        """The same as the full name: people choose how they are called."""
        return self.display_name
