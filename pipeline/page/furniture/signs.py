"""What the characters of lines are, counted line by line."""

import functools
import unicodedata
from collections.abc import Sequence
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from jingyu.filters.quality.characters import HAN
from jingyu.filters.quality.function_char_ratio import FUNCTION_CHARS
from jingyu.pipeline.page.extract.markup import CLOSING, ENDS, PAUSES

Counts = NDArray[np.int64]
_PLANE = 0x10000
_PARTS = "|｜/·•>»›→←-—_~*#+=［］[]【】<"
_SPACES = " \t\u3000\xa0"


class Sign(IntEnum):
    """What a character is; one that is several of these is the last."""

    OTHER = 0
    LETTER = 1
    DIGIT = 2
    SPACE = 3
    PART = 4
    PAUSE = 5
    END = 6
    HAN = 7
    FUNCTION = 8


class Signs:
    """How many characters of each kind the lines of a text have."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Counts the characters of lines, none of which is empty."""
        joined = "".join(lines)
        points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
        self._signs = _table().take(np.minimum(points, _table().size - 1))
        self.length: Counts = np.fromiter(map(len, lines), np.int64, len(lines))
        self._starts = np.concatenate(([0], np.cumsum(self.length)[:-1]))

    def count(self, *signs: Sign) -> Counts:
        """Returns how many characters of each line are one of some signs."""
        found = self._signs == signs[0]
        for sign in signs[1:]:
            found |= self._signs == sign
        return np.add.reduceat(found, self._starts, dtype=np.int64)


def is_closed(lines: Sequence[str]) -> NDArray[np.bool_]:
    """Returns which lines end as a sentence or a quotation does."""
    return np.fromiter((line[-1] in CLOSING for line in lines), np.bool_, len(lines))


@functools.cache
def _table() -> NDArray[np.uint8]:
    """Returns the sign of each code point; the end of the table stands for all beyond it."""
    table = np.zeros(HAN[-1][1] + 2, np.uint8)
    # Between them stand Han and what is private; beyond the plane nearly all are Han or emoji.
    for block in (range(0x3400), range(0xA000, 0xD800), range(0xF900, _PLANE)):
        for point in block:
            category = unicodedata.category(chr(point))[0]
            table[point] = {"L": Sign.LETTER, "N": Sign.DIGIT}.get(category, Sign.OTHER)
    marked = ((_SPACES, Sign.SPACE), (_PARTS, Sign.PART), (PAUSES, Sign.PAUSE), (ENDS, Sign.END))
    for characters, sign in marked:
        table[[ord(character) for character in characters]] = sign
    for first, last in HAN:
        table[first : last + 1] = Sign.HAN
    table[[ord(character) for character in FUNCTION_CHARS]] = Sign.FUNCTION
    return table
