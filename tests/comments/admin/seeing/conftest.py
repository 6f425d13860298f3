"""A small world of decisions: one in each network and one under an article, with a report and an appeal."""

import pytest

from comments import services
from comments.models import Statement
from comments.states import Action, ReportKind, Status


@pytest.fixture
def hidden(say, admin):
    """`hidden(target, words)`: a comment that an illegal-content report got hidden, and its statement of reasons."""

    def _hidden(target, words, author=None):
        comment = say(target, f"Dit : {words}", Status.PUBLISHED, author=author)
        services.report(
            comment, by=services.Reporter(key=f"x{comment.pk}", email="temoin@example.org", name="Témoin"), kind=ReportKind.ILLEGAL
        )
        services.moderate(comment, Action.HIDE, by=admin, reason="abuse", words=words)
        return Statement.objects.get(comment=comment)

    return _hidden


@pytest.fixture
def statements(hidden, topic, other_topic, article):
    """A statement in the first network, one in the other, one under an article."""
    return {
        "here": hidden(topic, "Pas de raillerie"),
        "elsewhere": hidden(other_topic, "Pas de menace"),
        "public": hidden(article, "Pas de réclame"),
    }
