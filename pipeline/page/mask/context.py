"""The words around a candidate that tell what it is."""

import re

from jingyu.filters.lazy_pattern import lazy_pattern

_REACH = 48
"""Characters before a candidate that are looked at: a word and a gap."""
_LONGEST_WORD = 16


class Context:
    """One of some words, then a gap of so many characters, at the end of `before()`.

    The gap has no digits and no placeholders: whatever is masked between them, a word that did not
    count never comes to count. Words have 16 characters at most: no others are looked at.
    """

    def __init__(self, words: str, gap: int = 10) -> None:
        self._pattern = lazy_pattern(rf"(?:{words})[^0-9\[\]_\n]{{0,{gap}}}\Z", re.IGNORECASE)
        self._reach = gap + _LONGEST_WORD

    def search(self, left: str) -> re.Match[str] | None:
        """Returns where one of the words stands."""
        # Most numbers of a list stand at the beginning of a line.
        if left.endswith("\n"):
            return None
        return self._pattern.search(left, max(0, len(left) - self._reach))


def before(text: str, position: int, reach: int = _REACH) -> str:
    """Returns what stands before a position, as far as contexts reach, on whatever lines."""
    return text[max(0, position - reach) : position]
