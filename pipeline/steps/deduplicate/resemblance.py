"""Which documents duplicate which: by signature who may, and by what was read of them who does."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from math import sqrt
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.minhash import NGRAM, similarity
from jingyu.pipeline.steps.deduplicate.containment import Contained
from jingyu.pipeline.steps.deduplicate.readings import Readings

MARGIN_IN_ERRORS: Final = 2.5
"""Standard errors of the estimate below the limit from which on documents are read. Of pairs on the
limit one in 160 is estimated lower, and stays."""

# Pairs whose signatures are copied side by side: 8 MiB a side at 128 hashes.
_PAIRS_AT_ONCE = 16_384


def margin(min_similarity: float, hashes: int) -> float:
    """Returns how far below the limit an estimate leaves a doubt: about 0.1 of 128 hashes at 0.7.

    Source: the standard error of an estimate from k hashes, sqrt(J (1 - J) / k).
    """
    return MARGIN_IN_ERRORS * sqrt(min_similarity * (1 - min_similarity) / hashes)


class Compared(NamedTuple):
    """What came of pairs of documents, one row each.

    Attributes:
        similarities: True where both were read, else estimated; 0 if the second is certainly no
            duplicate of the first, since it is not similar or says what the first does not.
        is_doubtful: Whether they may be near duplicates, and one was not read.
    """

    similarities: NDArray[np.float64]
    is_doubtful: NDArray[np.bool_]


@dataclass(frozen=True)
class Containment:
    """When a document says all that another says.

    Attributes:
        min_coverage: Least share of a document's characters that its survivor has, 0 to 1.
        max_own_chars: Longest stretch of its own.
        ngram: Length of an n-gram.
    """

    min_coverage: float
    max_own_chars: int
    ngram: int = NGRAM


ANYTHING: Final = Containment(min_coverage=0, max_own_chars=1 << 32)
"""Where documents are not read, similarity alone decides."""


@dataclass(frozen=True)
class Resemblance:
    """Compares documents by their rows.

    Attributes:
        signatures: MinHash signature of each row.
        min_similarity: Limit around which the truth matters.
        readings: What was read of each row; none if nothing was.
        containment: What a duplicate's survivor must say.
        chance: How probably different hashes look the same, since not all of their bits are known.
        is_trusted: Rows of which an estimate decides where they were not read; none if all are.
    """

    signatures: NDArray[np.uint32]
    min_similarity: float
    readings: Readings | None = None
    containment: Containment = ANYTHING
    chance: float = 0.0
    is_trusted: NDArray[np.bool_] | None = None
    _found: dict[tuple[int, int], Contained] = field(default_factory=dict)

    def compare(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> Compared:
        """Returns whether the right of each pair duplicates the left: how similar they are."""
        error = margin(self.min_similarity, self.signatures.shape[1])
        # Equal values have equal bytes: an upper bound of the estimate, at a quarter of its cost.
        bounds = _in_blocks(_bound, self._lowest_bytes, left, right)
        near = np.flatnonzero(bounds >= self.min_similarity - error)
        agreeing = _in_blocks(similarity, self.signatures, left[near], right[near])
        estimates = np.maximum(agreeing - self.chance, 0) / (1 - self.chance)
        is_near = estimates >= self.min_similarity - error
        near, estimates = near[is_near], estimates[is_near]
        is_known = self._is_read[left[near]] & self._is_read[right[near]]
        is_doubtful = np.zeros(left.size, np.bool_)
        is_doubtful[near[~is_known]] = True
        if self.is_trusted is not None:
            estimates[~self.is_trusted[left[near]]] = 0
        for place in np.flatnonzero(is_known).tolist():
            pair = near[place]
            estimates[place] = self.duplicated(int(left[pair]), int(right[pair]))
        similarities = np.zeros(left.size)
        similarities[near] = estimates
        return Compared(similarities, is_doubtful)

    def duplicated(self, kept: int, other: int) -> float:
        """Returns the similarity of two rows that were read; 0 if the second says more."""
        found = self.contained(kept, other)
        limits = self.containment
        if found is None or not found.covers(limits.min_coverage, limits.max_own_chars):
            return 0.0
        return found.similarity

    def contained(self, kept: int, other: int) -> Contained | None:
        """Returns how much of a row another has, if both were read and are similar."""
        pair = kept, other
        if pair in self._found:
            return self._found[pair]
        if self.readings is None or not (self._is_read[kept] and self._is_read[other]):
            return None
        found = self.readings.contained(kept, other, self.containment.ngram)
        if found.similarity < self.min_similarity:
            return None
        self._found[pair] = found
        return found

    def pairs(self) -> Iterable[tuple[tuple[int, int], Contained]]:
        """Returns the pairs of rows that were compared by what was read: a kept one and another."""
        return self._found.items()

    @cached_property
    def _lowest_bytes(self) -> NDArray[np.uint8]:
        return self.signatures.astype(np.uint8)

    @cached_property
    def _is_read(self) -> NDArray[np.bool_]:
        nothing = np.zeros(len(self.signatures), np.bool_)
        return self.readings.is_known if self.readings else nothing


def _in_blocks(
    measure: Callable[[NDArray[Any], NDArray[Any]], NDArray[np.float64]],
    values: NDArray[np.unsignedinteger[Any]],
    rows: NDArray[np.intp],
    others: NDArray[np.intp],
) -> NDArray[np.float64]:
    measured = np.empty(rows.size)
    for start in range(0, rows.size, _PAIRS_AT_ONCE):
        some = slice(start, start + _PAIRS_AT_ONCE)
        left, right = values.take(rows[some], axis=0), values.take(others[some], axis=0)
        measured[some] = measure(left, right)
    return measured


def _bound(left: NDArray[np.uint8], right: NDArray[np.uint8]) -> NDArray[np.float64]:
    counts = (left == right).view(np.uint8).sum(axis=1, dtype=np.uint32)
    return np.asarray(counts / left.shape[1], dtype=np.float64)
