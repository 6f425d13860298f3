"""Storing comments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from comments import audit, notifications, paths, permissions, spam
from comments.inserting import insert
from comments.models import Discussion, ThreadComment
from comments.models.identification import Act
from comments.origins import Origin
from comments.rows import Author, build, fingerprint
from comments.rules import findings
from comments.rules.findings import Finding
from comments.rules.verdicts import Verdict, verdict_on
from comments.services.identification import note_origin
from comments.services.locking import count, lock, save_counters
from comments.services.refusals import Refused
from comments.services.restraints import why_too_soon
from comments.services.sanctions import why_silenced
from comments.services.statuses import prove_email
from comments.services.turns import in_turn
from comments.signals import comment_changed
from comments.states import Moderation, Status
from networks.markup import clean_text, render
from networks.prepared import Parameter, PreparedQuery

DOUBLE_SUBMIT_WINDOW = timedelta(hours=24)
"""The same words of the same author under the same parent within this time are one comment sent twice."""


_KEY = Discussion._meta.pk
_OF_A_PARENT = (
    *("path", "depth", "status", "thread_id", "root_id", "parent_id"),
    *("user_id", "user_email", "followup", "language", "voice", "network_id"),
)
"""What a reply needs of the comment it answers: its place, and whom to tell."""
_PARENT = PreparedQuery(
    lambda: ThreadComment.objects.filter(pk=Parameter("pk", _KEY), discussion_id=Parameter("discussion", _KEY)).only(*_OF_A_PARENT)
)
_TWINS = PreparedQuery(
    lambda: (
        ThreadComment.objects.filter(discussion_id=Parameter("discussion", _KEY), fingerprint=Parameter("same"))
        .exclude(status=Status.REMOVED)
        .order_by()
        .values_list("sequence", "pk", "status")
    )
)
"""Not sorted: a database that sorts walks the whole discussion instead of the fingerprint's index."""


@dataclass(frozen=True)
class Posted:
    """The comment that was stored, and whether this call stored it (False: it was a double submit)."""

    comment: ThreadComment
    created: bool


def post(
    discussion: Discussion,
    *,
    author: Author,
    text: str,
    parent_id: int | None = None,
    notify: bool = True,
    origin: Origin | None = None,
) -> Posted:
    """Store a comment and return it; a guest's waits for the proof of the address, unless this browser has proven it.

    `text` is the Markdown subset of networks.markup; `origin` is where it comes from, for the rules and the identification log. Raises
    Refused when the rules (`comments.rules`) or the discussion take no such comment from this author, or when `parent_id` is no published
    comment of this discussion.
    """
    text = clean_text(text)
    html = render(text)
    role = _role(author, discussion)
    spam_score = spam.score_of(text, is_guest=author.is_guest)
    moderates = bool(role) and permissions.can_moderate(author.user, discussion)
    verdict = Verdict() if moderates else verdict_on(discussion, author, html, origin, spam_score=spam_score)
    if verdict.refusal:
        raise Refused(verdict.refusal)
    spam_score = spam.score_of(text, is_guest=author.is_guest)
    with in_turn(), transaction.atomic():
        locked = lock(discussion.pk)
        answered = _answered(locked, parent_id)
        parent = _above(answered)
        refusal = _why_refused(locked, author, answered, role)
        if twin := _submitted_before(locked, author, fingerprint(author, parent, text)):
            return Posted(_proven(twin) if author.proven and not refusal else twin, created=False)
        if refusal:
            raise Refused(refusal)
        status = _first_status(locked, author, published_at_once=moderates, held=bool(verdict.findings))
        comment = _insert(
            locked,
            author=author,
            text=text,
            html=html,
            parent=parent,
            status=status,
            role=role,
            found=verdict.findings,
            spam_score=spam_score,
            unseen=not role,
        )
        audit.record(comment, "comments.post", by=author.user, data={"from": None, "to": status})
        note_origin(comment, Act.POSTED, origin, by=author.user)
        if notify:
            notifications.comment_posted(comment, parent)
        return Posted(comment, created=True)


@transaction.atomic
def add_as_found(
    discussion: Discussion,
    *,
    author: Author,
    text: str,
    html: str | None = None,
    parent_id: int | None = None,
    status: Status,
    submitted_at: datetime,
) -> ThreadComment:
    """Store a comment that already has a history elsewhere (an import, the demo), with its status and date; no mail leaves.

    `html` replaces the rendering of `text` where the source had markup of its own; it is sanitised by the caller.
    Raises Refused when `parent_id` is no comment of this discussion; the parent may have any status.
    """
    locked = lock(discussion.pk)
    parent = _above(_answered(locked, parent_id))
    comment = _insert(
        locked,
        author=author,
        text=clean_text(text),
        html=html,
        parent=parent,
        status=status,
        submitted_at=submitted_at,
        role=_role(author, locked),
    )
    audit.record(comment, "comments.import", data={"from": None, "to": status})
    return comment


