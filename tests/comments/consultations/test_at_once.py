"""Editors who plan at the same moment, and readers who write while a consultation opens or closes."""

import pytest

from comments import outbox, services
from comments.models import Consultation, Discussion, OutgoingMail, ThreadComment
from comments.services import Author, Refused
from tests.comments.races import assert_sound, at_once
from tests.factories import UserFactory, published_article

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_consultations_planned_at_once_about_one_chapter_there_is_one(told, admin, editor, chapter, other_chapter):
    outcomes = at_once(
        lambda: services.plan(told(title="Une", chapters=(chapter, other_chapter)), by=admin),
        lambda: services.plan(told(title="Deux", chapters=(other_chapter, chapter)), by=editor),
    )

    assert [type(outcome) for outcome in outcomes].count(Refused) == 1
    kept = Consultation.objects.get()
    assert {discussion.consultation_id for discussion in Discussion.objects.filter(consulted_until__isnull=False)} == {kept.pk}
    assert OutgoingMail.objects.exclude(data__consultation=kept.pk).count() == 0


def test_two_who_change_it_at_once_leave_chapters_and_dates_of_one_of_them(planned, told, admin, editor, chapter, other_chapter):
    consultation = planned()
    first, second = told(closes=11, chapters=(chapter,)), told(closes=15, chapters=(other_chapter,))

    at_once(lambda: services.replan(consultation, first, by=admin), lambda: services.replan(consultation, second, by=editor))

    kept = Consultation.objects.get()
    asked = kept.discussions.get()
    assert (kept.closes_at, asked.target) in [(first.closes_at, chapter), (second.closes_at, other_chapter)]
    assert asked.consulted_until == kept.closes_at
    assert Discussion.objects.filter(consulted_until__isnull=False).count() == 1


def test_changed_and_called_off_at_once_it_leaves_nothing_behind(planned, told, admin, editor, chapter):
    consultation = planned()

    outcomes = at_once(lambda: services.replan(consultation, told(closes=9), by=admin), lambda: services.call_off(consultation, by=editor))

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception) and not isinstance(outcome, Refused)]
    assert not Consultation.objects.exists()
    assert not Discussion.objects.exclude(consultation=None, consulted_until=None).exists()


def test_what_is_posted_while_dates_move_is_posted_or_refused_whole(planned, told, admin, chapter):
    consultation = planned()
    Discussion.objects.update(moderation="after")
    discussion = Discussion.objects.for_target(chapter).get()
    writers = [UserFactory() for _each in range(4)]

    outcomes = at_once(
        lambda: services.replan(consultation, told(opens=3, closes=20), by=admin),
        *(lambda user=user: services.post(discussion, author=Author(user=user), text="Un avis") for user in writers),
    )

    refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert ThreadComment.objects.count() + len(refused) == len(writers)
    assert_sound()
    with pytest.raises(Refused):
        services.post(discussion, author=Author(user=writers[0]), text="Trop tôt, maintenant")


def test_two_who_deliver_at_once_write_one_mail_for_each(planned, facilitator):
    planned(chapters=(published_article("Un autre chapitre"),))

    at_once(outbox.deliver_due, outbox.deliver_due)

    assert OutgoingMail.objects.filter(kind="consultation_opens", user=facilitator).count() == 1
