"""All places of a few literal strings in one pass over a text."""

from collections.abc import Iterable, Mapping, Sequence

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
