"""Where the way of each staged document ends: numbers in place of words, for millions of them."""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jingyu.schemas.decisions import KEPT

GOES_ON: Final = 0
"""The number of what has not ended: it is kept."""
_FIGURES: Final = ("measured", "limit")
_NAMES: Final = ("stage", "outcome", "reason")


class Ending(NamedTuple):
    """How a way can end."""

    stage: str
    outcome: str
    reason: str | None


@dataclass
class Endings:
    """The ways that ways end, by number."""

    known: list[Ending] = field(default_factory=lambda: [Ending("write", KEPT, None)])
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def number(self, ending: Ending) -> int:
        """Returns the number of one, a new one if it is new."""
        with self._one_at_a_time:
            if ending not in self.known:
                self.known.append(ending)
            return self.known.index(ending)


class Ends:
    """Where the ways of an item's documents ended: `Decisions` of whom only that is asked."""

    def __init__(self, tables: Iterable[pa.Table], count: int, endings: Endings) -> None:
        """Adds up what steps wrote.

        Args:
            tables: Rows of `DECISIONS`, of one step after the other.
            count: Documents of the item.
            endings: What the numbers stand for.
        """
        self.numbers = np.zeros(count, np.int32)
        self._endings = endings
        self.tables: list[pa.Table] = []
        self.add(tables)

    def add(self, tables: Iterable[pa.Table]) -> None:
        """Adds what further steps wrote."""
        for table in tables:
            ended = table.filter(pc.is_valid(table["outcome"])) if table.num_rows else table
            if ended.num_rows:
                self.numbers[ended["row"].to_numpy()] = _numbers(ended, self._endings)
                self.tables.append(ended)

    @property
    def is_open(self) -> NDArray[np.bool_]:
        """Whether each document goes on."""
        return np.equal(self.numbers, GOES_ON)

    def overrule(self, rows: NDArray[np.int64], ending: Ending) -> None:
        """Ends the ways of documents, however they ended."""
        self.numbers[rows] = self._endings.number(ending)

    def end_as(self, other: "Ends", rows: NDArray[np.int64]) -> None:
        """Ends the ways of documents as they ended elsewhere."""
        self.numbers[rows] = other.numbers[rows]
        self.tables += other.tables

    def told(self, row: int) -> dict[str, Any]:
        """Returns what was decided on a document: stage, outcome, reason, value and limit."""
        ending = self._endings.known[self.numbers[row]]
        told: dict[str, Any] = ending._asdict() | dict.fromkeys(_FIGURES)
        for table in self.tables if self.numbers[row] != GOES_ON else ():
            place = int(np.searchsorted(table["row"].to_numpy(), row))
            if place < table.num_rows:
                (found,) = table.slice(place, 1).to_pylist()
                if found["row"] == row and tuple(found[name] for name in _NAMES) == ending:
                    return told | {name: found[name] for name in _FIGURES}
        return told


def _numbers(ended: pa.Table, endings: Endings) -> NDArray[np.int32]:
    """Returns the number of each row's ending."""
    combined = np.zeros(ended.num_rows, np.int64)
    words: list[Sequence[Any]] = []
    for name in _NAMES:
        encoded = ended[name].combine_chunks().dictionary_encode(null_encoding="encode")
        words.append(encoded.dictionary.to_pylist())
        combined = combined * len(words[-1]) + encoded.indices.to_numpy()
    different, places = np.unique(combined, return_inverse=True)
    of_each = [endings.number(Ending(*_split(each, words))) for each in different.tolist()]
    return np.array(of_each, np.int32)[places]


def _split(combined: int, words: Sequence[Sequence[Any]]) -> Sequence[Any]:
    found = []
    for of_name in reversed(words):
        combined, place = divmod(combined, len(of_name))
        found.append(of_name[place])
    return found[::-1]
