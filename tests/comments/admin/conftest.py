"""Two networks, each with a topic and a comment that waits; an article with one too."""

import pytest

from comments import services
from comments.models import ThreadComment
from comments.services import Author
from comments.states import Action, Status
from tests.factories import TopicFactory, published_article

REASON = {Action.REJECT: "off_topic", Action.HIDE: "abuse", Action.REPHRASE: "abuse"}
STATUSES = [status for status in Status if status != Status.AWAITING_EMAIL]
"""Where a moderator may see a comment stand."""
WAY_TO = {
    Status.PUBLISHED: [Action.APPROVE],
    Status.REJECTED: [Action.REJECT],
    Status.SPAM: [Action.SPAM],
    Status.HIDDEN: [Action.APPROVE, Action.HIDE],
    Status.REPHRASING: [Action.REPHRASE],
}


@pytest.fixture
def say(reader, admin):
    """Post a comment as a reader and bring it to a status."""

    def _say(target, text="Bonjour", status=Status.PENDING, parent=None, author=None):
        discussion = services.discussion_of(target)
        discussion.moderation, discussion.posters = "before", "everyone"
        discussion.save()
        posted = services.post(discussion, author=author or Author(user=reader), text=text, parent_id=parent and parent.pk)
        comment = posted.comment
        if comment.status == Status.AWAITING_EMAIL and status != Status.AWAITING_EMAIL:
            comment = services.prove_email(comment)
        for action in WAY_TO.get(status, []):
            comment = services.moderate(comment, action, by=admin, reason=REASON.get(action, ""))
        if status == Status.REMOVED:
            comment = services.remove(comment, by=comment.user)
        return ThreadComment.objects.get(pk=comment.pk)

    return _say


@pytest.fixture
def article(db):
    return published_article()


@pytest.fixture
def topic(network):
    return TopicFactory(network=network, title="Les prêts de jeux")


@pytest.fixture
def other_topic(other_network):
    return TopicFactory(network=other_network, title="Semences secrètes")


@pytest.fixture
def here(say, topic):
    """A comment that waits in the first network."""
    return say(topic, "Des jeux pour toutes et tous")


@pytest.fixture
def elsewhere(say, other_topic):
    """A comment that waits in the other network."""
    return say(other_topic, "Confidence du potager")


@pytest.fixture
def public(say, article):
    """A comment that waits under an article, which belongs to no network."""
    return say(article, "Merci pour ce chapitre")
