"""The words around a candidate that tell what it is."""

import re

_REACH = 48
"""Characters before a candidate that are looked at: a word and a gap."""


def context(words: str, gap: int = 10) -> re.Pattern[str]:
    """Returns a pattern for `before()`: one of the words, then a gap of so many characters.

    The gap has no digits and no placeholders: whatever is masked between them, a word that did not
    count never comes to count.
    """
    return re.compile(rf"(?:{words})[^0-9\[\]_\n]{{0,{gap}}}\Z", re.IGNORECASE)


def before(text: str, position: int, reach: int = _REACH) -> str:
    """Returns what stands before a position, as far as contexts reach, on whatever lines."""
    return text[max(0, position - reach) : position]
