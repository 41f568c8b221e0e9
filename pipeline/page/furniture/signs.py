"""What the characters of lines are, counted line by line."""

import functools
import unicodedata
from collections.abc import Sequence
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from jingyu.filters.quality.characters import HAN
from jingyu.filters.quality.function_char_ratio import FUNCTION_CHARS
from jingyu.pipeline.page.extract.markup import ENDS, PAUSES

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


_KINDS = len(Sign)


class Signs:
    """How many characters of each kind the lines of a text have."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Counts the characters of lines, none of which is empty."""
        joined = "".join(lines)
        points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
        signs = _table().take(points, mode="clip")
        self.length: Counts = np.fromiter(map(len, lines), np.int64, len(lines))
        ends = np.cumsum(self.length)
        self.first = points[ends - self.length]
        """The first code point of each line."""
        self.last = points[ends - 1]
        """The last one."""
        cells = np.repeat(np.arange(len(lines)) * _KINDS, self.length) + signs
        self._counts = np.bincount(cells, minlength=len(lines) * _KINDS).reshape(-1, _KINDS).T

    def counts(self, groups: Sequence[Sequence[Sign]]) -> Counts:
        """Returns a row for each group of signs: how many characters of each line are one of it."""
        found = self._counts[[group[0] for group in groups]]
        for row, group in enumerate(groups):
            for sign in group[1:]:
                found[row] += self._counts[sign]
        return found


def is_one_of(points: NDArray[np.uint32], characters: str) -> NDArray[np.bool_]:
    """Returns which code points are one of some characters of the basic plane."""
    return _flags(characters).take(points, mode="clip")


@functools.cache
def _flags(characters: str) -> NDArray[np.bool_]:
    """Returns whether each code point is one of some; the end stands for all beyond it."""
    flags = np.zeros(_PLANE + 1, np.bool_)
    flags[[ord(character) for character in characters]] = True
    return flags


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
