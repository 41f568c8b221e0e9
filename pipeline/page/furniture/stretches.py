"""Figures of the lines around each line, for all lines at once."""

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.extract.trees import Floats

Values = NDArray[np.floating]
FARTHEST = 60
"""Lines beyond which it does not matter how far away something stands."""


def distances(is_there: NDArray[np.bool_]) -> tuple[Values, Values]:
    """Returns how many lines before each, and how many after it, the next of some stands."""
    order = np.arange(len(is_there))
    last = np.maximum.accumulate(np.where(is_there, order, -FARTHEST))
    following = np.where(is_there, order, len(is_there) + FARTHEST)
    following = np.minimum.accumulate(following[::-1])[::-1]
    return np.minimum(order - last, FARTHEST), np.minimum(following - order, FARTHEST)


def same(values: NDArray[np.generic]) -> Floats:
    """Returns which values equal the one before."""
    same = np.zeros(len(values), np.float32)
    same[1:] = values[1:] == values[:-1]
    return same


def block(gains: Values) -> tuple[Floats, Floats]:
    """Returns which lines are in the stretch with the highest sum of gains, and how far all are.

    How far is the logarithm of the lines between, below 0 before it.
    """
    count = len(gains)
    sums = np.concatenate(([0.0], np.cumsum(gains, dtype=np.float64)))
    lowest = np.minimum.accumulate(sums)
    end = int((sums - lowest)[1:].argmax()) + 1
    start = int(sums[:end].argmin())
    order = np.arange(count)
    distance = np.maximum(np.maximum(start - order, order - end + 1), 0)
    sign = np.where(order < start, -1, 1)
    return (distance == 0).astype(np.float32), (sign * np.log1p(distance)).astype(np.float32)


def shifted(values: Values, by: int) -> Floats:
    """Returns the values of the lines that stand so many later, -1 where there is none."""
    shifted = np.full(len(values), -1, np.float32)
    if abs(by) < len(values):
        if by < 0:
            shifted[-by:] = values[:by]
        else:
            shifted[:-by] = values[by:]
    return shifted


def window(values: Values, reach: int) -> NDArray[np.float64]:
    """Returns the sum over each line and so many before and after it."""
    sums = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    order = np.arange(len(values))
    window: NDArray[np.float64] = sums[np.minimum(order + reach + 1, len(values))]
    window -= sums[np.maximum(order - reach, 0)]
    return window
