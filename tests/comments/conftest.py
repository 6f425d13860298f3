"""A discussion to talk in, and comments in it as each state leaves them."""

import re

import pytest
from django.http import HttpResponse

from comments import guests, services
from comments.services import Author
from comments.states import Action, Status
from tests.factories import UserFactory, published_article


@pytest.fixture
def discussion(db):
    """The open discussion of a published article."""
    return services.discussion_of(published_article())


@pytest.fixture
def say(discussion):
    """`say("text", parent=…, by=…, to=Status.HIDDEN)`: a comment, published unless told otherwise."""

    def say(text="Un avis", *, parent=None, by=None, to=Status.PUBLISHED, on=discussion, network=None):
        by = by or UserFactory()
        author = Author(user=by, network_id=network and network.pk)
        comment = services.post(on, author=author, text=text, parent_id=parent and parent.pk, notify=False).comment
        judge = UserFactory(is_superuser=True)
        for action in WAYS[to]:
            comment = services.remove(comment, by=by) if action == Action.REMOVE else _decide(comment, action, judge)
        return comment

    return say


@pytest.fixture
def page_of(client, discussion):
    """The article's page, as one person sees it."""

    def get(user=None, **parameters):
        if user:
            client.force_login(user)
        else:
            client.logout()
        return client.get(discussion.target.get_url(), parameters)

    return get


@pytest.fixture
def crowd(discussion, say):
    """More comments than a page holds, the last thread deep."""

    def crowd(count, depth=0):
        comments = [say(f"Avis {number}") for number in range(count)]
        for number in range(depth):
            comments.append(say(f"Réponse {number}", parent=comments[-1]))
        return comments

    return crowd


def shown_ids(response):
    """The keys of the comments on a page, in their order."""
    return [int(pk) for pk in re.findall(r'<article class="comment[^>]* id="c(\d+)"', response.text)]


WAYS = {
    Status.PENDING: [],
    Status.PUBLISHED: [Action.APPROVE],
    Status.HIDDEN: [Action.APPROVE, Action.HIDE],
    Status.REPHRASING: [Action.REPHRASE],
    Status.REJECTED: [Action.REJECT],
    Status.SPAM: [Action.SPAM],
    Status.REMOVED: [Action.APPROVE, Action.REMOVE],
}


def _decide(comment, action, judge):
    return services.moderate(comment, action, by=judge, reason="off_topic")


@pytest.fixture
def guest_comment(discussion):
    """A guest's comment whose address is not proven yet."""
    return services.post(discussion, author=Author(name="Ève", email="eve@example.org", language="fr"), text="D’une invitée").comment


@pytest.fixture
def remembering(client, rf):
    """`remembering(guest_pass)`: the client's browser keeps a guest's pass from now on."""

    def remembering(guest_pass):
        response = HttpResponse()
        guests.remember(rf.get("/"), response, guest_pass)
        client.cookies.update(response.cookies)

    return remembering