def _why_refused(discussion: Discussion, author: Author, answered: ThreadComment | None, role: str) -> str:
    """The sentence that says why nothing is added here now; empty when it may be."""
    if not discussion.is_open():
        return gettext("This discussion is closed: what was said stays, nothing can be added.")
    if (author.is_guest and discussion.posters != "everyone") or (
        not author.is_guest and not permissions.is_poster(author.user, discussion)
    ):
        return gettext("You cannot take part in this discussion.")
    if answered and answered.status != Status.PUBLISHED:
        return _no_longer_here()
    return why_silenced(author, discussion.network_id) or ("" if role else why_too_soon(author, discussion))


def _no_longer_here() -> str:
    return gettext("The comment you answer is no longer here. Your text is kept: you can post it as a new comment.")


def _answered(discussion: Discussion, parent_id: int | None) -> ThreadComment | None:
    """The comment of this discussion that is answered, whatever its status; raises Refused where there is none."""
    if parent_id is None:
        return None
    answered = _PARENT.first(pk=parent_id, discussion=discussion.pk)
    if answered is None:
        raise Refused(_no_longer_here())
    return answered


def _above(answered: ThreadComment | None) -> ThreadComment | None:
    """What a reply stands under: the comment it answers, or the one above that where it lies as deep as a comment may."""
    if answered is None or answered.depth < paths.MAX_DEPTH:
        return answered
    return ThreadComment.objects.get(pk=answered.parent_id)


def _submitted_before(discussion: Discussion, author: Author, same: str) -> ThreadComment | None:
    """The newest twin.

    Who has not proven an address learns nothing of what its owner wrote and confirmed: their words wait for a proof like any other.
    """
    twins = _TWINS.all(discussion=discussion.pk, same=same)
    if author.is_guest and not author.proven:
        twins = [twin for twin in twins if twin[2] == Status.AWAITING_EMAIL]
    if not twins:
        return None
    newest = ThreadComment.objects.select_related("discussion").get(pk=max(twins)[1])
    return newest if newest.submit_date >= timezone.now() - DOUBLE_SUBMIT_WINDOW else None


def _proven(twin: ThreadComment) -> ThreadComment:
    """The same text, sent again by a guest who has proven the address since: it waits for no link any more."""
    return prove_email(twin) if twin.status == Status.AWAITING_EMAIL else twin


def _role(author: Author, discussion: Discussion) -> str:
    """What the author is here beyond a reader; empty for most people, at the price of one query. A network is nothing else."""
    if author.is_guest or author.is_network or not permissions.has_duties(author.user):
        return ""
    return permissions.role_of(author.user, discussion) or ""


def _first_status(discussion: Discussion, author: Author, *, published_at_once: bool, held: bool) -> Status:
    if author.is_guest and not author.proven:
        return Status.AWAITING_EMAIL
    if published_at_once or (discussion.moderation == Moderation.AFTER and not held):
        return Status.PUBLISHED
    return Status.PENDING


def _insert(
    discussion: Discussion,
    *,
    author: Author,
    text: str,
    parent: ThreadComment | None,
    status: Status,
    html: str | None = None,
    submitted_at: datetime | None = None,
    role: str = "",
    unseen: bool = False,
    found: Sequence[Finding] = (),
    spam_score: int = ThreadComment.NOT_SCORED,
) -> ThreadComment:
    """Write one comment under the discussion's lock: O(depth) rows touched, whatever the discussion's size."""
    sequence = discussion.sequence + 1
    comment = build(
        discussion,
        author=author,
        text=text,
        html=html,
        parent=parent,
        sequence=sequence,
        status=status,
        submitted_at=submitted_at or timezone.now(),
        role=role,
    )
    comment.unseen = unseen and status == Status.PUBLISHED
    comment.findings = findings.stored(found)
    comment.spam_score = spam_score
    insert([comment])
    discussion.sequence = sequence
    discussion.unseen_count += comment.unseen
    count(discussion, comment, None, status)
    save_counters(discussion)
    comment_changed.send(sender=ThreadComment, comment=comment, previous=None)
    return comment
