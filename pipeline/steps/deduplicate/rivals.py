"""The order in which documents that share keys are judged, and what becomes of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.steps.deduplicate.holdings import Holdings, Rows
from jingyu.pipeline.steps.deduplicate.resemblance import Compared

MAX_KEPT: Final = 16
"""Kept documents of one key that all others of the key are compared with; what is still undecided
then meets only under longer keys. So the documents of a template that thousands share cost so many
comparisons a band, and not the square of their number. Of pairs on templates that 50 to 2,000 pages
share, all similar by 0.85 and more were found with 16 as with 64 (measured 2026-11-22)."""

UNDECIDED, KEPT, DROPPED = 0, 1, 2

Compare = Callable[[Rows, Rows], Compared]


@dataclass
class Judged:
    """What became of rows, and what is known so far.

    Attributes:
        states: `UNDECIDED`, `KEPT` or `DROPPED`; what stays undecided shares no key and is kept.
        winners: Kept row that each dropped one resembles most, of those it was compared with.
        similarities: Of each dropped row to its winner.
        is_doubtful: Whether a row was in a pair in doubt.
    """

    states: NDArray[np.int8]
    winners: Rows
    similarities: NDArray[np.float64]
    is_doubtful: NDArray[np.bool_]

    @classmethod
    def none(cls, size: int) -> Self:
        """Returns that nothing is known of so many rows."""
        return cls(
            np.zeros(size, np.int8),
            np.full(size, -1, np.intp),
            np.zeros(size),
            np.zeros(size, np.bool_),
        )

    def learn(self, kept: Rows, others: Rows, compare: Compare, limit: float) -> Rows:
        """Compares pairs; returns the others that resemble a kept row, and notes the most similar.

        Of kept rows that are equally similar, the first wins.
        """
        similarities, is_doubtful = compare(kept, others)
        self.is_doubtful[kept[is_doubtful]] = True
        self.is_doubtful[others[is_doubtful]] = True
        found = np.flatnonzero(similarities >= limit)
        # Of repeated places the last assignment stays.
        found = found[np.lexsort((-kept[found], similarities[found]))]
        kept, others, similarities = kept[found], others[found], similarities[found]
        before = self.winners[others]
        is_better = similarities > self.similarities[others]
        is_better |= (similarities == self.similarities[others]) & (kept < before)
        self.winners[others[is_better]] = kept[is_better]
        self.similarities[others[is_better]] = similarities[is_better]
        return np.unique(others)


def judge(
    holdings: Holdings,
    signatures: NDArray[np.uint32],
    compare: Compare,
    limit: float,
    max_kept: int = MAX_KEPT,
) -> Judged:
    """Judges rows from the first to the last: one that resembles no kept row is kept.

    Only rows that share a key are compared, and of a key `MAX_KEPT` kept rows with all others.
    The outcome is that of judging one by one. It is reached in rounds: a row that is the first
    undecided one of each of its keys need not wait for any other, so all such rows are judged at
    once. A round touches only what changed, so that a chain in which each row waits for the one
    before costs one short round a link.

    At last each dropped row is compared with the kept ones that it shares a key with, also later
    ones, so that it names the most similar.

    Args:
        holdings: Keys that rows share.
        signatures: Signature of each row.
        compare: Tells how similar pairs of rows are.
        limit: Least similarity of a duplicate.
        max_kept: Kept rows of one key that others are compared with.
    """
    judged = Judged.none(len(signatures))
    left = holdings
    while left.rows.size:
        rounds = _Rounds(left, judged, max_kept)
        while rounds.is_worthwhile:
            rounds.next(compare, limit)
        is_open = judged.states[left.rows] == UNDECIDED
        left = left._replace(kept=rounds.kept[rounds.key_of]).of(is_open)
        left = left.lengthened(signatures, max_kept).shared()
    judged.learn(*_not_yet_compared(holdings, judged, max_kept), compare, limit)
    return judged


def _not_yet_compared(holdings: Holdings, judged: Judged, max_kept: int) -> tuple[Rows, Rows]:
    """Returns pairs of a kept and a dropped row that share a key, but for winners."""
    is_dropped = judged.states[holdings.rows] == DROPPED
    key_of = _key_of(holdings.keys)
    kept, key_of_kept = holdings.rows[~is_dropped], key_of[~is_dropped]
    counts = np.bincount(key_of_kept, minlength=key_of[-1] + 1 if key_of.size else 0)
    starts = np.cumsum(counts) - counts
    keys = key_of[is_dropped]
    places, of_dropped = _ranges(starts[keys], np.minimum(counts[keys], max_kept))
    left, right = kept[places], holdings.rows[is_dropped][of_dropped]
    is_new = judged.winners[right] != left
    return _distinct(left[is_new], right[is_new], len(judged.states))


class _Rounds:
    """Rounds of judging over keys that do not change."""

    def __init__(self, holdings: Holdings, judged: Judged, max_kept: int) -> None:
        self._judged = judged
        self._max_kept = max_kept
        self._rows = holdings.rows
        self.key_of = _key_of(holdings.keys)
        self._heads = np.flatnonzero(np.diff(self.key_of, prepend=-1))
        self._ends = np.append(self._heads[1:], holdings.rows.size)
        self.kept = holdings.kept[self._heads]
        counts = np.bincount(self._rows, minlength=len(judged.states))
        self._of_row = np.argsort(self._rows, kind="stable")
        self._starts = np.cumsum(counts) - counts
        self._counts = counts
        self._waiting = counts - np.bincount(self._rows[self._heads], minlength=len(counts))
        self._ready = np.flatnonzero((counts > 0) & (self._waiting == 0))
        self._size = self._open = int(np.count_nonzero(counts))

    @property
    def is_worthwhile(self) -> bool:
        """Whether a row is ready and half of the rows are still open; else keys are made anew."""
        return self._ready.size > 0 and 2 * self._open >= self._size

    def next(self, compare: Compare, limit: float) -> None:
        """Keeps the rows that are ready and drops those that resemble them."""
        judged, kept = self._judged, self._ready
        judged.states[kept] = KEPT
        held, owners = _ranges(self._starts[kept], self._counts[kept])
        keys = self.key_of[self._of_row[held]]
        self.kept[keys] += 1
        places, keys_met = _ranges(self._heads[keys] + 1, self._ends[keys] - self._heads[keys] - 1)
        left, right = kept[owners[keys_met]], self._rows[places]
        is_open = judged.states[right] == UNDECIDED
        pairs = _distinct(left[is_open], right[is_open], len(judged.states))
        dropped = judged.learn(*pairs, compare, limit)
        judged.states[dropped] = DROPPED
        self._open -= kept.size + dropped.size
        if 2 * self._open >= self._size:
            self._ready = self._advance(np.concatenate([kept, dropped]))

    def _advance(self, decided: Rows) -> Rows:
        """Moves the heads of keys to their next open rows; returns the rows that are ready now."""
        states = self._judged.states
        held, _ = _ranges(self._starts[decided], self._counts[decided])
        keys = np.unique(self.key_of[self._of_row[held]])
        keys = keys[states[self._rows[self._heads[keys]]] != UNDECIDED]
        moving = keys
        while moving.size:
            self._heads[moving] += 1
            moving = moving[self._heads[moving] < self._ends[moving]]
            moving = moving[states[self._rows[self._heads[moving]]] != UNDECIDED]
        # A full key holds its rows back until it is made longer.
        keys = keys[(self._heads[keys] < self._ends[keys]) & (self.kept[keys] < self._max_kept)]
        first = self._rows[self._heads[keys]]
        np.subtract.at(self._waiting, first, 1)
        return np.unique(first[self._waiting[first] == 0])


def _key_of(keys: NDArray[np.uint64]) -> Rows:
    """Returns the number of each key, from 0, where equal keys stand together."""
    # The first key differs from its own complement.
    return np.cumsum(np.diff(keys, prepend=~keys[:1]) != 0) - 1


def _ranges(starts: Rows, counts: Rows) -> tuple[Rows, Rows]:
    """Returns the numbers of ranges one after the other, and which range each is of."""
    ranges = np.repeat(np.arange(starts.size), counts)
    before = np.cumsum(counts) - counts
    return np.arange(ranges.size) - before[ranges] + starts[ranges], ranges


def _distinct(left: Rows, right: Rows, size: int) -> tuple[Rows, Rows]:
    pairs = np.unique(left * size + right)
    return pairs // size, pairs % size
