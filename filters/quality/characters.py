"""The characters of a text, classed once for all signals that count them."""

import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from jingyu.filters.quality.kind_counts import take_kinds

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
# Between them stand Han, surrogates and private use, beyond them planes without letters.
_CATEGORIZED = (
    range(0x3400),
    range(0xA000, 0xD800),
    range(0xF900, 0x20000),
    range(0xE0000, 0xE0200),
)


class _Class(IntEnum):
    INVISIBLE = 0
    LETTER = 1
    HAN = 2
    DIGIT = 3
    PUNCTUATION = 4
    SYMBOL = 5


_CATEGORIES_OF = {
    _Class.INVISIBLE: "Zs Zl Zp Cc Cf",
    _Class.LETTER: "Lu Ll Lt Lm Lo Mn Mc Me",
    _Class.DIGIT: "Nd Nl No",
    _Class.PUNCTUATION: "Pc Pd Ps Pe Pi Pf Po",
    _Class.SYMBOL: "Sm Sc Sk So Cs Co Cn",
}


@cache
def _class_table() -> bytes:
    """Returns the class of each code point; unassigned planes and private use are symbols."""
    class_of = {
        category: int(number)
        for number, categories in _CATEGORIES_OF.items()
        for category in categories.split()
    }
    table = np.full(0x110000, _Class.SYMBOL, np.uint8)
    for block in _CATEGORIZED:
        classes = bytes(map(class_of.__getitem__, map(unicodedata.category, map(chr, block))))
        table[block.start : block.stop] = np.frombuffer(classes, np.uint8)
    for first, last in HAN:
        table[first : last + 1] = _Class.HAN
    for first, last in _VARIATION_SELECTORS:
        table[first : last + 1] = _Class.INVISIBLE
    return table.tobytes()


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
    visible, counts = take_kinds(text, _class_table(), len(_Class))
    return Characters(
        code_points=np.frombuffer(visible, np.uint32),
        han_count=counts[_Class.HAN],
        letter_count=counts[_Class.LETTER],
        digit_count=counts[_Class.DIGIT],
        punctuation_count=counts[_Class.PUNCTUATION],
        symbol_count=counts[_Class.SYMBOL],
    )


def share(part: float, whole: float) -> float:
    """Returns part over whole, and 0 where there is no whole."""
    return part / whole if whole else 0.0
