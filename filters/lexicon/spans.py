"""Places in a text, and what lies inside or near them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Span = tuple[int, int]
Positions = NDArray[np.int64]


class Cover:
    """Places, asked for one that holds another."""

    def __init__(self, spans: Sequence[Span]) -> None:
        ordered = np.array(sorted(spans), np.int64).reshape(-1, 2)
        self._starts = ordered[:, 0]
        self._furthest = np.maximum.accumulate(ordered[:, 1])

    def holds(self, starts: Positions, ends: Positions) -> NDArray[np.bool_]:
        """Returns, for each start and end, whether one of the places holds all between."""
        before = np.searchsorted(self._starts, starts, side="right")
        furthest = np.concatenate([[-1], self._furthest])[before]
        return np.asarray(furthest >= ends)


class Vicinity:
    """What is near some places of a text."""

    def __init__(self, spans: Sequence[Span], window: int) -> None:
        """Takes the places.

        Args:
            spans: The places.
            window: Most characters between what is near and the place.
        """
        ordered = np.array(spans, np.int64).reshape(-1, 2)
        self._starts, self._ends = np.sort(ordered[:, 0]), np.sort(ordered[:, 1])
        self._window = window

    def holds(self, starts: Positions, ends: Positions) -> NDArray[np.bool_]:
        """Returns, for each start and end, whether a place lies near, before or after."""
        window = self._window
        before = _any_between(self._ends, starts - window, starts)
        after = _any_between(self._starts, ends, ends + window)
        return np.asarray(before | after)


def apart(starts: Positions, ends: Positions, lanes: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Returns which places remain if of two of a lane that overlap the first is taken.

    Args:
        starts: Where the places start, rising.
        ends: Where they end; of those that start together the longest first.
        lanes: What each belongs to, from 0.
    """
    remains = np.ones(len(starts), np.bool_)
    if len(starts) < 2 or (starts[1:] >= np.maximum.accumulate(ends)[:-1]).all():  # noqa: PLR2004 (a pair)
        return remains
    floors = [0] * (int(lanes.max()) + 1)
    places = zip(starts.tolist(), ends.tolist(), lanes.tolist(), strict=True)
    for index, (start, end, lane) in enumerate(places):
        if start >= floors[lane]:
            floors[lane] = end
        else:
            remains[index] = False
    return remains


def count_apart(spans: Sequence[Span]) -> int:
    """Returns how many places remain if of two that overlap the first is taken, or the longer."""
    count = floor = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= floor:
            count, floor = count + 1, end
    return count


def _any_between(ordered: Positions, first: Positions, last: Positions) -> NDArray[np.bool_]:
    """Returns, for each first and last, whether there is a position from one to the other."""
    return np.asarray(
        np.searchsorted(ordered, last, side="right") > np.searchsorted(ordered, first, side="left")
    )
