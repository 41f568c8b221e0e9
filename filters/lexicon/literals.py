"""All places of a few literal strings in one pass over a text."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from jingyu.filters.lexicon.places import Search

Found = Mapping[str, Sequence[int]]
"""Where each literal that was found stands, rising."""


class Literals:
    """Finds literals, overlapping ones too."""

    def __init__(self, literals: Iterable[str]) -> None:
        """Makes ready to search.

        Args:
            literals: What is looked for; none is empty.
        """
        self._search = Search(tuple(dict.fromkeys(literals)))

    def find(self, text: str) -> Found:
        """Returns the places of the literals in a text; any string is accepted."""
        return self._search.find(text)

    def longest(self, text: str) -> list[tuple[int, int]]:
        """Returns number and place of the longest literal at each place; they may overlap."""
        return self._search.longest(text)

    def apart(self, text: str) -> list[tuple[int, int]]:
        """Returns number and place of the literals that lie apart.

        Of two that overlap the first counts, and of two that begin together the longer.
        """
        return self._search.apart(text)

    def bits(self, texts: list[str], longest: int, bits: NDArray[np.int32]) -> NDArray[np.int32]:
        """Returns for each text the bits of all literals that begin in it.

        The texts of at most some length count as one, in which literals lie apart as `apart` has
        it; longer ones have none.

        Args:
            texts: What is searched.
            longest: Length of the longest text that counts.
            bits: Those of each literal, in the order in which they were given.
        """
        return np.frombuffer(self._search.bits(texts, longest, bits), np.int32)
