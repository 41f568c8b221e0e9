"""How well planted duplicates were found."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.planted import Planted, jaccard, shingles
from tests.benchmarks.staged import Found

BINS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)


class Recall(NamedTuple):
    """Pairs of a range of true similarity, and shares of them.

    Attributes:
        low: Least similarity.
        pairs: How many there are.
        together: Share in one group: one names the other, or both name the same.
        resolved: Share of which not both were kept.
    """

    low: float
    pairs: int
    together: float
    resolved: float


class Precision(NamedTuple):
    """What was dropped.

    Attributes:
        dropped: Documents dropped.
        true: Share whose true similarity to the named survivor reaches the limit less 0.05.
        without_survivor: Documents that name none, or one that was itself dropped.
        worst: Least true similarity of a dropped document.
        error: Root mean square of stated less true similarity.
    """

    dropped: int
    true: float
    without_survivor: int
    worst: float
    error: float


def recall(planted: Planted, found: Found, kind: str | None = None) -> list[Recall]:
    """Returns the recall of pairs, by range of true similarity; of one kind if it is named."""
    chosen = [pair for pair in planted.pairs if kind in (None, planted.kinds[pair[0]])]
    pairs = np.array(chosen).reshape(-1, 3)
    left, right = pairs[:, :2].astype(np.int64).T
    groups = np.where(found.survivors < 0, np.arange(found.survivors.size), found.survivors)
    together = groups[left] == groups[right]
    resolved = (found.survivors[left] >= 0) | (found.survivors[right] >= 0)
    rows = []
    for low, high in zip(BINS, (*BINS[1:], 2.0), strict=True):
        here = (pairs[:, 2] >= low) & (pairs[:, 2] < high)
        rows.append(Recall(low, int(here.sum()), _share(together[here]), _share(resolved[here])))
    return rows


def precision(planted: Planted, found: Found, limit: float) -> Precision:
    """Returns what can be said of the dropped documents, by the texts themselves."""
    dropped = np.flatnonzero(found.survivors >= 0)
    survivors = found.survivors[dropped]
    truths = np.array(
        [
            jaccard(shingles(planted.texts[a]), shingles(planted.texts[b]))
            for a, b in zip(dropped.tolist(), survivors.tolist(), strict=True)
        ]
    )
    errors = found.similarities[dropped] - truths
    return Precision(
        dropped.size,
        _share(truths >= limit - 0.05),
        int(np.count_nonzero(found.survivors[survivors] >= 0)),
        float(truths.min(initial=1.0)),
        float(np.sqrt(np.mean(errors**2))) if dropped.size else 0.0,
    )


def _share(values: NDArray[np.bool_]) -> float:
    return float(values.mean()) if values.size else float("nan")
