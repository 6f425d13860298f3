"""A comment as a moderator needs to see it: what it answers, who wrote it, what was decided; at the same cost for any number."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Count, Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext
from wagtail.models import ModelLogEntry

from comments import audit, spam
from comments.addresses import same_address
from comments.admin_views.acts import Act, acts_on
from comments.models import Claim, ModeratorNote, Report, Sanction, Statement, ThreadComment
from comments.rules import findings
from comments.rules.marking import marked
from comments.states import Moderation, ReportKind, Status
from networks.models import Network

REFUSED = (Status.REJECTED, Status.SPAM, Status.HIDDEN)


@dataclass(frozen=True)
class Record:
    """What became of an author's comments, in the discussions the moderator decides in."""

    published: int = 0
    refused: int = 0

    @property
    def is_new(self) -> bool:
        """Whether nothing of theirs was decided yet."""
        return not self.published and not self.refused


@dataclass
class Card:
    """One comment of the queue, with what a decision needs."""

    comment: ThreadComment
    parent: ThreadComment | None = None
    record: Record = field(default_factory=Record)
    decision: ModelLogEntry | None = None
    reports: list[Report] = field(default_factory=list)
    """The reports that nobody has decided about, the most serious first."""
    claim: Claim | None = None
    """Who works on it, where somebody does."""
    is_mine: bool = False
    """Whether the moderator who looks works on it."""

    @property
    def pk(self) -> int:
        """The comment's key, which the admin's table and its checkboxes ask for."""
        return self.comment.pk

    @property
    def parent_excerpt(self) -> str:
        """The beginning of what it answers."""
        return excerpt(self.parent) if self.parent else ""

    @property
    def acts(self) -> list[Act]:
        """What a moderator may do to it as it stands."""
        return acts_on(self.comment)

    @property
    def waiting_since(self) -> datetime | None:
        """Since when somebody waits for a moderator: its author, or who reports it."""
        waits = self.comment.changed_at if self.comment.status == Status.PENDING else None
        return min(filter(None, [waits, self.comment.reported_at]), default=None)

    @property
    def why_it_waits(self) -> list[str]:
        """Why a moderator has to look at it, a sentence for each rule that fired; none when it doesn't wait."""
        if self.comment.status != Status.PENDING:
            return []
        fired = [findings.for_moderators(finding) for finding in findings.read(self.comment.findings)]
        if self.comment.discussion.moderation == Moderation.BEFORE:
            return [*fired, gettext("This discussion is read before publication.")]
        return fired or [gettext("It was posted when this discussion was read before publication.")]

    @property
    def html(self) -> SafeString:
        """What it says, with the words of the list marked that a rule found there."""
        return marked(self.comment.html, findings.read(self.comment.findings))

    @property
    def filter_says(self) -> spam.Judgement | None:
        """How likely the spam filter finds it spam, and by which words: while it waits, and where it was found to be spam."""
        return spam.judge(self.comment) if self.comment.status in {Status.PENDING, Status.SPAM} else None


def excerpt(comment: ThreadComment, length: int = 240) -> str:
    """The beginning of what the comment says, without its markup."""
    return Truncator(" ".join(unescape(strip_tags(comment.html)).split())).chars(length)


def with_relations(queryset: QuerySet[ThreadComment], user: Any) -> QuerySet[ThreadComment]:
    """The comments with all that a card shows of them and of their authors' standing, as far as the moderator's scope goes.

    The network that an author spoke for is another than the discussion's, perhaps, and secret by now: `is_network_known` says to whom.
    """
    notes = ModeratorNote.objects.filter(comment=OuterRef("pk")).order_by().values("comment").annotate(number=Count("pk")).values("number")
    of_account = Q(user=OuterRef("user"), user__isnull=False)
    of_guest = Q(same_address("email", OuterRef("user_email")), user=None) & ~Q(email="")
    sanctions = Sanction.objects.moderatable_by(user).filter(of_account | of_guest)
    related = ("user", "network", "discussion__network", "discussion__content_type", "claim__moderator")
    return queryset.select_related(*related).annotate(
        note_count=Coalesce(Subquery(notes), 0),
        is_network_known=Exists(Network.objects.visible_to(user).filter(pk=OuterRef("network"))),
        was_restricted=Exists(Statement.objects.filter(comment=OuterRef("pk"))),
        was_sanctioned=Exists(sanctions),
        is_silenced=Exists(sanctions.in_effect()),
    )


