"""How likely a comment is spam, and which of its words say so."""

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from comments.models import ThreadComment
from comments.spam.tokens import bucket_of, buckets_of, in_words, tokens_of
from comments.spam.weights import Loaded, current

EVIDENCE = 15
"""Tokens that a judgement rests on at most: a long text repeats itself, and is not as much surer as it is longer."""
SHOWN = 5


@dataclass(frozen=True)
class Judgement:
    """A score in per cent, and the words behind it, the heaviest first."""

    score: int
    words: list[str]


def score_of(text: str, *, is_guest: bool) -> int:
    """How likely a comment is spam, in per cent; ThreadComment.NOT_SCORED while the filter has learnt too little to tell."""
    held = current()
    if not held.is_ready:
        return ThreadComment.NOT_SCORED
    return percent(probability(buckets_of(text, is_guest=is_guest), held.weights))


def holds_back(score: int) -> bool:
    """Whether the filter may hold a comment of this score: it is as sure as the threshold asks, and an administrator lets it."""
    held = current()
    return held.may_hold and held.is_ready and score >= held.threshold


def judge(comment: ThreadComment) -> Judgement | None:
    """The score of a stored comment with the words that weigh most on its side; None while there is none."""
    held = current()
    if not held.is_ready or comment.spam_score < 0:
        return None
    return Judgement(comment.spam_score, _heaviest(comment, held))


def probability(buckets: Sequence[int], weights: array) -> float:
    """The probability that a comment with these tokens is spam, where either kind is as likely before one has read it."""
    known = [weight for bucket in buckets if (weight := weights[bucket])]
    odds = math.fsum(known) * min(1.0, EVIDENCE / max(1, len(known)))
    return 1 / (1 + math.exp(-max(-500.0, min(500.0, odds))))


def percent(chance: float) -> int:
    """A probability as it is stored and shown: never sure of anything."""
    return max(1, min(99, round(chance * 100)))


def _heaviest(comment: ThreadComment, held: Loaded) -> list[str]:
    side = 1 if comment.spam_score >= 50 else -1
    found = tokens_of(comment.comment, is_guest=comment.user_id is None)
    weighed = sorted(((held.weights[bucket_of(token)] * side, token) for token in found), reverse=True)
    return [in_words(token, found[token]) for weight, token in weighed[:SHOWN] if weight > 0]
