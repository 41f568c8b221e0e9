"""The twin in Python of filters/quality/model/curves.c."""

from collections.abc import Sequence

from jingyu.filters.quality.model.knots import place_of

Curve = tuple[Sequence[float], Sequence[float], Sequence[float]]
"""Knots, and at each the weights for two targets."""


def weights_at(value: float, curve: Curve) -> tuple[float, float]:
    knots, *weights = curve
    knot, progress = place_of(value, knots)
    first, second = (_between(each, knot, progress) for each in weights)
    return first, second


def _between(weights: Sequence[float], knot: int, progress: float) -> float:
    if not progress:
        return weights[knot]
    return weights[knot] + progress * (weights[knot + 1] - weights[knot])
