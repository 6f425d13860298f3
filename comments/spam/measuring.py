"""How good the filter is here, measured on decisions that it foretold before it had seen them, and never on what it had learnt."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from comments.models import LearntExample, ThreadComment
from comments.models.spam import Label
from comments.spam.tokens import bucket_of, tokens_of
from comments.spam.weights import dense

THRESHOLDS = (50, 70, 80, 90, 95, 99)
ENOUGH_TO_JUDGE = 50
"""Foretold decisions of either kind before the figures mean something: with fifty, one mistake is two points."""
LISTED = 15
WORDS_FROM = 2_000
"""The heaviest words are looked for in the examples that were decided last."""
STANDS_IN = 3
"""Examples that a word stands in before it is listed: what a single person wrote is nobody's business there."""


@dataclass(frozen=True)
class Foretold:
    """One decision, and what the filter had said of it before."""

    comment_id: int
    score: int
    is_spam: bool


def report(weights: bytes | memoryview) -> dict[str, Any]:
    """The figures of the page, to be kept with the filter: nothing of it is worked out while somebody looks."""
    past = [Foretold(key, score, label == Label.SPAM) for key, score, label in _past()]
    ham, spam = [one for one in past if not one.is_spam], [one for one in past if one.is_spam]
    held = sorted((one for one in ham if one.score >= 50), key=lambda one: -one.score)
    missed = sorted((one for one in spam if one.score < 50), key=lambda one: one.score)
    heavy = _heaviest(weights)
    return {
        "foretold": {"ham": len(ham), "spam": len(spam)},
        "rows": [_row(threshold, past) for threshold in THRESHOLDS],
        "false_alarms": [[one.comment_id, one.score] for one in held[:LISTED]],
        "missed": [[one.comment_id, one.score] for one in missed[:LISTED]],
        "heaviest": heavy,
    }


def is_enough(kept: dict[str, Any]) -> bool:
    """Whether a report rests on enough decisions of either kind to be believed."""
    return min(kept.get("foretold", {"": 0}).values()) >= ENOUGH_TO_JUDGE


def _past() -> Any:
    return LearntExample.objects.foretold_and_decided().values_list("comment_id", "foretold", "label").iterator(chunk_size=2000)


def _row(threshold: int, past: list[Foretold]) -> dict[str, Any]:
    """What holding at a threshold would have meant: precision is the part of what is held that is spam, recall the part of spam held."""
    held = [one for one in past if one.score >= threshold]
    caught = sum(one.is_spam for one in held)
    spam = sum(one.is_spam for one in past)
    return {
        "threshold": threshold,
        "caught": caught,
        "wrong": len(held) - caught,
        "missed": spam - caught,
        "precision": round(100 * caught / len(held), 1) if held else None,
        "recall": round(100 * caught / spam, 1) if spam else None,
    }


def _heaviest(stored: bytes | memoryview) -> dict[str, list[list[str]]]:
    """The tokens that weigh most on either side, with how they are written, of those that stand in several comments."""
    weights, stand_in, written = dense(stored), Counter[str](), dict[str, str]()
    for text, account in _texts():
        found = tokens_of(text, is_guest=account is None)
        stand_in.update(found.keys())
        written.update(found)
    listed = sorted((weights[bucket_of(token)], token) for token, number in stand_in.items() if number >= STANDS_IN)
    against, towards = listed[:LISTED], listed[::-1][:LISTED]
    return {
        "spam": [[token, written[token]] for weight, token in towards if weight > 0],
        "ham": [[token, written[token]] for weight, token in against if weight < 0],
    }


def _texts() -> Any:
    newest = LearntExample.objects.exclude(label="").order_by("-decided_at").values_list("comment_id", flat=True)[:WORDS_FROM]
    return ThreadComment.objects.filter(pk__in=list(newest)).values_list("comment", "user_id").iterator(chunk_size=500)
