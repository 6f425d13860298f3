"""The only writers of discussions and comments.

Every write takes its discussion's row as the lock, so that counters, paths and statuses hold whatever runs at the same
time; every act is one transaction and one audit row; mails are queued in it and leave after it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.log_actions import log

from comments import notifications, paths, permissions
from comments.models import Discussion, DiscussionSettings, PageDiscussionSettings, ThreadComment
from comments.rows import Author, build, fingerprint
from comments.signals import comment_changed, discussion_changed
from comments.states import TRANSITIONS, Action, Moderation, Status
from comments.targets import target_of
from networks.markup import clean_text

DOUBLE_SUBMIT_WINDOW = timedelta(hours=24)
"""The same words of the same author under the same parent within this time are one comment sent twice."""


class Refused(Exception):
    """An act that the rules refuse; its text is a sentence for the person, in their language."""


class StaleDecision(Refused):
    """A decision about a comment that meanwhile stands elsewhere; `comment` is as it stands now."""

    def __init__(self, comment: ThreadComment) -> None:
        self.comment = comment
        super().__init__(
            gettext("This comment is now “%(status)s”: somebody has decided meanwhile.") % {"status": comment.get_status_display()}
        )


@dataclass(frozen=True)
class Posted:
    """The comment that was stored, and whether this call stored it (False: it was a double submit)."""

    comment: ThreadComment
    created: bool


# Discussions ----------------------------------------------------------------------------------------------------------


def discussion_of(obj: models.Model) -> Discussion:
    """Return the discussion about an object, opening it when there is none; raises LookupError for an unregistered model."""
    target = target_of(type(obj))
    discussion, created = Discussion.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(obj),
        object_id=str(obj.pk),
        defaults={
            **target.opens_with,
            "title": target.title(obj)[:300],
            "network_id": target.network_id(obj),
            "target_open": target.is_open(obj),
        },
    )
    if created:
        discussion_changed.send(sender=Discussion, discussion=discussion)
    return discussion


@transaction.atomic
def follow_target(obj: models.Model) -> Discussion:
    """Copy a target's title, network and openness to its discussion."""
    target = target_of(type(obj))
    discussion = _lock(discussion_of(obj).pk)
    copied = {"title": target.title(obj)[:300], "network_id": target.network_id(obj), "target_open": target.is_open(obj)}
    return _update(discussion, copied)


@transaction.atomic
def configure(discussion: Discussion, chosen: DiscussionSettings, *, by: Any = None) -> Discussion:
    """Apply settings (a PageDiscussionSettings, or a Discussion with changed fields) to a discussion."""
    wanted = {name: getattr(chosen, name) for name in DiscussionSettings.SETTINGS}
    locked = _lock(discussion.pk)
    before = {name: getattr(locked, name) for name in DiscussionSettings.SETTINGS}
    updated = _update(locked, wanted)
    changes = {name: [str(before[name]), str(value)] for name, value in wanted.items() if before[name] != value}
    if changes:
        log(instance=updated, action="comments.configure", user=by, data={"changes": changes})
    return updated


def configure_from_page(page: models.Model, *, by: Any = None) -> Discussion:
    """Apply what a page's editor decided, now that the page is published."""
    discussion = follow_target(page)
    chosen = PageDiscussionSettings.objects.filter(page_id=page.pk).first()
    return configure(discussion, chosen, by=by) if chosen else discussion


def _lock(discussion_id: int) -> Discussion:
    return Discussion.objects.select_for_update().get(pk=discussion_id)


def _update(discussion: Discussion, values: dict[str, Any]) -> Discussion:
    changed = [name for name, value in values.items() if getattr(discussion, name) != value]
    if changed:
        for name in changed:
            setattr(discussion, name, values[name])
        discussion.version += 1
        discussion.save(update_fields=[*changed, "version"])
        discussion_changed.send(sender=Discussion, discussion=discussion)
    return discussion


# Posting --------------------------------------------------------------------------------------------------------------


@transaction.atomic
def post(discussion: Discussion, *, author: Author, text: str, parent_id: int | None = None, notify: bool = True) -> Posted:
    """Store a comment and return it; a guest's waits for the proof of the address.

    `text` is the Markdown subset of networks.markup. Raises Refused when the discussion takes no comment from this
    author, or when `parent_id` is no published comment of this discussion.
    """
    locked = _lock(discussion.pk)
    _require_poster(locked, author)
    parent = _parent(locked, parent_id)
    text = clean_text(text)
    if twin := _submitted_before(locked, fingerprint(author, parent, text)):
        return Posted(twin, created=False)
    status = _first_status(locked, author)
    comment = _insert(locked, author=author, text=text, parent=parent, status=status)
    log(instance=comment, action="comments.post", user=author.user, data={"from": None, "to": status})
    if notify:
        notifications.comment_posted(comment)
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
    locked = _lock(discussion.pk)
    parent = _parent(locked, parent_id, any_status=True)
    comment = _insert(locked, author=author, text=clean_text(text), html=html, parent=parent, status=status, submitted_at=submitted_at)
    log(instance=comment, action="comments.import", data={"from": None, "to": status})
    return comment


def _require_poster(discussion: Discussion, author: Author) -> None:
    if not discussion.is_open():
        raise Refused(gettext("This discussion is closed: what was said stays, nothing can be added."))
    if (author.is_guest and discussion.posters != "everyone") or (
        not author.is_guest and not permissions.is_poster(author.user, discussion)
    ):
        raise Refused(gettext("You cannot take part in this discussion."))


