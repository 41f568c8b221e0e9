"""Which characters a model takes for others."""

import unicodedata

import numpy as np
from numpy.typing import NDArray

_HAN = range(0x4E00, 0xA000)
_BASIC_PLANE = 0x10000
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_TO_HALF = 0xFEE0
_LETTERS = range(ord("A"), ord("Z") + 1)
_TO_SMALL = 0x20
_SPACES = (0x09, 0x0B, 0x0C, 0x0D, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029,
           0x202F, 0x205F, 0x3000)  # fmt: skip


def plain_characters() -> NDArray[np.uint16]:
    """Returns rows of a character and what it is read as, for those of the basic plane that change.

    Traditional characters are read as simplified ones, full-width forms as half-width ones,
    capitals as small letters, every digit as 0 and white space but line ends as a space: a model of
    few examples should learn once what is the same.
    """
    plain = dict(_simplified())
    plain |= {point: point - _TO_HALF for point in _FULL_WIDTH}
    for point in (*_LETTERS, *(letter + _TO_HALF for letter in _LETTERS)):
        plain[point] = plain.get(point, point) + _TO_SMALL
    for point in range(_BASIC_PLANE):
        if unicodedata.category(chr(point)) == "Nd":
            plain[point] = ord("0")
    plain |= dict.fromkeys(_SPACES, ord(" "))
    return np.array(sorted(plain.items()), np.uint16)


def _simplified() -> list[tuple[int, int]]:
    import opencc

    # Each on a line of its own: a phrase would be converted as one.
    lines = opencc.OpenCC("t2s").convert("\n".join(map(chr, _HAN))).split("\n")
    changed = zip(_HAN, lines, strict=True)
    return [
        (point, ord(line))
        for point, line in changed
        if len(line) == 1 and ord(line) != point and ord(line) < _BASIC_PLANE
    ]
