"""Things to be found."""

import pytest

from comments import services
from comments.services import Author
from comments.states import Status
from search.models import Kind
from search.queries import parse
from search.results import find


@pytest.fixture
def search(db):
    """Ask the index as a person would; the answer is the texts of all entries found, in their order."""

    def ask(text, user, kind=None):
        return [hit.entry.title or hit.entry.text for hit in find(parse(text), user=user, kind=kind and Kind(kind)).hits]

    return ask


@pytest.fixture
def say(reader):
    """Publish a comment about something."""

    def post(thing, text, *, status=Status.PUBLISHED, author=None):
        from django.utils import timezone

        discussion = services.discussion_of(thing)
        return services.add_as_found(
            discussion, author=author or Author(user=reader), text=text, status=status, submitted_at=timezone.now()
        )

    return post
