"""Texts as numbers: a random one for each character of the normal form."""

from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.text.minhash import mix, normal_form

LATIN_SCALE: Final = 2
"""Letters or digits of ASCII that tell as much as one other character, such as a Han."""
SEPARATOR: Final = 0x10FFFF
"""Stands between texts: a code point that Unicode gives no character."""
_POINTS = 0x110000
_FOLDED_END = 0x40000
_ASCII_END = 0x80
# The normal form leaves it as it is and turns nothing else into it.
_BETWEEN = "\u3400"


class Characters(NamedTuple):
    """Texts one after another.

    Attributes:
        values: A 64-bit number for each character of the normal forms, and for the separator
            that ends each text.
        is_kept: Whether each code point of the texts, joined by separators, is in the values.
        starts: Where each text starts among those code points; the last is their end.
    """

    values: NDArray[np.uint64]
    is_kept: NDArray[np.bool_]
    starts: NDArray[np.int64]


def characters_of(texts: Sequence[str]) -> Characters:
    """Returns texts as numbers, equal where `pipeline.text.minhash.normal_form` is.

    Lone surrogates are left out, as the normal form leaves them out.
    """
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    starts = np.concatenate([[0], np.cumsum(lengths + 1)])
    joined = chr(SEPARATOR).join([*texts, ""])
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), "<u4")
    values = _values().take(points)
    is_kept = values != 0
    return Characters(np.compress(is_kept, values), is_kept, starts)


def is_letter(values: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Returns which characters are letters or digits of ASCII."""
    return (values & np.uint64(1)).astype(np.bool_)


def weights_of(values: NDArray[np.uint64]) -> NDArray[np.float32]:
    """Returns what each character counts: 1, letters and digits of ASCII less."""
    return np.where(is_letter(values), np.float32(1 / LATIN_SCALE), np.float32(1))


@cache
def _values() -> NDArray[np.uint64]:
    """Returns the number of each code point; 0 stands for what the normal form leaves out."""
    folded = np.zeros(_POINTS, np.uint64)
    characters = [chr(point) for point in range(_FOLDED_END) if chr(point) != _BETWEEN]
    forms = normal_form(_BETWEEN.join(characters)).split(_BETWEEN)
    folded[[ord(character) for character in characters]] = [
        ord(form) if form else 0 for form in forms
    ]
    folded[ord(_BETWEEN)] = ord(_BETWEEN)
    folded[SEPARATOR] = SEPARATOR
    values = mix(folded * np.uint64(0x9E3779B97F4A7C15))
    # The lowest bit tells letters and digits of ASCII from all others.
    values = (values & ~np.uint64(1)) | (folded < np.uint64(_ASCII_END))
    values[folded == 0] = 0
    return values
