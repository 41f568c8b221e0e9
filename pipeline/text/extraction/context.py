"""The second look: what the first judgement of a page says of each line's surroundings."""

import numpy as np

from pipeline.text.extraction.characters import Floats
from pipeline.text.extraction.containers import Sums, deepest
from pipeline.text.extraction.features import Measured

_WINDOW = 4
_LONG = 200
_FAIR = 0.4


def with_context(measured: Measured, probability: Floats) -> Floats:
    """Returns the rows of the first look, each with what the probabilities around it are."""
    count = len(probability)
    index = np.arange(count)
    weight = np.minimum(measured.lengths, _LONG) + 5
    sums = Sums.over(weight, weight * probability, weight * (probability - _FAIR)).table
    mass = max(float(sums[-1, 1]), 1e-3)
    containers = measured.containers
    inside = sums[containers.last] - sums[containers.first]
    mean = inside[:, 1] / np.maximum(inside[:, 0], 1)
    share = inside[:, 1] / mass
    best = len(mean) - 1 - int(np.argmax(inside[::-1, 2]))
    low, high = np.maximum(index - _WINDOW, 0), np.minimum(index + _WINDOW + 1, count)
    window = sums[high] - sums[low]
    columns = (
        *_neighbours(probability),
        window[:, 1] / window[:, 0],
        *(column[level] for level in containers.chain for column in (mean, share)),
        *_group_columns(measured, probability, weight, mass),
        containers.holds(deepest(share, 0.5)),
        containers.holds(deepest(share, 0.8)),
        containers.holds(best),
        containers.distance(best),
        probability.max(),
        np.log1p(mass),
        mass / sums[-1, 0],
        sums[:-1, 1] / mass,
    )
    width = measured.matrix.shape[1]
    matrix = np.empty((count, width + len(columns)), np.float32)
    matrix[:, :width] = measured.matrix
    for place, column in enumerate(columns, width):
        matrix[:, place] = column
    return matrix


def _neighbours(probability: Floats) -> tuple[Floats, ...]:
    padded = np.zeros(len(probability) + 4, np.float32)
    padded[2:-2] = probability
    return probability, padded[1:-3], padded[3:-1], padded[:-4], padded[4:]


def _group_columns(
    measured: Measured, probability: Floats, weight: Floats, mass: float
) -> tuple[Floats, ...]:
    groups = measured.containers.groups
    weights = np.bincount(groups, weight)
    masses = np.bincount(groups, weight * probability)
    columns = np.empty((3, len(weights)), np.float32)
    columns[:] = masses / weights, masses / mass, np.log1p(np.bincount(groups))
    return tuple(columns[:, groups])
