"""The characters of a text, classed once for all signals that count them."""

import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

HAN = (
    (0x3005, 0x3005),
    (0x3007, 0x3007),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x323AF),
)
"""First and last code points of what counts as Han: 々, 〇 and the ideographs, no radicals."""

_VARIATION_SELECTORS = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
_CATEGORIZED = (range(0x20000), range(0xE0000, 0xE0200))


class _Class(IntEnum):
    INVISIBLE = 0
    LETTER = 1
    HAN = 2
    DIGIT = 3
    PUNCTUATION = 4
    SYMBOL = 5


_CLASS_OF_MAJOR_CATEGORY = {
    "Z": _Class.INVISIBLE,
    "L": _Class.LETTER,
    "M": _Class.LETTER,
    "N": _Class.DIGIT,
    "P": _Class.PUNCTUATION,
    "S": _Class.SYMBOL,
    "C": _Class.SYMBOL,
}


def _class_of(character: str) -> _Class:
    category = unicodedata.category(character)
    is_control = category in {"Cc", "Cf"}
    return _Class.INVISIBLE if is_control else _CLASS_OF_MAJOR_CATEGORY[category[0]]


def _class_table() -> NDArray[np.uint8]:
    """Returns the class of each code point; unassigned planes and private use are symbols."""
    table = np.full(0x110000, _Class.SYMBOL, np.uint8)
    for block in _CATEGORIZED:
        table[block.start : block.stop] = [_class_of(chr(code_point)) for code_point in block]
    for first, last in HAN:
        table[first : last + 1] = _Class.HAN
    for first, last in _VARIATION_SELECTORS:
        table[first : last + 1] = _Class.INVISIBLE
    return table


_CLASSES = _class_table()


@dataclass(frozen=True, eq=False)
class Characters:
    """The visible characters of a text and how many there are of each kind.

    Visible is what is neither white space nor a control, format or variation
    character. Letters, digits and punctuation are those of Unicode's general
    categories (L and M, N, P); what remains is a symbol, damage such as lone
    surrogates and private use included. Han characters are letters, counted apart.

    Attributes:
        code_points: The visible characters, in order.
        han_count: Han characters.
        letter_count: Letters of other scripts.
        digit_count: Digits, full-width and circled ones included, not 一二三.
        punctuation_count: Punctuation.
        symbol_count: Symbols.
    """

    code_points: NDArray[np.uint32]
    han_count: int
    letter_count: int
    digit_count: int
    punctuation_count: int
    symbol_count: int

    @property
    def visible_count(self) -> int:
        """Number of visible characters."""
        return len(self.code_points)


@lru_cache(maxsize=1)
def characters(text: str) -> Characters:
    """Returns the characters of a text; those of the last text are remembered."""
    code_points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    classes = _CLASSES[code_points]
    counts = np.bincount(classes, minlength=len(_Class)).tolist()
    visible = code_points[classes != _Class.INVISIBLE]
    visible.flags.writeable = False
    return Characters(
        code_points=visible,
        han_count=counts[_Class.HAN],
        letter_count=counts[_Class.LETTER],
        digit_count=counts[_Class.DIGIT],
        punctuation_count=counts[_Class.PUNCTUATION],
        symbol_count=counts[_Class.SYMBOL],
    )


def share(part: float, whole: float) -> float:
    """Returns part over whole, and 0 where there is no whole."""
    return part / whole if whole else 0.0
