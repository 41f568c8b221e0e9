"""Kinds of characters, counted for all lines of a page at once."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Indices = NDArray[np.int64]

_OTHER, _END, _PAUSE, _HAN, _DIGIT, _LETTER = range(6)
_KINDS = 6


def _kinds() -> NDArray[np.uint8]:
    kinds = np.zeros(1 << 16, np.uint8)
    for code in range(0x3400):
        character = chr(code)
        kinds[code] = _DIGIT if character.isdigit() else _LETTER if character.isalpha() else _OTHER
    # The last code stands for all beyond the basic plane.
    kinds[0x3400:0xA000] = kinds[0xF900:0xFB00] = kinds[0xFFFF] = _HAN
    kinds[[ord(character) for character in "。！？；!?;…"]] = _END
    kinds[[ord(character) for character in "，、：,“”‘’《》"]] = _PAUSE
    return kinds


def _closing() -> NDArray[np.float32]:
    closing = np.zeros(1 << 16, np.float32)
    closing[[ord(character) for character in "。！？；：!?;:…”’」）)】"]] = 1
    return closing


_KIND_OF = _kinds()
_CLOSES = _closing()


class Counted(NamedTuple):
    """What the characters of each line are."""

    lengths: Floats
    starts: Indices
    """Where each line begins in the text of all lines together, and where the last one ends."""
    ends: Floats
    """Marks that end a sentence, such as 。"""
    pauses: Floats
    """Marks within a sentence, such as ，"""
    shares: Floats
    """Share of Han, digits and other letters: a row per line."""
    closed: Floats
    """1 if the last character closes a sentence or a quotation."""


def count_characters(texts: Sequence[str]) -> Counted:
    """Returns the counts of each line; no line is empty."""
    count = len(texts)
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = np.minimum(codes, 0xFFFF)
    # Whole numbers: from 16,777,216 on, a float of 32 bits misses every other one.
    sizes = np.fromiter(map(len, texts), np.int64, count)
    starts = np.zeros(count + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    lengths = sizes.astype(np.float32)
    line = np.repeat(np.arange(count) * _KINDS, sizes)
    table = np.bincount(line + _KIND_OF[codes], minlength=count * _KINDS).reshape(count, _KINDS)
    counts = table.astype(np.float32)
    return Counted(
        lengths,
        starts,
        counts[:, _END],
        counts[:, _PAUSE],
        counts[:, _HAN:] / lengths[:, None],
        _CLOSES[codes[starts[1:] - 1]],
    )
