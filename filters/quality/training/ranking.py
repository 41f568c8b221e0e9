"""How well scores part what is looked for from what is not."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_Floats = NDArray[np.float64]
_Truth = NDArray[np.bool_]


class Point(NamedTuple):
    """What a limit does.

    Attributes:
        limit: Least score that is kept.
        precision: Share of what is kept that is looked for; 1 if nothing is kept.
        recall: Share of what is looked for that is kept; 1 if there is none.
    """

    limit: float
    precision: float
    recall: float


def auc(scores: _Floats, truth: _Truth) -> float:
    """Returns how often what is looked for scores above what is not; equals count half.

    Without one of the two it is 0.5.
    """
    positives, negatives = int(truth.sum()), int((~truth).sum())
    if not positives or not negatives:
        return 0.5
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    above = float(ranks[truth].sum()) - positives * (positives + 1) / 2
    return above / (positives * negatives)


def point_at(scores: _Floats, truth: _Truth, limit: float) -> Point:
    """Returns what a limit does to scores."""
    is_kept = scores >= limit
    hits = int((is_kept & truth).sum())
    kept, wanted = int(is_kept.sum()), int(truth.sum())
    return Point(limit, hits / kept if kept else 1.0, hits / wanted if wanted else 1.0)


def point_of_recall(scores: _Floats, truth: _Truth, recall: float) -> Point:
    """Returns the highest limit that keeps at least a share of what is looked for."""
    wanted = np.sort(scores[truth])
    if not len(wanted):
        return Point(0.0, 0.0, 1.0)
    return point_at(scores, truth, float(wanted[int((1 - recall) * len(wanted) + 1e-9)]))
