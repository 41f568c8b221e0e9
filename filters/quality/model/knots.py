"""A signal as a few numbers that a linear model can weigh."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple


class Place(NamedTuple):
    """Where a value lies: between a knot and the next, and how far on the way, 0 to 1."""

    knot: int
    progress: float


def place_of(value: float, knots: Sequence[float]) -> Place:
    """Returns where a value lies among rising knots; beyond the ends, at the end.

    A model has a weight at each knot, and between two of them the weight goes evenly from one to
    the other: so it can learn that both too little and too much of something is bad.
    """
    knot = bisect_right(knots, value) - 1
    if knot < 0:
        return Place(0, 0.0)
    if knot >= len(knots) - 1:
        return Place(len(knots) - 2, 1.0) if len(knots) > 1 else Place(0, 0.0)
    return Place(knot, (value - knots[knot]) / (knots[knot + 1] - knots[knot]))
