"""Examples as sparse rows: the slots of their grams, and where their signals lie among knots."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingyu.filters.quality.model.knots import place_of
from jingyu.filters.quality.model.passages import passages_of
from jingyu.filters.quality.model.text_model import PASSAGES, gram_slots
from jingyu.filters.quality.training.examples import Example

BITS: Final = 17
"""Source: own measurement (2026-11): 2 ** 18 slots order no better than 2 ** 17."""
SIGNAL_VALUE: Final = 0.15
"""What a signal counts beside a passage, whose grams have length 1 together.

Source: own measurement (2026-11): 0.4 fits the training sites better and unseen ones worse."""
TITLE_VALUE: Final = 0.5
_KNOTS = 8
_FEW = 2


class Layout(NamedTuple):
    """Which columns rows have: a table for each passage, then the knots of each signal.

    Attributes:
        bits: Each passage has two to this power columns.
        signals: Knots of each signal.
    """

    bits: int
    signals: dict[str, tuple[float, ...]]

    @property
    def width(self) -> int:
        """Columns in all."""
        return (len(PASSAGES) << self.bits) + sum(map(len, self.signals.values()))


def layout_of(examples: Sequence[Example], signals: Sequence[str], bits: int = BITS) -> Layout:
    """Returns the columns for some signals, with knots where the examples lie."""
    knots = {
        name: _knots(np.array([example.signals[name] for example in examples], np.float64))
        for name in signals
    }
    return Layout(bits, {name: found for name, found in knots.items() if len(found) >= _FEW})


def _knots(values: NDArray[np.float64]) -> tuple[float, ...]:
    """Returns where equal numbers of values lie between; of what is mostly zero, of the others."""
    found = np.unique(np.quantile(values, np.linspace(0, 1, _KNOTS)))
    if len(found) <= _FEW:
        others = values[values > values.min()]
        found = np.unique(np.append(np.quantile(others, (0, 0.5, 1)), 0)) if len(others) else found
    return tuple(found.tolist())


def rows_of(examples: Sequence[Example], layout: Layout, folded: bytes) -> Any:
    """Returns a sparse matrix of scipy's with a row for each example."""
    from scipy.sparse import csr_matrix

    columns: list[NDArray[np.int32]] = []
    values: list[NDArray[np.float32]] = []
    for example in examples:
        found, weights = _entries(example, layout, folded)
        columns.append(found)
        values.append(weights)
    starts = np.concatenate([[0], np.cumsum([len(each) for each in columns])])
    entries = (np.concatenate(values), np.concatenate(columns), starts)
    return csr_matrix(entries, shape=(len(examples), layout.width))


def _entries(
    example: Example, layout: Layout, folded: bytes
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    columns: list[NDArray[np.int32]] = []
    values: list[NDArray[np.float32]] = []
    for number, passage in enumerate(passages_of(example.text, example.title)):
        slots = gram_slots(passage, folded, number, layout.bits)
        value = passage_value(number) / max(len(slots), 1) ** 0.5
        columns.append(slots.astype(np.int32) + (number << layout.bits))
        values.append(np.full(len(slots), value, np.float32))
    first = len(PASSAGES) << layout.bits
    places: list[int] = []
    shares: list[float] = []
    for name, knots in layout.signals.items():
        knot, progress = place_of(example.signals[name], knots)
        places += [first + knot, first + knot + 1]
        shares += [SIGNAL_VALUE * (1 - progress), SIGNAL_VALUE * progress]
        first += len(knots)
    columns.append(np.array(places, np.int32))
    values.append(np.array(shares, np.float32))
    return np.concatenate(columns), np.concatenate(values)


def passage_value(number: int) -> float:
    """Returns what the grams of a passage count together."""
    return TITLE_VALUE if PASSAGES[number] == "title" else 1.0
