"""Parts of the examples such that no owner and no template lies in two of them."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from jingyu.filters.quality.training.examples import Example

FOLDS: Final = 5
ALIKE: Final = 0.2
"""Similarity from which on two documents count as of one template.

Source: own measurement (2026-11): unrelated texts of a language have at most 0.05."""


def folds_of(examples: Sequence[Example], count: int = FOLDS) -> NDArray[np.int64]:
    """Returns the fold of each example; largest groups first, each into the smallest fold."""
    groups = groups_of(examples)
    sizes = np.bincount(groups, minlength=len(examples))
    folds, held = np.zeros(len(examples), np.int64), [0] * count
    for group in np.argsort(-sizes, kind="stable").tolist():
        if not sizes[group]:
            break
        smallest = held.index(min(held))
        folds[groups == group] = smallest
        held[smallest] += int(sizes[group])
    return folds


def groups_of(examples: Sequence[Example]) -> NDArray[np.int64]:
    """Returns the group of each example: the first one with its owner, its domain or its template.

    What is alike in turn is of one group, too: A and C are, where B shares the domain of A and the
    template of C.
    """
    parents = list(range(len(examples)))
    first: dict[tuple[str, str], int] = {}
    for row, example in enumerate(examples):
        for key in (("owner", example.owner), ("domain", example.domain)):
            if key[1]:
                _join(parents, row, first.setdefault(key, row))
    for row, other in _alike(examples):
        _join(parents, row, other)
    return np.array([_root(parents, row) for row in range(len(examples))], np.int64)


def _alike(examples: Sequence[Example]) -> list[tuple[int, int]]:
    signatures = np.stack([np.frombuffer(example.signature, "<u4") for example in examples])
    found = []
    for row in range(len(examples) - 1):
        shares = (signatures[row + 1 :] == signatures[row]).mean(axis=1)
        found += [(row, row + 1 + other) for other in np.flatnonzero(shares >= ALIKE).tolist()]
    return found


def _root(parents: list[int], row: int) -> int:
    while parents[row] != row:
        parents[row] = parents[parents[row]]
        row = parents[row]
    return row


def _join(parents: list[int], one: int, other: int) -> None:
    one, other = sorted((_root(parents, one), _root(parents, other)))
    parents[other] = one
