"""Texts as numbers: a random one for each character of the normal form."""

from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.minhash import mix, normal_values

LATIN_SCALE: Final = 2
"""Letters or digits of ASCII that tell as much as one other character, such as a Han."""
SEPARATOR: Final = 0x10FFFF
"""Stands between texts: a code point that Unicode gives no character."""
_POINTS = 0x110000
_ASCII_END = 0x80


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
    """Returns texts as numbers, equal where `pipeline.page.sign.minhash.normal_form` is.

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
    values = normal_values(np.arange(_POINTS, dtype=np.uint32))
    values[SEPARATOR] = mix(np.array([SEPARATOR], np.uint64))[0]
    of_ascii = values[:_ASCII_END]
    # The lowest bit tells letters and digits of ASCII from all others.
    is_ascii = np.isin(values, of_ascii[of_ascii != 0])
    return np.where(values == 0, values, (values & ~np.uint64(1)) | is_ascii)
