"""All places of a few literal strings in one pass over a text."""

from collections import defaultdict
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
        self._literals = tuple(dict.fromkeys(literals))
        self._search = Search(self._literals)

    def find(self, text: str) -> Found:
        """Returns the places of the literals in a text; any string is accepted."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, place in self._search.find(text, False):  # noqa: FBT003  (C takes no keywords)
            found[self._literals[number]].append(place)
        return dict(found)

    def apart(self, text: str) -> list[tuple[int, int]]:
        """Returns number and place of the literals that lie apart.

        Of two that overlap the first counts, and of two that begin together the longer.
        """
        return self._search.find(text, True)  # noqa: FBT003
