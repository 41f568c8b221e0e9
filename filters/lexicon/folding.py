"""The one form in which terms and texts are compared, with the way back to the text."""

import functools
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import opencc
from numpy.typing import NDArray

_UNCHANGED = (range(0x3400, 0xA000), range(0xAC00, 0xD7B0), range(0x20000, 0x2F800))
_FOLDED = (range(0x20000), range(0x2F800, 0x2FA20), range(0xE0000, 0xE0200))
_HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x2A6E0))
_WORD_LETTERS = (range(0x0E00), range(0x1E00, 0x2000))
_BREAKS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029")
_SIGNS = frozenset("*#@&%/\\-.·•‧・")
_SEPARATOR = ord(" ")

MAX_GAP = 3
"""Most spaces and symbols in a row that may stand between two characters of a term."""


class Kind(IntEnum):
    """What a character is to the matching; the first three are counted in shares."""

    PLAIN = 0
    """Han, punctuation and all else."""
    LETTER = 1
    """A letter of a script that sets spaces between words."""
    DIGIT = 2
    BREAK = 3
    """A line end or tab: no term goes across it."""
    SYMBOL = 4
    """A space, symbol or sign that may be put between the characters of a term."""
    INVISIBLE = 5


@dataclass(frozen=True, eq=False)
class Folded:
    """The form of a text in which terms are looked for.

    Attributes:
        code_points: Its characters.
        kinds: The `Kind` of each.
        positions: Where each stands in the text.
        text_kinds: The `Kind` of each character of the text.
    """

    code_points: NDArray[np.uint32]
    kinds: NDArray[np.uint8]
    positions: NDArray[np.int64]
    text_kinds: NDArray[np.uint8]


def fold(text: str, *, tolerate_symbols: bool = True, simplify: bool = True) -> Folded:
    """Returns a text without width, case and what hides words in it.

    Full-width, circled and other compatibility forms become plain ones, letters small. Invisible
    characters go; so do spaces and symbols, up to `MAX_GAP` in a row. A longer row, and any
    between two letters or digits of words, becomes one space.

    Args:
        text: Any string, lone surrogates included.
        tolerate_symbols: Whether spaces and symbols go.
        simplify: Whether traditional characters become simplified ones, one by one.
    """
    table, kind_table = _tables(simplify)
    given = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    kinds = kind_table[given]
    dropped = kinds >= (Kind.SYMBOL if tolerate_symbols else Kind.INVISIBLE)
    if not dropped.any():
        return Folded(table[given], kinds, np.arange(len(given)), kinds)
    separators = _separators(kinds, dropped)
    is_kept = ~dropped
    is_kept[separators] = True
    positions = np.flatnonzero(is_kept)
    code_points = np.where(dropped, np.uint32(_SEPARATOR), table[given])[positions]
    return Folded(code_points, kinds[positions], positions, kinds)


def folded_each(
    texts: Iterable[str], *, tolerate_symbols: bool = True, simplify: bool = True
) -> list[str]:
    """Returns the characters of `fold` for each of many words; white space counts as one space."""
    lines = [" ".join(text.split()) for text in texts]
    if not lines:
        return []
    form = fold("\n".join(lines), tolerate_symbols=tolerate_symbols, simplify=simplify)
    characters = form.code_points.astype("<u4").tobytes()
    return characters.decode("utf-32-le", "surrogatepass").split("\n")


def kind_of(character: str) -> Kind:
    """Returns what a character is to the matching."""
    _, kinds = _tables(simplify=True)
    return Kind(kinds[ord(character)])


def _separators(kinds: NDArray[np.uint8], dropped: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Returns, for each gap that parts what stands around it, the place of its first character."""
    kept = np.flatnonzero(~dropped)
    left, right = kept[:-1], kept[1:]
    gaps = np.flatnonzero(right - left > 1)
    left, right = left[gaps], right[gaps]
    are_words = _is_word(kinds[left]) & _is_word(kinds[right])
    are_symbols = kinds[left + 1] == Kind.SYMBOL
    parting = (right - left - 1 > MAX_GAP) | (are_words & are_symbols)
    return np.asarray(left[parting] + 1)


def _is_word(kinds: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return np.asarray((kinds == Kind.LETTER) | (kinds == Kind.DIGIT))


@functools.cache
def _tables(simplify: bool) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:  # noqa: FBT001 (a key of the cache)
    """Returns the folded form and the kind of each code point."""
    forms = np.arange(0x110000, dtype=np.uint32)
    kinds = np.full(0x110000, Kind.SYMBOL, np.uint8)
    for block in _FOLDED:
        for code_point in block:
            if not any(code_point in unchanged for unchanged in _UNCHANGED):
                form = _folded_character(chr(code_point))
                forms[code_point], kinds[code_point] = ord(form), _kind(chr(code_point), form)
    for block in (*_UNCHANGED, range(0x30000, 0x323B0)):
        kinds[block.start : block.stop] = Kind.PLAIN
    if simplify:
        simple = np.arange(0x110000, dtype=np.uint32)
        for block in _HAN:
            simple[block.start : block.stop] = _simplified(block)
        forms = simple[forms]
    return forms, kinds


def _folded_character(character: str) -> str:
    compatible = unicodedata.normalize("NFKC", character)
    plain = compatible if len(compatible) == 1 else character
    small = plain.lower()
    return small if len(small) == 1 else plain


def _kind(character: str, form: str) -> Kind:
    category = unicodedata.category(form)
    if character in _BREAKS:
        return Kind.BREAK
    if form in "0123456789":
        return Kind.DIGIT
    if category in {"Cc", "Cf", "Mn", "Me"}:
        return Kind.INVISIBLE
    if category[0] in "SZC" or category == "Pc" or form in _SIGNS:
        return Kind.SYMBOL
    is_letter = category[0] == "L" and any(ord(form) in block for block in _WORD_LETTERS)
    return Kind.LETTER if is_letter else Kind.PLAIN


def _simplified(block: range) -> list[int]:
    # Each on a line of its own: a phrase would be converted as one.
    lines = opencc.OpenCC("t2s").convert("\n".join(map(chr, block))).split("\n")
    return [
        ord(line) if len(line) == 1 else code_point
        for code_point, line in zip(block, lines, strict=True)
    ]
