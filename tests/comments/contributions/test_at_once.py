"""People of a network who act at the same moment: one contribution makes one comment, and consent counts for what still stands."""

import pytest

from comments import services
from comments.models import Contribution, PublicProposal, ThreadComment
from comments.services import Refused, StaleContribution
from comments.states import Action, Status
from comments.voices import ContributionState, ProposalState
from tests.comments.races import assert_sound, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def refusals(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, Refused)]


def test_two_who_validate_at_once_make_one_comment(submitted, facilitator, colleague):
    waiting = submitted()

    outcomes = at_once(*(lambda by=by: services.validate(waiting, by=by, seen=waiting.version) for by in (facilitator, colleague)))

    assert [type(refusal) for refusal in refusals(outcomes)] == [StaleContribution]
    assert ThreadComment.objects.count() == 1
    assert_sound()


def test_of_validating_and_withdrawing_at_once_both_leave_it_sound(submitted, facilitator, colleague):
    waiting = submitted()

    at_once(
        lambda: services.validate(waiting, by=facilitator, seen=waiting.version),
        lambda: services.withdraw(waiting, by=colleague, seen=waiting.version),
    )

    contribution = Contribution.objects.select_related("comment").get()
    assert contribution.state == ContributionState.WITHDRAWN
    assert contribution.comment is None or contribution.comment.status == Status.REMOVED
    assert_sound()


def test_what_is_rewritten_at_once_is_not_what_appears(submitted, facilitator, member, told):
    waiting = submitted()

    at_once(
        lambda: services.validate(waiting, by=facilitator, seen=waiting.version),
        lambda: services.rewrite(waiting, by=member, told=told("Autre chose"), seen=waiting.version),
    )

    contribution = Contribution.objects.get()
    if contribution.state == ContributionState.PUBLISHED:
        assert ThreadComment.objects.get().comment == waiting.text
    else:
        assert contribution.text == "Autre chose"
        assert not ThreadComment.objects.exists()


def test_consent_while_the_comment_is_hidden_posts_all_or_nothing(said, article, facilitator, member, admin):
    asked = services.propose(said, to=article, by=facilitator)

    outcomes = at_once(
        lambda: services.accept(asked, by=member, seen=said.standing),
        lambda: services.moderate(said, Action.HIDE, by=admin, reason="off_topic"),
    )

    accepted = not refusals(outcomes)
    assert ThreadComment.objects.get(pk=said.pk).status == Status.HIDDEN
    assert ThreadComment.objects.filter(discussion=article).exists() == accepted
    assert (PublicProposal.objects.get().state == ProposalState.ACCEPTED) == accepted
    assert_sound()


def test_two_yes_at_once_post_once(said, article, facilitator, member):
    asked = services.propose(said, to=article, by=facilitator)

    outcomes = at_once(*[lambda: services.accept(asked, by=member, seen=said.standing)] * 2)

    assert len(refusals(outcomes)) == 1
    assert ThreadComment.objects.filter(discussion=article).count() == 1


def test_two_wishes_at_once_are_one(said, article, facilitator, colleague):
    at_once(*(lambda by=by: services.propose(said, to=article, by=by) for by in (facilitator, colleague)))

    assert PublicProposal.objects.count() == 1
