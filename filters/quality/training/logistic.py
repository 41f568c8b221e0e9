"""Logistic regression over sparse rows, by L-BFGS."""

from collections import deque
from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_Floats = NDArray[np.float64]

STEPS: Final = 60
"""Most steps; measured, no figure of a model changes in the third place after 40."""
_REMEMBERED = 8
_ENOUGH = 1e-4  # of the objective's decrease that a step promises
_CLOSE = 1e-3  # length of the gradient over that at the start


def fit(
    rows: Any, is_positive: NDArray[np.bool_], importance: _Floats, strength: float
) -> tuple[_Floats, float]:
    """Returns the weights of the columns and the intercept.

    Args:
        rows: The documents, as a sparse matrix of scipy's by rows.
        is_positive: Which of them are what is looked for.
        importance: How much each counts.
        strength: What the data counts beside the squared weights, which are kept small.

    Source: Liu and Nocedal, On the limited memory BFGS method (1989), algorithm 2.1, with a line
    search that halves its step. No random number is drawn.
    """
    signs = np.where(is_positive, 1.0, -1.0)
    used = np.unique(rows.indices)  # all others keep the weight 0
    weights = np.zeros(rows.shape[1])
    rows = rows[:, used]
    columns = rows.T.tocsr()

    def objective(point: _Floats) -> tuple[float, _Floats]:
        margins = signs * (rows @ point[:-1] + point[-1])
        pull = strength * importance / (1 + np.exp(np.clip(margins, -30, 30)))
        loss = strength * float((importance * np.logaddexp(0, -margins)).sum())
        slope = -pull * signs
        gradient = np.append(columns @ slope + point[:-1], slope.sum())
        return loss + 0.5 * float(point[:-1] @ point[:-1]), gradient

    found = minimum(objective, np.zeros(rows.shape[1] + 1))
    weights[used] = found[:-1]
    return weights, float(found[-1])


def minimum(objective: Callable[[_Floats], tuple[float, _Floats]], point: _Floats) -> _Floats:
    """Returns where a function is least that yields its value and gradient, from a point on."""
    value, gradient = objective(point)
    first = float(np.linalg.norm(gradient))
    memory: deque[tuple[_Floats, _Floats]] = deque(maxlen=_REMEMBERED)
    for _ in range(STEPS):
        direction = _direction(gradient, memory)
        slope = float(direction @ gradient)
        step = 1.0 if memory else 1 / max(1.0, float(np.linalg.norm(gradient)))
        while True:
            candidate = point + step * direction
            new_value, new_gradient = objective(candidate)
            if new_value <= value + _ENOUGH * step * slope or step < np.finfo(float).eps:
                break
            step /= 2
        moved, changed = candidate - point, new_gradient - gradient
        if float(moved @ changed) > 0:
            memory.append((moved, changed))
        point, value, gradient = candidate, new_value, new_gradient
        if np.linalg.norm(gradient) <= _CLOSE * first:
            break
    return point


def _direction(gradient: _Floats, memory: deque[tuple[_Floats, _Floats]]) -> _Floats:
    """Returns where to go: against the gradient, as the last steps bent it."""
    direction = -gradient
    factors = []
    for moved, changed in reversed(memory):
        factor = float(moved @ direction) / float(moved @ changed)
        direction = direction - factor * changed
        factors.append(factor)
    if memory:
        moved, changed = memory[-1]
        direction = direction * (float(moved @ changed) / float(changed @ changed))
    for (moved, changed), factor in zip(memory, reversed(factors), strict=True):
        direction = direction + moved * (
            factor - float(changed @ direction) / float(moved @ changed)
        )
    return direction
