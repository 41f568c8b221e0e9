"""Figures of the lines around each line, for all lines at once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.extract.trees import Floats

Values = NDArray[np.floating]
FARTHEST = 60
"""Lines beyond which it does not matter how far away something stands."""


def distances(is_there: NDArray[np.bool_]) -> list[NDArray[np.int64]]:
    """Returns how many lines before each the next of some stands, and how many after it.

    Of each row of `is_there`, in two rows.
    """
    count = is_there.shape[1]
    order = np.arange(count)
    last = np.maximum.accumulate(np.where(is_there, order, -FARTHEST), axis=1)
    following = np.where(is_there, order, count + FARTHEST)
    following = np.minimum.accumulate(following[:, ::-1], axis=1)[:, ::-1]
    before, after = np.minimum(order - last, FARTHEST), np.minimum(following - order, FARTHEST)
    return [row for pair in zip(before, after, strict=True) for row in pair]


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


def shifted(rows: Floats, by: int) -> Floats:
    """Returns the values of the lines that stand so many later, -1 where there is none."""
    shifted = np.full(rows.shape, -1, np.float32)
    if abs(by) < rows.shape[1]:
        if by < 0:
            shifted[:, -by:] = rows[:, :by]
        else:
            shifted[:, :-by] = rows[:, by:]
    return shifted


def windows(rows: Sequence[Values], *reaches: int) -> list[NDArray[np.float64]]:
    """Returns the sums over each line and so many before and after it: a matrix for each reach."""
    count = len(rows[0])
    sums = np.zeros((len(rows), count + 1))
    np.cumsum(np.stack(rows), axis=1, dtype=np.float64, out=sums[:, 1:])
    order = np.arange(count)
    return [
        sums.take(np.minimum(order + reach + 1, count), axis=1)
        - sums.take(np.maximum(order - reach, 0), axis=1)
        for reach in reaches
    ]
