"""Fits the trees of `jingyu.pipeline.page.extract.trees` by gradient boosting on histograms."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.extract.trees import Floats, Trees

_BINS = 32


class Boosting(NamedTuple):
    """How trees are fitted."""

    trees: int = 160
    depth: int = 5
    rate: float = 0.1
    penalty: float = 12.0
    """Added to the second derivatives of a leaf: few rows say little."""
    columns: float = 0.4
    """Share of the columns that a tree may ask about."""
    rows: float = 0.8
    """Share of the rows that a tree learns from."""
    seed: int = 1


def _cuts(column: Floats, edges: Floats) -> Floats:
    """Returns the middle between each edge and the next value: rounding does not cross it."""
    values = np.unique(column)
    above = np.minimum(np.searchsorted(values, edges, "right"), len(values) - 1)
    return ((edges + values[above]) / 2).astype(np.float32)


class _Table(NamedTuple):
    """Rows in bins, with the derivatives of the loss at each."""

    binned: NDArray[np.int64]
    """A row per column of the data."""
    gradient: NDArray[np.float64]
    curvature: NDArray[np.float64]


def fit(matrix: Floats, labels: Floats, weights: Floats, how: Boosting) -> Trees:
    """Returns trees that tell the rows labelled 1 from those labelled 0."""
    random = np.random.default_rng(how.seed)
    weights = weights / weights.mean()
    edges = [_edges(column) for column in matrix.T]
    cuts = [_cuts(column, edge) for column, edge in zip(matrix.T, edges, strict=True)]
    pairs = zip(edges, matrix.T, strict=True)
    binned = np.stack([np.searchsorted(edge, column) for edge, column in pairs]).astype(np.int64)
    share = float(np.average(labels, weights=weights))
    bias = float(np.log(share / (1 - share)))
    score = np.full(len(labels), bias)
    grown = []
    for _ in range(how.trees):
        probability = 1 / (1 + np.exp(-score))
        gradient = weights * (probability - labels)
        curvature = weights * probability * (1 - probability)
        asked = random.permutation(len(edges))[: int(how.columns * len(edges))].tolist()
        rows = random.random(len(labels)) < how.rows
        sample = _Table(binned[:, rows], gradient[rows], curvature[rows])
        questions = _questions(sample, asked, [len(edge) for edge in edges], how)
        values = _values(sample, questions, how)
        score += values[_leaves(binned, questions)]
        grown.append((questions, values))
    return _stated(grown, cuts, bias)


def _stated(
    grown: list[tuple[list[tuple[int, int]], NDArray[np.float64]]], cuts: list[Floats], bias: float
) -> Trees:
    columns = [[column for column, _ in questions] for questions, _ in grown]
    thresholds = [[cuts[column][cut] for column, cut in questions] for questions, _ in grown]
    return Trees(
        np.array(columns, np.int32),
        np.array(thresholds, np.float32),
        np.array([values for _, values in grown], np.float32),
        bias,
    )


def _edges(column: Floats) -> Floats:
    """Returns at most 31 values that part a column; a value on an edge lies below it."""
    values = np.unique(column)
    if len(values) <= _BINS:
        return values[:-1] if len(values) > 1 else values
    quantiles = np.quantile(column, np.linspace(0, 1, _BINS + 1)[1:-1], method="lower")
    return np.unique(quantiles).astype(np.float32)


def _questions(
    table: _Table, asked: list[int], cuts: list[int], how: Boosting
) -> list[tuple[int, int]]:
    """Returns the questions of one tree, each the one that gains most over all leaves."""
    leaf = np.zeros(len(table.gradient), np.int64)
    questions = []
    for level in range(how.depth):
        best = (-1.0, 0, 0)
        size = 1 << level
        for column in asked:
            place = leaf * _BINS + table.binned[column]
            below, held = (
                np.bincount(place, values, size * _BINS).reshape(size, _BINS).cumsum(axis=1)
                for values in (table.gradient, table.curvature)
            )
            above, kept = below[:, -1:] - below, held[:, -1:] - held
            gain = (below**2 / (held + how.penalty) + above**2 / (kept + how.penalty)).sum(axis=0)
            cut = int(np.argmax(gain[: cuts[column]]))
            best = max(best, (float(gain[cut]), column, cut))
        questions.append(best[1:])
        leaf = leaf * 2 + (table.binned[best[1]] > best[2])
    return questions


def _leaves(binned: NDArray[np.int64], questions: list[tuple[int, int]]) -> NDArray[np.int64]:
    leaf = np.zeros(binned.shape[1], np.int64)
    for column, cut in questions:
        leaf = leaf * 2 + (binned[column] > cut)
    return leaf


def _values(table: _Table, questions: list[tuple[int, int]], how: Boosting) -> NDArray[np.float64]:
    leaf = _leaves(table.binned, questions)
    size = 1 << how.depth
    fall = np.bincount(leaf, table.gradient, size)
    held = np.bincount(leaf, table.curvature, size)
    values: NDArray[np.float64] = -how.rate * fall / (held + how.penalty)
    return values
