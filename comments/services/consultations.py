"""Planning consultations: what opens and closes chapters, and calls who has not spoken."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext

from comments import audit, notifications, permissions
from comments.models import Consultation, Discussion
from comments.models.consultations import LONGEST_NOTICE
from comments.services.discussions import discussion_of
from comments.services.locking import lock
from comments.services.refusals import Refused
from comments.signals import discussion_changed
from networks.markup import clean_text

LONGEST = timedelta(days=5 * 366)
"""How long a consultation lasts at most: longer is a mistake in the year, and more than a chart draws."""
YEARS = range(2000, 9000)
"""Within which a consultation lies: what is beyond is a slip, and cannot be told in every time zone."""


@dataclass(frozen=True)
class Plan:
    """What an editor decides of a consultation; the chapters are pages that carry discussions."""

    title: str
    opens_at: datetime
    closes_at: datetime
    chapters: tuple[Any, ...]
    words: str = ""
    only_between: bool = True
    remind_days: int | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """The columns it fills."""
        names = ("opens_at", "closes_at", "only_between", "remind_days")
        return {"title": " ".join(self.title.split()), "words": clean_text(self.words), **{name: getattr(self, name) for name in names}}

    @property
    def flaws(self) -> dict[str, str]:
        """What cannot be, in a sentence for each column it is about; empty for a plan that can."""
        flaws = self._out_of_range or self._in_disorder
        if not self.title.strip():
            flaws["title"] = gettext("Give it a title.")
        if not self.chapters:
            flaws["chapters"] = gettext("Choose at least one chapter.")
        return flaws

    @property
    def _out_of_range(self) -> dict[str, str]:
        years = {"first": YEARS.start, "last": YEARS.stop - 1}
        dates = {"opens_at": self.opens_at, "closes_at": self.closes_at}
        wrong = [name for name, moment in dates.items() if moment.year not in YEARS]
        flaws = {name: gettext("Choose a year between %(first)s and %(last)s.") % years for name in wrong}
        if self.remind_days and self.remind_days > LONGEST_NOTICE:
            flaws["remind_days"] = gettext("At most %(days)s days before the end.") % {"days": LONGEST_NOTICE}
        return flaws

    @property
    def _in_disorder(self) -> dict[str, str]:
        if self.closes_at <= self.opens_at:
            return {"closes_at": gettext("It would close before it opens.")}
        if self.closes_at - self.opens_at > LONGEST:
            return {"closes_at": gettext("It would last more than five years: check the year.")}
        if self.remind_days and self.closes_at - timedelta(days=self.remind_days) <= self.opens_at:
            return {"remind_days": gettext("The reminder would leave before it opens: fewer days, or none.")}
        return {}


@transaction.atomic
def plan(told: Plan, *, by: Any) -> Consultation:
    """Plan a consultation and return it. Raises Refused as `replan` does."""
    _refuse_flawed(told)
    if told.closes_at <= timezone.now():
        raise Refused(gettext("It would be over already: choose a later end."))
    consultation = Consultation.objects.create(planned_by=by, **told.columns)
    _take_chapters(consultation, told.chapters, by)
    _announce(consultation, "plan", by)
    return consultation


@transaction.atomic
def replan(consultation: Consultation, told: Plan, *, by: Any) -> Consultation:
    """Change a consultation and return it; chapters that are taken out stand as their pages say.

    Raises Refused where the dates cannot be, where it asks about nothing, for chapters that the person may not publish, or that
    another consultation asks about which is not over.
    """
    _refuse_flawed(told)
    current = _as_it_stands(consultation)
    for name, value in told.columns.items():
        setattr(current, name, value)
    current.save()
    _take_chapters(current, told.chapters, by)
    _announce(current, "replan", by)
    return current


@transaction.atomic
def call_off(consultation: Consultation, *, by: Any) -> None:
    """Delete a consultation: its chapters stand as their pages say, and nobody is called any more. Raises Refused as `replan` does."""
    current = _as_it_stands(consultation)
    asked = _locked(current.discussions.values_list("pk", flat=True))
    _refuse_unpublishable((discussion.target for discussion in asked), by)
    for discussion in asked:
        _let_go(discussion, current)
    audit.record(current, "comments.consultation_call_off", by=by)
    current.delete()


def _as_it_stands(consultation: Consultation) -> Consultation:
    current = Consultation.objects.select_for_update().filter(pk=consultation.pk).first()
    if current is None:
        raise Refused(gettext("This consultation was called off meanwhile."))
    return current


def _refuse_flawed(told: Plan) -> None:
    for sentence in told.flaws.values():
        raise Refused(sentence)


def _take_chapters(consultation: Consultation, chapters: Iterable[Any], by: Any) -> None:
    """Let these chapters, and no others, open and close with the consultation."""
    wanted = {discussion_of(chapter).pk for chapter in chapters}
    before = set(consultation.discussions.values_list("pk", flat=True))
    concerned = _locked(wanted | before)
    _refuse_unpublishable((discussion.target for discussion in concerned), by)
    for discussion in concerned:
        if discussion.pk in wanted:
            _refuse_taken(discussion, consultation)
            _take(discussion, consultation)
        else:
            _let_go(discussion, consultation)
    consultation.discussions.set(wanted)


def _locked(keys: Iterable[int]) -> list[Discussion]:
    """Discussions, each locked, always in the same order: nobody waits for somebody who waits for them."""
    return [lock(key) for key in sorted(keys)]


def _refuse_unpublishable(chapters: Iterable[Model | None], by: Any) -> None:
    for chapter in chapters:
        if chapter is not None and not permissions.may_consult_on(chapter, by):
            raise Refused(gettext("“%(chapter)s” is not yours to open and close.") % {"chapter": chapter})


def _refuse_taken(discussion: Discussion, consultation: Consultation) -> None:
    others = discussion.consultations.not_over().exclude(pk=consultation.pk)
    if other := others.first():
        told = {"chapter": discussion.title, "other": other.title}
        raise Refused(gettext("“%(chapter)s” is part of “%(other)s”, which is not over.") % told)


def _take(discussion: Discussion, consultation: Consultation) -> None:
    """Let a locked discussion open and close with a consultation; one that is over takes nothing from another."""
    if not consultation.is_over or discussion.consultation_id in {None, consultation.pk}:
        _follow(discussion, consultation)


def _let_go(discussion: Discussion, consultation: Consultation) -> None:
    """Let a locked discussion open and close as its page says, unless another consultation has taken it since."""
    if discussion.consultation_id == consultation.pk:
        _follow(discussion, None)


def _follow(discussion: Discussion, consultation: Consultation | None) -> None:
    bounds = consultation if consultation and consultation.only_between else None
    discussion.consultation = consultation
    discussion.consulted_from = bounds.opens_at if bounds else None
    discussion.consulted_until = bounds.closes_at if bounds else None
    discussion.version += 1
    discussion.save(update_fields=["consultation", "consulted_from", "consulted_until", "version"])
    discussion_changed.send(sender=Discussion, discussion=discussion)


def _announce(consultation: Consultation, act: str, by: Any) -> None:
    told = {"opens_at": consultation.opens_at.isoformat(), "closes_at": consultation.closes_at.isoformat()}
    audit.record(consultation, f"comments.consultation_{act}", by=by, data=told)
    notifications.consultation_planned(consultation)
