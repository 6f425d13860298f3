"""A network with a member who writes and facilitators who validate, an article, and a topic in the space."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comments import services
from comments.models import Discussion
from comments.services import Author, Told
from comments.states import Moderation
from comments.voices import ContributionKind
from networks.models import Role
from tests.factories import MembershipFactory, TopicFactory, published_article


@pytest.fixture
def article(db):
    """The open discussion of an article whose comments are read afterwards."""
    found = services.discussion_of(published_article("Associations et pouvoirs publics"))
    Discussion.objects.filter(pk=found.pk).update(moderation=Moderation.AFTER)
    found.refresh_from_db()
    return found


@pytest.fixture
def colleague(network):
    """A second facilitator."""
    return MembershipFactory(network=network, role=Role.FACILITATOR, user__display_name="Collègue").user


@pytest.fixture
def told(article):
    """`told("text", …)`: what a member writes; a position unless told otherwise."""

    def told(text="Nous demandons un financement **pluriannuel**.", **facts):
        return Told(**{"kind": ContributionKind.POSITION, "discussion": article, "text": text, **facts})

    return told


@pytest.fixture
def workshop(told):
    """What came out of a workshop, with its file."""
    return told(
        "Vingt-trois personnes ont débattu.",
        kind=ContributionKind.WORKSHOP,
        held_on=date(2026, 3, 12),
        people=23,
        place="Rennes",
        upload=SimpleUploadedFile("Compte rendu.pdf", b"%PDF-1.7 les notes"),
    )


@pytest.fixture
def submitted(network, member, told):
    """`submitted(by=…, what=…)`: a contribution that waits for validation."""

    def submitted(by=member, what=None):
        contribution = services.draft(network, by=by, told=what or told())
        return services.submit(contribution, by=by, seen=contribution.version)

    return submitted


@pytest.fixture
def published(submitted, facilitator):
    """`published(what=…)`: a contribution that stands under the article."""

    def published(what=None):
        waiting = submitted(what=what)
        return services.validate(waiting, by=facilitator, seen=waiting.version)

    return published


@pytest.fixture
def topic(network, member):
    """The discussion of a topic in the space."""
    return services.discussion_of(TopicFactory(network=network, author=member, title="Nos constats"))


@pytest.fixture
def said(topic, member):
    """What a member wrote in the space."""
    return services.post(topic, author=Author(user=member), text="Une *idée* forte.", notify=False).comment
