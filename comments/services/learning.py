"""What the spam filter learns, and what it may do: decisions are noted as they are taken, and learnt by `train_filter` afterwards."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from comments import audit
from comments.models import LearntExample, SpamFilter, ThreadComment
from comments.models.spam import Label
from comments.services.refusals import Refused
from comments.spam import measuring, training
from comments.spam.decisions import all_decided, labels_of
from comments.spam.judging import percent, probability
from comments.spam.tokens import buckets_of
from comments.spam.training import Counts, Example
from comments.spam.weights import ENOUGH, dense, packed
from comments.states import Status
from networks.prepared import PreparedInsert

BATCH = 50
"""Decisions learnt in one transaction: each is foretold by what was learnt from the batches before, and nobody who posts waits long."""

_NOTE = PreparedInsert(LearntExample, unique=("comment",), updates=("due", "decided_at"))


def note_decision(comment: ThreadComment, previous: Status | None) -> None:
    """Have the filter look at a comment whose status changed, with one statement in the transaction of the change."""
    if previous not in {None, Status.AWAITING_EMAIL, comment.status}:
        _NOTE.one(LearntExample(comment_id=comment.pk, decided_at=comment.changed_at))


def learn_decisions() -> int:
    """Take in every decision that is due, score again what waits, and measure; return how many decisions were looked at.

    Safe to run twice, or by two processes at once: the filter's row is the lock, and an example is learnt as what it stands for
    or taken back, never twice.
    """
    if LearntExample.objects.due().exists():
        training.load_library()
    total = 0
    while number := _learn_batch():
        total += number
    if total:
        score_pending()
        measure()
    return total


def start_again() -> int:
    """Forget all that was learnt, and note every decision of the site's past as due, as the oldest first; return how many."""
    training.load_library()
    with transaction.atomic():
        found = _locked()
        LearntExample.objects.all().delete()
        found.ham = found.spam = 0
        _keep(found, Counts(), [])
        decided = [LearntExample(comment_id=key, decided_at=moment) for key, moment in dict(all_decided()).items()]
        LearntExample.objects.bulk_create(decided, batch_size=500, ignore_conflicts=True)
    return len(decided)


def score_pending() -> int:
    """Give what waits for a moderator its score by what was learnt, and return how many scores changed."""
    found = SpamFilter.objects.get(pk=SpamFilter.ONLY)
    weights = dense(found.weights) if _is_ready(found) else None
    waiting = ThreadComment.objects.pending().order_by("pk").values_list("pk", "comment", "user_id", "spam_score")
    changed = last = 0
    while some := list(waiting.filter(pk__gt=last)[:500]):
        last = some[-1][0]
        scores = {key: (_score(_buckets(text, account), weights), before) for key, text, account, before in some}
        changed += _write_scores({key: score for key, (score, before) in scores.items() if score != before})
    return changed


def measure() -> None:
    """Keep with the filter how well it foretold decisions so far."""
    found = SpamFilter.objects.get(pk=SpamFilter.ONLY)
    SpamFilter.objects.filter(pk=found.pk).update(report={**measuring.report(found.weights), "at": timezone.now().isoformat()})


def configure_filter(*, by: Any, may_hold: bool, threshold: int) -> SpamFilter:
    """Say whether the filter may hold comments back, and from which score.

    Raises Refused for anybody but an administrator, for a threshold outside 50 to 99, and where the filter has foretold too few
    decisions for anybody to know how good it is.
    """
    if not by.is_active or not by.is_superuser:
        raise Refused(gettext("Only administrators let the filter hold comments back."))
    if not 50 <= threshold <= 99:
        raise Refused(gettext("The threshold is a number from 50 to 99."))
    with transaction.atomic():
        found = _locked()
        if may_hold and not measuring.is_enough(found.report):
            raise Refused(gettext("Nobody knows yet how good the filter is: it has foretold too few decisions."))
        found.may_hold, found.threshold = may_hold, threshold
        found.save(update_fields=["may_hold", "threshold"])
        audit.record(found, "comments.filter_configured", by=by, data={"may_hold": may_hold, "threshold": threshold})
    return found


def _locked() -> SpamFilter:
    SpamFilter.objects.get_or_create(pk=SpamFilter.ONLY)
    return SpamFilter.objects.select_for_update().get(pk=SpamFilter.ONLY)


@transaction.atomic
def _learn_batch() -> int:
    found = _locked()
    due = list(LearntExample.objects.due().select_for_update()[:BATCH])
    if not due:
        return 0
    comments = ThreadComment.objects.in_bulk([example.comment_id for example in due])
    labels = labels_of(comments.values())
    weights = dense(found.weights) if _is_ready(found) else None
    changes = [change for example in due for change in _change(example, comments[example.comment_id], labels, weights)]
    if changes:
        for change in changes:
            setattr(found, change.label, getattr(found, change.label) + change.sign)
        _keep(found, *training.learn(Counts.unpacked(found.counts), changes))
    LearntExample.objects.bulk_update([one for one in due if one.label], ["label", "buckets", "foretold", "due"])
    LearntExample.objects.filter(pk__in=[one.pk for one in due if not one.label]).delete()
    return len(due)


def _change(example: LearntExample, comment: ThreadComment, labels: dict[int, Label], weights: Any) -> list[Example]:
    """What has to be learnt or taken back for one decision; notes in the example what it is learnt as."""
    wanted = labels.get(comment.pk, "")
    example.due = False
    if wanted == example.label:
        return []
    changes = [Example(example.buckets, example.label, sign=-1)] if example.label else []
    example.label = wanted
    if not wanted:
        return changes
    example.buckets = _buckets(comment.comment, comment.user_id)
    if example.foretold is None and weights:
        example.foretold = _score(example.buckets, weights)
    return [*changes, Example(example.buckets, wanted)]


def _keep(found: SpamFilter, counts: Counts, weights: list[float]) -> None:
    found.counts, found.weights = counts.packed(), packed(counts.buckets, weights)
    found.version += 1
    found.learnt_at = timezone.now()
    found.save(update_fields=["counts", "weights", "version", "learnt_at", "ham", "spam"])


def _is_ready(found: SpamFilter) -> bool:
    return min(found.ham, found.spam) >= ENOUGH


def _buckets(text: str, account: Any) -> list[int]:
    return buckets_of(text, is_guest=account is None)


def _score(buckets: list[int], weights: Any) -> int:
    return percent(probability(buckets, weights)) if weights else ThreadComment.NOT_SCORED


def _write_scores(scores: dict[int, int]) -> int:
    by_score: dict[int, list[int]] = {}
    for key, score in scores.items():
        by_score.setdefault(score, []).append(key)
    return sum(ThreadComment.objects.pending().filter(pk__in=keys).update(spam_score=score) for score, keys in by_score.items())
