"""Hashes of n-grams, and which questions hold them."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_TABLES = 3
# Tables go by different bits of the hashes, but for a few.
_APART = 19


class Matches(NamedTuple):
    """N-grams that a row of them shares with questions, ordered by place.

    Attributes:
        places: Number of the n-gram in the row.
        seeds: Number of the n-gram and question among the seeds.
    """

    places: NDArray[np.int64]
    seeds: NDArray[np.int64]


@dataclass(frozen=True)
class Seeds:
    """N-grams of one length, each with the questions that hold it."""

    ngram: int
    is_latin: bool
    """Whether all start with a letter or digit of ASCII."""
    hashes: NDArray[np.uint64]
    """In ascending order, one for each question that holds it."""
    owners: NDArray[np.uint32]

    @cached_property
    def _bits(self) -> int:
        """Returns the address bits of a table: about ten places a hash, at most 8 MiB."""
        return int(np.clip(self.hashes.size.bit_length() + 3, 12, 26))

    @cached_property
    def _tables(self) -> tuple[NDArray[np.uint8], ...]:
        """Returns which beginnings of hashes there are, which middles, and which ends."""
        tables = []
        for number in range(_TABLES):
            table = np.zeros(1 << self._bits, np.bool_)
            table[self._addresses(self.hashes, number)] = True
            # A bit each, so that the tables stay near the core.
            tables.append(np.packbits(table, bitorder="little"))
        return tuple(tables)

    def _addresses(self, hashes: NDArray[np.uint64], number: int) -> NDArray[np.int64]:
        shifted = hashes << np.uint64(number * _APART) if number else hashes
        return (shifted >> np.uint64(64 - self._bits)).view(np.int64)

    def __getstate__(self) -> dict[str, object]:
        """Returns what is pickled: tables are made faster than they are carried."""
        names = ("ngram", "is_latin", "hashes", "owners")
        return {name: self.__dict__[name] for name in names}

    def among(self, hashes: NDArray[np.uint64], is_letter: NDArray[np.bool_]) -> Matches:
        """Returns where n-grams of questions stand in a row of hashes.

        Args:
            hashes: Hashes of n-grams.
            is_letter: Whether each starts with a letter or digit of ASCII.
        """
        places = np.flatnonzero(is_letter) if self.is_latin else np.arange(hashes.size)
        for number, table in enumerate(self._tables):
            some = hashes if places.size == hashes.size else hashes[places]
            addresses = self._addresses(some, number)
            bits = table.take(addresses >> 3) >> (addresses & 7).astype(np.uint8)
            places = places[np.flatnonzero(bits & 1)]
        some = hashes[places]
        first = np.searchsorted(self.hashes, some)
        is_held = self.hashes[np.minimum(first, self.hashes.size - 1)] == some
        places, some, first = places[is_held], some[is_held], first[is_held]
        times = np.searchsorted(self.hashes, some, "right") - first
        offsets = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
        return Matches(np.repeat(places, times), np.repeat(first, times) + offsets)


def seeds_of(
    ngram: int, hashes: NDArray[np.uint64], owners: NDArray[np.uint32], *, is_latin: bool
) -> Seeds:
    """Returns the seeds of n-grams whose owners ascend."""
    order = np.argsort(hashes, kind="stable")
    ordered, by = hashes[order], owners[order]
    is_first = np.ones(order.size, np.bool_)
    is_first[1:] = (ordered[1:] != ordered[:-1]) | (by[1:] != by[:-1])
    return Seeds(ngram, is_latin, ordered[is_first], by[is_first])
