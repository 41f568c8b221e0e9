"""What a page's bytes beyond ASCII are as UTF-8, told without decoding them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_WORD_BYTES = 8
_HIGH_BITS = np.uint64(0x8080808080808080)


class Sequences(NamedTuple):
    """How many stretches of bytes look like a character beyond ASCII, by their length.

    A few are none: overlong forms, halves of surrogate pairs, and points beyond the last.
    """

    two: int
    three: int
    four: int


def without_ascii(payload: bytes) -> bytes:
    """Returns a page without most of its ASCII; what that kept apart stays apart.

    Left out are words of eight bytes that are ASCII and follow ASCII. In UTF-8, GB18030 and Big5,
    where a character has at most four bytes, what remains reads as it did.
    """
    words = np.frombuffer(payload, np.uint64, len(payload) // _WORD_BYTES)
    is_high = (words & _HIGH_BITS) != 0
    is_kept = is_high.copy()
    is_kept[1:] |= is_high[:-1]
    kept: bytes = words[is_kept].tobytes()
    return kept + payload[words.nbytes :]


def high_byte_count(data: NDArray[np.uint8]) -> int:
    """Returns the number of bytes that are not ASCII."""
    return int(np.count_nonzero(data >= np.uint8(0x80)))


def sequences(data: NDArray[np.uint8]) -> Sequences:
    """Returns how many stretches of bytes look like a character of two, three and four."""
    continues = (data & np.uint8(0xC0)) == np.uint8(0x80)
    pairs = continues[1:-1] & continues[2:]
    two = (data[:-1] - np.uint8(0xC2) < np.uint8(0x1E)) & continues[1:]
    three = (data[:-2] - np.uint8(0xE0) < np.uint8(0x10)) & pairs
    four = (data[:-3] - np.uint8(0xF0) < np.uint8(5)) & pairs[:-1] & continues[3:]
    return Sequences(*(int(np.count_nonzero(found)) for found in (two, three, four)))


def is_mostly_lost(payload: bytes, most_lost: float) -> bool:
    """Returns whether more than a share of what is beyond ASCII is certainly no UTF-8.

    What a decoder replaces is three bytes long at most. False does not mean that there is less.
    """
    data = np.frombuffer(without_ascii(payload), np.uint8)
    found = sequences(data)
    in_characters = 2 * found.two + 3 * found.three + 4 * found.four
    fewest_lost = (high_byte_count(data) - in_characters) / 3
    most_units = found.two + found.three + 2 * found.four
    return fewest_lost > most_lost * (fewest_lost + most_units)
