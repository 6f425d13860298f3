"""Brings the source's authors in: an account for their acts in the history, a byline for readers; neither gives a right."""

from functools import cached_property

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from articles.models import Author as Byline
from users.models import User
from wordpress.ledger import Ledger
from wordpress.records import Author, digest
from wordpress.report import Report
from wordpress.survey import Survey
from wordpress.words import plain


def valid_email(text: str) -> str:
    """An address that mail can be sent to, or nothing."""
    address = text.strip()
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address if len(address) <= 254 else ""


class People:
    """The source's authors, brought in when something they wrote is."""

    def __init__(self, survey: Survey, ledger: Ledger, report: Report) -> None:
        self.survey, self.ledger, self.report = survey, ledger, report
        self.accounts: dict[str, User | None] = {}
        self.bylines: dict[str, Byline | None] = {}

    @cached_property
    def by_login(self) -> dict[str, Author]:
        """The authors by the name they sign in with."""
        return {author.login.lower(): author for author in self.survey.authors if author.login}

    @cached_property
    def by_number(self) -> dict[str, Author]:
        """The authors by their number."""
        return {author.author_id: author for author in self.survey.authors if author.author_id not in {"", "0"}}

    def account(self, login: str) -> User | None:
        """The account of someone who wrote a page; None where the source gives no usable address."""
        return self._account(self.by_login.get(login.lower()))

    def account_numbered(self, number: str) -> User | None:
        """The account of the author with that number."""
        return self._account(self.by_number.get(number))

    def byline(self, login: str) -> Byline | None:
        """The name that stands under what someone wrote."""
        if login.lower() not in self.bylines:
            self.bylines[login.lower()] = self._byline(login)
        return self.bylines[login.lower()]

    def _account(self, author: Author | None) -> User | None:
        if author is None:
            return None
        email = valid_email(author.email)
        if email.lower() not in self.accounts:
            self.report.count("accounts", "read")
            self.accounts[email.lower()] = self._find_or_make(author, email)
        return self.accounts[email.lower()]

    def _find_or_make(self, author: Author, email: str) -> User | None:
        if not email:
            self.report.skip("accounts", "the author has no e-mail address")
            self.report.warn("has no usable e-mail address, so no account", line=author.line, about=f"author {author.login}")
            return None
        if known := User.objects.filter(email__iexact=email).first():
            self.report.count("accounts", "unchanged")
            return known
        name = plain(author.name)[:50]
        made = User.objects.create_user(email, None, display_name=name or email.partition("@")[0][:50], is_active=False)
        self.report.count("accounts", "made")
        self.ledger.note("account", digest(email.lower()), made)
        return made

    def _byline(self, login: str) -> Byline | None:
        author = self.by_login.get(login.lower())
        name = plain(author.name if author else login)[:150]
        if not name:
            return None
        self.report.count("bylines", "read")
        key = digest(login.lower())
        row = self.ledger.row("byline", key)
        known = row.target if row else Byline.objects.filter(name__iexact=name).order_by("pk").first()
        if known or row:
            self.report.count("bylines", "unchanged")
            return known
        made = Byline.objects.create(name=name)
        self.report.count("bylines", "made")
        self.ledger.note("byline", key, made)
        return made
