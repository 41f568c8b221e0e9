"""How much documents resemble each other: by signature, or by shingles where that is too vague."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.minhash import similarity
from jingyu.pipeline.steps.deduplicate.shingles import Shingles

MARGIN_IN_ERRORS: Final = 2.5
"""Standard errors of the estimate around the limit within which the truth is looked up. Of pairs on
the limit one in 160 is estimated higher than that unread, of pairs 0.05 below it one in 5,000."""

# Pairs whose signatures are copied side by side: 8 MiB a side at 128 hashes.
_PAIRS_AT_ONCE = 16_384


def margin(min_similarity: float, hashes: int) -> float:
    """Returns how near to the limit an estimate is in doubt: about 0.1 of 128 hashes at 0.7.

    Source: the standard error of an estimate from k hashes, sqrt(J (1 - J) / k).
    """
    return MARGIN_IN_ERRORS * sqrt(min_similarity * (1 - min_similarity) / hashes)


class Compared(NamedTuple):
    """What came of pairs of documents, one row each.

    Attributes:
        similarities: True where it was looked up, else estimated; 0 if certainly below the limit.
        is_doubtful: Whether the estimate lies within the margin and the truth was not at hand.
    """

    similarities: NDArray[np.float64]
    is_doubtful: NDArray[np.bool_]


@dataclass(frozen=True)
class Resemblance:
    """Compares documents by their rows.

    Attributes:
        signatures: MinHash signature of each row.
        min_similarity: Limit around which the truth matters.
        shingles: Shingles of the rows whose text was read; none if no text was.
        chance: How probably different hashes look the same, since not all of their bits are known.
    """

    signatures: NDArray[np.uint32]
    min_similarity: float
    shingles: Shingles | None = None
    chance: float = 0.0

    def compare(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> Compared:
        """Returns the similarities of pairs of rows."""
        error = margin(self.min_similarity, self.signatures.shape[1])
        # Equal values have equal bytes: an upper bound of the estimate, at a quarter of its cost.
        bounds = _in_blocks(_bound, self._lowest_bytes, left, right)
        near = np.flatnonzero(bounds >= self.min_similarity - error)
        agreeing = _in_blocks(similarity, self.signatures, left[near], right[near])
        estimates = np.maximum(agreeing - self.chance, 0) / (1 - self.chance)
        is_doubtful = np.zeros(left.size, np.bool_)
        in_doubt = np.flatnonzero(np.abs(estimates - self.min_similarity) <= error)
        is_known = self._is_known[left[near[in_doubt]]] & self._is_known[right[near[in_doubt]]]
        is_doubtful[near[in_doubt[~is_known]]] = True
        known = in_doubt[is_known]
        if self.shingles and known.size:
            pairs = near[known]
            estimates[known] = self.shingles.similarities(left[pairs], right[pairs])
        similarities = np.zeros(left.size)
        similarities[near] = estimates
        return Compared(similarities, is_doubtful)

    @cached_property
    def _lowest_bytes(self) -> NDArray[np.uint8]:
        return self.signatures.astype(np.uint8)

    @cached_property
    def _is_known(self) -> NDArray[np.bool_]:
        nothing = np.zeros(len(self.signatures), np.bool_)
        return self.shingles.is_known if self.shingles else nothing


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