def moderated_or_404(user: Any, pk: int) -> ThreadComment:
    """The comment, when the person decides about it; raises Http404 for another network's as for one that never was."""
    if pk > BigIntegerField.MAX_BIGINT:
        raise Http404
    return get_object_or_404(with_relations(ThreadComment.objects.moderatable_by(user), user), pk=pk)


def cards_of(comments: Sequence[ThreadComment], user: Any) -> list[Card]:
    """The cards of some comments (of `with_relations`) that the person moderates: a fixed number of queries."""
    parents, records, decisions, reports = _parents(comments, user), _records(comments, user), _decisions(comments), _reports(comments)
    return [
        Card(
            comment,
            parents.get(comment.pk),
            records.get(comment.author_key, Record()),
            decisions.get(str(comment.pk)),
            reports[comment.pk],
            _claim(comment),
            is_mine=_claim(comment) is not None and comment.claim.moderator_id == user.pk,
        )
        for comment in comments
    ]


def _claim(comment: ThreadComment) -> Claim | None:
    claim = getattr(comment, "claim", None)
    return claim if claim is not None and claim.holds else None


def _reports(comments: Iterable[ThreadComment]) -> dict[int, list[Report]]:
    found: dict[int, list[Report]] = defaultdict(list)
    reported = [comment.pk for comment in comments if comment.open_reports]
    for report in Report.objects.open().filter(comment__in=reported).order_by("pk") if reported else []:
        found[report.comment_id].append(report)
    for reports in found.values():
        reports.sort(key=lambda report: report.kind != ReportKind.ILLEGAL)
    return found


def record_of(comment: ThreadComment, user: Any) -> Record:
    """What became of the comments of a comment's author, where the moderator decides."""
    return _records([comment], user).get(comment.author_key, Record())


def _parents(comments: Iterable[ThreadComment], user: Any) -> dict[int, ThreadComment]:
    replies = {comment.pk: comment.parent_id for comment in comments if comment.depth}
    parents = ThreadComment.objects.moderatable_by(user).select_related("user", "network").in_bulk(set(replies.values()))
    return {pk: parents[parent_id] for pk, parent_id in replies.items() if parent_id in parents}


def _records(comments: Iterable[ThreadComment], user: Any) -> dict[str, Record]:
    """What became of each author's comments, by the author's key."""
    authors = {comment.author_key for comment in comments if comment.author_key}
    decided = ThreadComment.objects.moderatable_by(user).filter(author_key__in=authors, status__in=[Status.PUBLISHED, *REFUSED])
    counts: dict[str, Counter] = defaultdict(Counter)
    for key, status, number in decided.order_by().values_list("author_key", "status").annotate(number=Count("pk")):
        counts[key][status] += number
    return {key: _record(count) for key, count in counts.items()}


def _record(count: Counter) -> Record:
    return Record(published=count[Status.PUBLISHED], refused=sum(count[status] for status in REFUSED))


def _decisions(comments: Iterable[ThreadComment]) -> dict[str, ModelLogEntry]:
    decided = [comment for comment in comments if comment.status != Status.PENDING or comment.was_restricted]
    history = history_of(decided) if decided else []
    return {entry.object_id: entry for entry in reversed(history) if entry.action in audit.DECISIONS}


def history_of(objects: Iterable[Model]) -> list[ModelLogEntry]:
    """The audit rows of some comments, or of some discussions, the newest first.

    The database is asked by the object's key alone: given the model too, SQLite reads every row of the model.
    """
    wanted = {(ContentType.objects.get_for_model(each).pk, str(each.pk)) for each in objects}
    entries = ModelLogEntry.objects.filter(object_id__in={key for _kind, key in wanted}).select_related("user", "content_type")
    return [entry for entry in entries.order_by("-timestamp", "-pk") if (entry.content_type_id, entry.object_id) in wanted]