def _parent(discussion: Discussion, parent_id: int | None, *, any_status: bool = False) -> ThreadComment | None:
    if parent_id is None:
        return None
    parent = ThreadComment.objects.filter(pk=parent_id, discussion=discussion).first()
    if parent is None or not (any_status or parent.status == Status.PUBLISHED):
        raise Refused(gettext("The comment you answer is no longer here. Your text is kept: you can post it as a new comment."))
    if parent.depth >= paths.MAX_DEPTH:
        return ThreadComment.objects.get(pk=parent.parent_id)
    return parent


def _submitted_before(discussion: Discussion, same: str) -> ThreadComment | None:
    """The newest twin; sorted here, for a database that sorts walks the whole discussion instead of the fingerprint's index."""
    since = timezone.now() - DOUBLE_SUBMIT_WINDOW
    twins = ThreadComment.objects.filter(discussion=discussion, fingerprint=same, submit_date__gte=since).exclude(status=Status.REMOVED)
    return max(twins.order_by(), key=lambda twin: twin.sequence, default=None)


def _first_status(discussion: Discussion, author: Author) -> Status:
    if author.is_guest:
        return Status.AWAITING_EMAIL
    if discussion.moderation == Moderation.AFTER or permissions.can_moderate(author.user, discussion):
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
    )
    comment.save_new()
    discussion.sequence = sequence
    _count(discussion, comment, None, status)
    discussion.save(update_fields=["sequence", *_COUNTERS])
    comment_changed.send(sender=ThreadComment, comment=comment, previous=None)
    return comment


# Statuses -------------------------------------------------------------------------------------------------------------


def moderate(
    comment: ThreadComment, action: Action, *, by: Any, reason: str = "", note: str = "", seen_status: str | None = None
) -> ThreadComment:
    """Apply a moderator's decision and return the comment as it stands now.

    `seen_status` is the status the moderator was looking at. Raises Refused for a person who does not moderate the
    discussion or a restriction without a reason, StaleDecision when the comment has moved meanwhile.
    """
    return _change_status(comment, action, by=by, reason=reason, note=note, seen_status=seen_status, authorise=True)


def prove_email(comment: ThreadComment) -> ThreadComment:
    """Take a guest's address as proven: the comment goes to the moderators, or is published where they read afterwards.

    Raises StaleDecision when the link was used before.
    """
    with transaction.atomic():
        proven = _change_status(comment, Action.PROVE_EMAIL)
        if proven.discussion.moderation == Moderation.AFTER:
            proven = _change_status(proven, Action.APPROVE, note="moderation after publication")
        else:
            notifications.comment_waits(proven)
        return proven


def remove(comment: ThreadComment, *, by: Any) -> ThreadComment:
    """Remove a comment at its author's wish: words and personal data are blanked, replies stay under a tombstone.

    Raises Refused for anybody but the author.
    """
    return _change_status(comment, Action.REMOVE, by=by, authorise=True)


@transaction.atomic
def _change_status(
    comment: ThreadComment,
    action: Action,
    *,
    by: Any = None,
    reason: str = "",
    note: str = "",
    seen_status: str | None = None,
    authorise: bool = False,
) -> ThreadComment:
    """The one writer of `status`: checks the table, keeps counters and tombstones, writes the audit row."""
    discussion = _lock(comment.discussion_id)
    current = ThreadComment.objects.select_related("discussion").get(pk=comment.pk)
    current.discussion = discussion
    transition = TRANSITIONS[action]
    if current.status not in transition.sources or seen_status not in (None, "", current.status):
        raise StaleDecision(current)
    if authorise and not permissions.can_act(by, current, action):
        raise Refused(gettext("You cannot decide about this comment."))
    if transition.needs_reason and not reason:
        raise Refused(gettext("Say why: this decision needs a reason."))

    previous, current.status = Status(current.status), transition.target
    current.is_public = current.status == Status.PUBLISHED
    current.is_removed = current.status == Status.REMOVED
    current.shown = current.is_public or current.published_descendants > 0
    current.changed_at = timezone.now()
    changed = ["status", "is_public", "is_removed", "shown", "changed_at"]
    if current.is_removed:
        current.comment = current.html = current.user_name = current.user_email = current.user_url = ""
        current.user = current.ip_address = current.network = None
        changed += ["comment", "html", "user_name", "user_email", "user_url", "user", "ip_address", "network"]
    current.save(update_fields=changed)
    _count(discussion, current, previous, transition.target)
    discussion.save(update_fields=_COUNTERS)
    log(
        instance=current,
        action=f"comments.{action}",
        user=by,
        data={"from": previous, "to": transition.target, "reason": reason, "note": note},
    )
    comment_changed.send(sender=ThreadComment, comment=current, previous=previous)
    notifications.status_changed(current, previous)
    return current


_COUNTERS = ["published_count", "pending_count", "version", "last_published_at"]


def _count(discussion: Discussion, comment: ThreadComment, previous: Status | None, status: Status) -> None:
    """Bring the discussion's counters and the ancestors' tombstones in step with one change of status."""
    published = (status == Status.PUBLISHED) - (previous == Status.PUBLISHED)
    pending = (status == Status.PENDING) - (previous == Status.PENDING)
    discussion.published_count += published
    discussion.pending_count += pending
    if published or previous == Status.PUBLISHED or comment.shown:
        discussion.version += 1
    if published > 0:
        discussion.last_published_at = max(filter(None, [discussion.last_published_at, comment.changed_at]))
    if published and comment.depth:
        _count_in_ancestors(comment, published)


def _count_in_ancestors(comment: ThreadComment, delta: int) -> None:
    descendants = F("published_descendants") + delta
    ThreadComment.objects.filter(discussion_id=comment.discussion_id, path__in=paths.ancestor_paths(comment.path)).update(
        published_descendants=descendants,
        shown=Case(When(Q(status=Status.PUBLISHED) | Q(published_descendants__gt=-delta), then=Value(True)), default=Value(False)),
    )
