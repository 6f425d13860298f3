"""Planning consultations: what opens and closes with them, and what is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from comments import services
from comments.models import Consultation, Discussion, OutgoingMail, Stage
from comments.services import Author, Refused
from tests.comments.consultations.conftest import DAY


def test_a_consultation_stands_with_its_chapters_and_in_the_history(planned, chapter, admin, discussion_of):
    consultation = planned(remind_days=5)

    assert consultation.stage == Stage.RUNNING
    assert list(consultation.discussions.all()) == [discussion_of(chapter)]
    assert consultation.planned_by == admin
    assert consultation.reminds_at == consultation.closes_at - 5 * DAY
    assert ModelLogEntry.objects.get(action="comments.consultation_plan").user == admin


@pytest.mark.parametrize(
    ("opens", "closes", "is_open", "stage"),
    [(-1, 1, True, Stage.RUNNING), (1, 2, False, Stage.PLANNED)],
)
def test_its_chapters_take_comments_between_its_dates_alone(planned, chapter, discussion_of, opens, closes, is_open, stage):
    consultation = planned(opens=opens, closes=closes)
    discussion = discussion_of(chapter)

    assert (discussion.is_open(), consultation.stage) == (is_open, stage)
    assert discussion.is_open(now=consultation.opens_at)
    assert discussion.is_open(now=consultation.closes_at - timedelta(seconds=1))
    assert not discussion.is_open(now=consultation.opens_at - timedelta(seconds=1))
    assert not discussion.is_open(now=consultation.closes_at)


def test_nothing_is_posted_before_it_opens_nor_once_it_is_over(planned, chapter, reader, discussion_of):
    consultation = planned(opens=1, closes=2)
    with pytest.raises(Refused):
        services.post(discussion_of(chapter), author=Author(user=reader), text="Trop tôt")

    Consultation.objects.update(opens_at=timezone.now() - 2 * DAY)
    Discussion.objects.update(consulted_from=timezone.now() - 2 * DAY, consulted_until=timezone.now())
    with pytest.raises(Refused):
        services.post(discussion_of(chapter), author=Author(user=reader), text="Trop tard")
    assert consultation.discussions.get().sequence == 0


def test_one_that_only_invites_leaves_its_chapters_as_their_pages_say(planned, chapter, discussion_of):
    planned(opens=1, closes=2, only_between=False)

    assert discussion_of(chapter).is_open()
    assert discussion_of(chapter).consultation is not None


def test_the_page_s_own_closing_date_holds_where_it_comes_first(planned, chapter, discussion_of):
    consultation = planned()
    sooner = consultation.closes_at - DAY
    Discussion.objects.update(closes_at=sooner)

    assert discussion_of(chapter).ends_at == sooner
    assert not discussion_of(chapter).is_open(now=sooner)


def test_what_editors_decide_of_the_page_leaves_the_consultation_alone(planned, chapter, discussion_of):
    planned()
    chapter.save_revision().publish()

    assert discussion_of(chapter).consulted_until is not None


def test_new_dates_and_other_chapters_take_effect_at_once(planned, told, admin, chapter, other_chapter, discussion_of):
    consultation = planned()
    before = discussion_of(chapter).version

    services.replan(consultation, told(opens=3, closes=9, chapters=(other_chapter,)), by=admin)

    assert discussion_of(chapter).is_open()
    assert discussion_of(chapter).consultation is None
    assert discussion_of(chapter).version > before
    assert not discussion_of(other_chapter).is_open()
    assert ModelLogEntry.objects.filter(action="comments.consultation_replan").count() == 1


def test_other_words_show_on_the_kept_pages_of_its_chapters(planned, told, admin, chapter, discussion_of):
    consultation = planned()
    before = discussion_of(chapter).version

    services.replan(consultation, replace(told(), title="Autre titre"), by=admin)

    assert discussion_of(chapter).version > before


def test_one_that_is_called_off_lets_go_of_its_chapters(planned, chapter, admin, discussion_of):
    services.call_off(planned(opens=1, closes=2), by=admin)

    assert not Consultation.objects.exists()
    assert discussion_of(chapter).is_open()
    assert discussion_of(chapter).consultation is None
    assert ModelLogEntry.objects.filter(action="comments.consultation_call_off").exists()


@pytest.mark.parametrize(
    "impossible",
    [
        {"opens": 3, "closes": 2},
        {"opens": -3, "closes": -1},
        {"opens": -1, "closes": 5, "remind_days": 7},
        {"title": "  "},
        {"chapters": ()},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(planned, chapter, discussion_of, impossible):
    with pytest.raises(Refused):
        planned(**impossible)

    assert not Consultation.objects.exists()
    assert not OutgoingMail.objects.exists()
    assert discussion_of(chapter).is_open()


def test_a_chapter_is_part_of_one_consultation_at_a_time(planned, chapter, admin):
    first = planned()
    with pytest.raises(Refused, match="Vos priorités"):
        planned(title="Une autre")

    services.replan(first, services.Plan(first.title, first.opens_at, timezone.now() - timedelta(hours=1), (chapter,)), by=admin)
    assert planned(title="Une autre").discussions.count() == 1


def test_who_may_not_publish_a_chapter_opens_and_closes_nothing(planned, told, writer, reader, facilitator, chapter, discussion_of):
    consultation = planned()
    for person in (writer, reader, facilitator):
        with pytest.raises(Refused):
            services.plan(told(title="À moi"), by=person)
        with pytest.raises(Refused):
            services.replan(consultation, told(opens=5), by=person)
        with pytest.raises(Refused):
            services.call_off(consultation, by=person)

    assert Consultation.objects.get().title == "Vos priorités"
    assert discussion_of(chapter).is_open()


def test_editors_who_publish_the_chapter_plan(told, editor):
    assert services.plan(told(), by=editor).planned_by == editor


def test_a_chapter_whose_page_is_gone_holds_nobody_up(planned, told, admin, chapter, other_chapter):
    consultation = planned(chapters=(chapter, other_chapter))
    chapter.delete()

    services.replan(consultation, told(chapters=(other_chapter,)), by=admin)
    services.call_off(consultation, by=admin)

    assert not Consultation.objects.exists()


def test_what_happens_to_one_that_is_over_leaves_the_next_one_s_chapters_alone(planned, told, admin, chapter, other_chapter, discussion_of):
    first = planned(title="La première", chapters=(chapter, other_chapter))
    Consultation.objects.filter(pk=first.pk).update(opens_at=timezone.now() - 9 * DAY, closes_at=timezone.now() - DAY)
    first.refresh_from_db()
    second = planned(title="La seconde")

    services.replan(first, _as(first, title="Renommée", chapters=(other_chapter,)), by=admin)
    assert discussion_of(chapter).consultation == second
    assert discussion_of(chapter).is_open()
    services.replan(second, told(title="La seconde", opens=-8, closes=-2), by=admin)
    services.replan(first, _as(first, title="Encore", chapters=(chapter, other_chapter)), by=admin)
    assert discussion_of(chapter).consultation == second
    services.call_off(first, by=admin)

    assert discussion_of(chapter).consultation == second
    assert discussion_of(other_chapter).consultation is None


def _as(consultation, **facts):
    dates = {"opens_at": consultation.opens_at, "closes_at": consultation.closes_at}
    return services.Plan(**{"title": consultation.title, "chapters": (), **dates, **facts})
