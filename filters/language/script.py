"""Which of the two Chinese scripts a text is written in."""

import functools
from typing import Literal

from jingyu.filters.language.telling import SIMPLIFIED, TRADITIONAL
from jingyu.filters.quality.kind_counts import count_kinds

Script = Literal["simplified", "traditional", "mixed", "undetermined"]

_MIN_TRADITIONAL = 0.8
_MAX_SIMPLIFIED = 0.2

_SIMPLIFIED, _TRADITIONAL, _KINDS = 1, 2, 3


def script_of(text: str) -> tuple[Script, float]:
    """Returns the script of a text, and the traditional share of its telling characters, 0 to 1.

    Telling are the characters that one script writes and the other does not: those that OpenCC
    converts in one direction only, less those that are frequent in the other script too (后, 里,
    干, 面, 台). A share of at least 0.8 is `traditional`, of at most 0.2 `simplified`, between them
    `mixed`. Text without telling characters is `undetermined`, with share 0. Japanese is not told
    apart: its 国 and 学 count as simplified.

    Source: OpenCC's character dictionaries (configurations t2s and s2t); frequent characters are
    level 1 of Big5 and of GB 2312.
    """
    _, simplified, traditional = count_kinds(text, _kinds(), _KINDS)
    if not simplified + traditional:
        return "undetermined", 0.0
    ratio = traditional / (simplified + traditional)
    if ratio >= _MIN_TRADITIONAL:
        return "traditional", ratio
    return ("simplified" if ratio <= _MAX_SIMPLIFIED else "mixed"), ratio


@functools.cache
def _kinds() -> bytes:
    """Returns, for each code point up to the last that tells and one more, what it tells of."""
    kinds = bytearray(max(map(ord, SIMPLIFIED + TRADITIONAL)) + 2)
    for kind, characters in ((_SIMPLIFIED, SIMPLIFIED), (_TRADITIONAL, TRADITIONAL)):
        for character in characters:
            kinds[ord(character)] = kind
    return bytes(kinds)
