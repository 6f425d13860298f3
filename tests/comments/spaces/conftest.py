"""A chapter whose comments are read afterwards."""

import pytest

from comments.services import discussion_of
from tests.factories import published_article


@pytest.fixture
def chapter(db):
    page = published_article("Qui influence ?")
    discussion = discussion_of(page)
    discussion.moderation = "after"
    discussion.save()
    return page
