"""What the filter has learnt, as each process holds it: how much each token speaks for spam (above 0) or against it (below)."""

import time
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from zlib import compress, decompress

from comments.models import SpamFilter
from comments.spam.tokens import BUCKETS
from networks.prepared import Parameter, PreparedQuery

FRESH_FOR = 30.0
"""Seconds for which a process takes what it holds as true: a post seldom asks, and who lets the filter hold waits half a minute at most."""

ENOUGH = 20
"""Examples of either kind before a score is shown to anybody: below, the words of a single comment decide."""


@dataclass(frozen=True)
class Loaded:
    """The filter in one process."""

    version: int = 0
    is_ready: bool = False
    may_hold: bool = False
    threshold: int = 100
    weights: array = field(default_factory=lambda: array("f"))


_KEY = SpamFilter._meta.pk
_STATE = PreparedQuery(
    lambda: SpamFilter.objects.filter(pk=Parameter("pk", _KEY)).values_list("version", "ham", "spam", "may_hold", "threshold")
)
_NOTHING = Loaded()
_held: dict[str, Any] = {"filter": _NOTHING, "until": 0.0}


def current() -> Loaded:
    """The filter as it is, asked of the database every FRESH_FOR seconds and read anew where it has learnt since."""
    if time.monotonic() >= _held["until"]:
        _held.update(filter=_reread(_held["filter"]), until=time.monotonic() + FRESH_FOR)
    return _held["filter"]


def forget() -> None:
    """Ask the database again at the next occasion."""
    _held.update(filter=_NOTHING, until=0.0)


def _reread(held: Loaded) -> Loaded:
    state = _STATE.first(pk=SpamFilter.ONLY)
    if state is None:
        return _NOTHING
    version, ham, spam, may_hold, threshold = state
    is_ready = min(ham, spam) >= ENOUGH
    weights = held.weights
    if is_ready and (version != held.version or not weights):
        weights = dense(SpamFilter.objects.values_list("weights", flat=True).get(pk=SpamFilter.ONLY))
    return Loaded(version, is_ready, may_hold, threshold, weights)


def packed(buckets: Iterable[int], weights: Iterable[float]) -> bytes:
    """Weights as they are stored: only those that were learnt."""
    numbers = array("I", buckets)
    return compress(numbers.tobytes() + array("f", weights).tobytes())


def dense(stored: bytes | memoryview) -> array:
    """Stored weights as they are asked: one for each bucket, 0 where nothing was learnt."""
    weights = array("f", bytes(4 * BUCKETS))
    raw = decompress(stored) if stored else b""
    half = len(raw) // 2
    for bucket, weight in zip(array("I", raw[:half]), array("f", raw[half:]), strict=True):
        weights[bucket] = weight
    return weights
