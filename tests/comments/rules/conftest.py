"""Rules as moderators set them, and a discussion that publishes first."""

import pytest

from comments import services
from comments.models import BlockedSender, Discussion, ListedWord, ModerationSettings
from comments.services import Author


@pytest.fixture
def afterwards(discussion):
    """A discussion whose comments are published first and read by moderators afterwards."""
    Discussion.objects.filter(pk=discussion.pk).update(moderation="after")
    discussion.refresh_from_db()
    return discussion


@pytest.fixture
def listed(admin):
    """`listed("casino", effect="refuse")`: a word on the list."""

    def listed(text, effect="hold", kind="word", **fields):
        return services.save_rule(ListedWord(text=text, effect=effect, kind=kind, **fields), by=admin)

    return listed


@pytest.fixture
def blocked(admin):
    """`blocked("spam.example", kind="domain")`: a sender on the list."""

    def blocked(value, kind="address", effect="refuse", **fields):
        return services.save_rule(BlockedSender(value=value, kind=kind, effect=effect, **fields), by=admin)

    return blocked


@pytest.fixture
def numbers(admin):
    """`numbers(newcomer_until=2)`: the numbers of the rules, changed."""

    def numbers(**changed):
        row = ModerationSettings.objects.get()
        for name, value in changed.items():
            setattr(row, name, value)
        return services.change_numbers(row, by=admin)

    return numbers


@pytest.fixture
def write(afterwards, reader):
    """`write("text", by=…)`: what somebody writes in the discussion, as it was stored."""

    def write(text="Un avis", *, by=None, on=None, **more):
        author = by if isinstance(by, Author) else Author(user=by or reader)
        return services.post(on or afterwards, author=author, text=text, **more).comment

    return write


GUEST = Author(name="Ève", email="eve@example.org", language="fr", proven=True)
UNPROVEN = Author(name="Ève", email="eve@example.org", language="fr")


def fired(comment):
    """The names of the rules that a comment's findings name."""
    return [finding["rule"] for finding in comment.findings]
