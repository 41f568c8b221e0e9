"""Boosted decision tables: many small questions per line, answered for all lines at once."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_ROWS_AT_ONCE = 2048


class Trees(NamedTuple):
    """Trees that ask the same question at every node of a level.

    A tree of depth d is d questions (`column > threshold`); the d answers, read as a binary
    number, name its leaf. The depth is at most 8.
    """

    columns: NDArray[np.intp]
    """Shape (depth, trees)."""
    thresholds: Floats
    """Shape (depth, trees, 1)."""
    leaves: Floats
    """Shape (trees * 2 ** depth,)."""
    bias: float

    def probability(self, matrix: Floats) -> Floats:
        """Returns the probability per row of a matrix, 0 to 1."""
        parts = [
            self._score(matrix[at : at + _ROWS_AT_ONCE])
            for at in range(0, len(matrix), _ROWS_AT_ONCE)
        ]
        score = parts[0] if len(parts) == 1 else np.concatenate(parts)
        return (1 / (1 + np.exp(-score))).astype(np.float32)

    def _score(self, matrix: Floats) -> Floats:
        columns = np.ascontiguousarray(matrix.T)
        depth, trees = self.columns.shape
        leaf = np.zeros((trees, len(matrix)), np.uint8)
        for level in range(depth):
            leaf += leaf
            leaf += columns[self.columns[level]] > self.thresholds[level]
        place = leaf + (np.arange(trees)[:, None] << depth)
        score: Floats = self.leaves.take(place).sum(axis=0) + self.bias
        return score


def trees_of(stated: Mapping[str, Any]) -> Trees:
    """Returns the trees that `stated_trees` wrote down."""
    return Trees(
        np.array(stated["columns"], np.intp),
        np.array(stated["thresholds"], np.float32)[:, :, None],
        np.array(stated["leaves"], np.float32).ravel(),
        float(stated["bias"]),
    )


def stated_trees(trees: Trees) -> dict[str, Any]:
    """Returns the trees as plain lists, four significant digits to a number."""
    return {
        "columns": trees.columns.tolist(),
        "thresholds": _rounded(trees.thresholds[:, :, 0]),
        "leaves": _rounded(trees.leaves),
        "bias": trees.bias,
    }


def _rounded(values: Floats) -> Any:
    return json.loads(
        json.dumps(values.tolist()), parse_float=lambda text: float(f"{float(text):.5g}")
    )
