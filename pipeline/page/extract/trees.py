"""Boosted decision tables: many small questions per line."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.extract.forest import logistic, sum_leaves

Floats = NDArray[np.float32]
_UNITS = 1 << 20
"""Leaves are added up as whole numbers of such parts of 1: exactly, so in any order."""
_HIGHEST = 1 << 31


@dataclass(frozen=True, eq=False)
class Trees:
    """Trees that ask the same question at every node of a level.

    A tree of depth d is d questions (`column > threshold`); the d answers, read as a binary
    number, name its leaf. The depth is at most 8. The score of a row is the sum of the bias and of
    its leaves, each rounded to 2 ** -20, so that it is exact in any order.
    """

    columns: NDArray[np.int32]
    """Shape (trees, depth)."""
    thresholds: Floats
    """Shape (trees, depth)."""
    leaves: Floats
    """Shape (trees, 2 ** depth)."""
    bias: float

    def probability(self, matrix: Floats) -> Floats:
        """Returns the probability per row of a matrix, 0 to 1; its columns best lie in one piece.

        Raises:
            OverflowError: A score could lie beyond 2,048.
            ValueError: The matrix has fewer columns than the trees ask for.
        """
        rows = np.ascontiguousarray(matrix.T)
        depth = self.columns.shape[1]
        leaves = self._units
        sums = sum_leaves(rows, self.columns, self.thresholds, leaves, len(matrix), depth)
        return np.frombuffer(logistic(sums, round(self.bias * _UNITS), _UNITS), np.float32)

    @functools.cached_property
    def _units(self) -> NDArray[np.int32]:
        units = np.rint(self.leaves.astype(np.float64) * _UNITS)
        highest = np.abs(units).max(axis=1).sum() + abs(self.bias) * _UNITS
        if highest >= _HIGHEST:
            raise OverflowError("the leaves of the trees are too large for sums of 32 bits")
        return units.astype(np.int32)


def trees_of(stated: Mapping[str, Any]) -> Trees:
    """Returns the trees whose columns, thresholds, leaves and bias are stated as plain lists."""
    return Trees(
        np.array(stated["columns"], np.int32),
        np.array(stated["thresholds"], np.float32),
        np.array(stated["leaves"], np.float32),
        float(stated["bias"]),
    )
