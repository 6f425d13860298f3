"""Learning, by scikit-learn's naive Bayes over which tokens stand in a comment: what was learnt can be taken back exactly.

The library is imported here alone, when there is something to learn: it weighs as much as a web process.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from zlib import compress, decompress

from comments.models.spam import Label

ALPHA = 1.0
KINDS = [Label.HAM, Label.SPAM]


@dataclass(frozen=True)
class Example:
    """The tokens of one comment and what it is; `sign` is -1 where it is unlearnt."""

    buckets: Sequence[int]
    label: str
    sign: int = 1


@dataclass(frozen=True)
class Counts:
    """In how many examples of either kind each token stood."""

    buckets: array = field(default_factory=lambda: array("I"))
    ham: array = field(default_factory=lambda: array("I"))
    spam: array = field(default_factory=lambda: array("I"))

    def packed(self) -> bytes:
        """As they are stored."""
        return compress(self.buckets.tobytes() + self.ham.tobytes() + self.spam.tobytes())

    @classmethod
    def unpacked(cls, stored: bytes | memoryview) -> "Counts":
        """As they were stored."""
        raw = decompress(stored) if stored else b""
        third = len(raw) // 3
        return cls(*(array("I", raw[third * part : third * (part + 1)]) for part in range(3)))


def load_library() -> None:
    """Import what learning needs, before anything is locked or forgotten; raises ModuleNotFoundError where it is not installed."""
    import sklearn.naive_bayes  # noqa: F401


def learn(counts: Counts, examples: Iterable[Example]) -> tuple[Counts, list[float]]:
    """Return the counts with some examples more (or less), and the weight of each token that is counted."""
    import numpy

    examples = list(examples)
    buckets = sorted({*counts.buckets, *(bucket for example in examples for bucket in example.buckets)})
    if not buckets:
        return Counts(), []
    model = _model(_totals(counts, buckets))
    if examples:
        kinds = [KINDS.index(example.label) for example in examples]
        model.partial_fit(matrix(examples, buckets), kinds, sample_weight=[float(example.sign) for example in examples])
    totals = numpy.rint(model.feature_count_).astype("uint32")
    stays = totals.sum(axis=0) > 0
    kept = Counts(array("I", numpy.array(buckets, "uint32")[stays].tobytes()), *(array("I", row[stays].tobytes()) for row in totals))
    if not kept.buckets:
        return kept, []
    ham, spam = _model(totals[:, stays]).feature_log_prob_
    return kept, [float(weight) for weight in spam - ham]


def matrix(examples: Sequence[Example], buckets: Sequence[int]) -> Any:
    """The examples as scikit-learn takes them: a row for each, a column for each of these buckets."""
    from scipy.sparse import csr_matrix

    place = {bucket: column for column, bucket in enumerate(buckets)}
    cells = [(row, place[bucket]) for row, example in enumerate(examples) for bucket in example.buckets if bucket in place]
    rows, columns = zip(*cells, strict=True) if cells else ((), ())
    return csr_matrix(([1.0] * len(cells), (rows, columns)), shape=(len(examples), len(buckets)))


def _model(totals: Any) -> Any:
    """The library's model, as it would stand after the examples that these totals sum up."""
    from sklearn.naive_bayes import MultinomialNB

    return MultinomialNB(alpha=ALPHA, fit_prior=False).partial_fit(totals, [0, 1], classes=[0, 1])


def _totals(counts: Counts, buckets: Sequence[int]) -> Any:
    import numpy

    totals = numpy.zeros((2, len(buckets)))
    places = numpy.searchsorted(numpy.array(buckets), numpy.array(counts.buckets, "int64"))
    totals[0, places], totals[1, places] = counts.ham, counts.spam
    return totals
