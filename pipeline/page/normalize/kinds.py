"""Which characters there are to normalization: of what kind, and whether a text may have to change.

The tables are made once, so that a text of settled characters costs one look at each.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator
from enum import IntEnum, IntFlag

import numpy as np

from jingyu.pipeline.page.normalize.variants import FULL_WIDTH, HALF_WIDTH, SIGNS, ordinary

LINE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
# Controls, lone surrogates, noncharacters: no text means one.
MEANINGLESS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
# What says how to show others: direction, joining, variation, annotation, language tags.
FORMATTING = (
    "\xad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb"
)
_SPACES = " \xa0\u1680\u2000\u2002\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
# As wide as a Han character: one of these sets apart what two ordinary spaces would.
_WIDE_SPACES = "\u2001\u2003\u3000"
# Letters of Han, kana and bopomofo; then their punctuation and the full-width one. Combining marks
# stay out: a space is all that keeps them from changing the character before.
_LETTERS = (
    *((0x3005, 0x3005), (0x3007, 0x3007), (0x3021, 0x3029), (0x3031, 0x3035), (0x3038, 0x303C)),
    *((0x3041, 0x3096), (0x309D, 0x309F), (0x30A1, 0x30FA), (0x30FC, 0x30FF), (0x3105, 0x312F)),
    *((0x31A0, 0x31BF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF)),
    *((0xFF66, 0xFF9D), (0x20000, 0x323AF)),
)
_SIGNS = (
    *((0x3001, 0x3029), (0x3030, 0x303F), (0x309B, 0x309C), (0x30A0, 0x30A0), (0x30FB, 0x30FB)),
    *((0xFE10, 0xFE19), (0xFE30, 0xFE4F), (0xFF01, 0xFF0F), (0xFF1A, 0xFF20), (0xFF3B, 0xFF40)),
    (0xFF5B, 0xFF9F),
)
# Shared with Latin script: a space beside one of these goes only if CJK is on its other side.
_QUOTES = "“”‘’…"

_PLANE = 0x10000
# Blocks of which some characters are not settled. Between them stand Han and Hangul syllables.
_MIXED = (range(0x3400), range(0xA000, 0xAC00), range(0xD7A4, 0xE000), range(0xF900, _PLANE))
# Beyond the basic plane emoji are settled, and Han but for their compatibility forms.
_UNSETTLED_BEYOND = (range(_PLANE, 0x1F000), range(0x1FB00, 0x20000), range(0x2F800, 0x30000))
# Vowels and finals of Hangul, which join what stands before them.
_JOINING_JAMO = (range(0x1161, 0x1176), range(0x11A8, 0x11C3))


class _Kind(IntEnum):
    """Of what kind a character is, as in spacing.c; there the last gap of these stays."""

    OTHER = 0
    SIGN = 1
    QUOTE = 2
    LETTER = 3
    SPACE = 4
    WIDE_SPACE = 5
    TAB = 6
    LINE_END = 7


class Flag(IntFlag):
    """What a text may have to change for a character."""

    UNSEEN = 8
    """It goes, or is an end of a line."""
    FORM = 16
    """It is not composed, composes with another, or is a mark of which there may be too many."""
    WIDTH = 32
    VARIANT = 64


@functools.cache
def kinds() -> bytes:
    """Returns the kind of each code point and its flags; the end of the table is for all beyond."""
    table = np.zeros(_LETTERS[-1][1] + 2, np.uint8)
    for blocks, kind in ((_SIGNS, _Kind.SIGN), (_LETTERS, _Kind.LETTER)):
        for first, last in blocks:
            table[first : last + 1] = kind
    single = {
        _QUOTES: _Kind.QUOTE,
        _SPACES: _Kind.SPACE,
        _WIDE_SPACES: _Kind.WIDE_SPACE,
        "\t": _Kind.TAB,
        "\n": _Kind.LINE_END,
    }
    for characters, kind in single.items():
        table[[ord(character) for character in characters]] = kind
    for flag, points in _flagged():
        table[points] |= np.uint8(flag)
    for block in _UNSETTLED_BEYOND:
        table[block.start : block.stop] |= np.uint8(Flag.UNSEEN | Flag.FORM)
    table[-1] |= np.uint8(Flag.UNSEEN | Flag.FORM)
    return table.tobytes()


def _flagged() -> Iterator[tuple[Flag, list[int]]]:
    """Yields the code points of the basic plane that have a flag.

    Each process works them out, so that what is asked of all points is asked in C.
    """
    characters = "".join(chr(point) for block in _MIXED for point in block)
    yield Flag.UNSEEN, _points_in(f"[{LINE_ENDS}{MEANINGLESS}{FORMATTING}]", characters)
    yield Flag.WIDTH, _points_in(f"[{FULL_WIDTH}{HALF_WIDTH}{SIGNS}]", characters)
    yield Flag.VARIANT, list(ordinary())
    decompositions = map(unicodedata.decomposition, characters)
    # What has a tag is no canonical form, and what has no form is its own.
    canonical = [
        (ord(character), found.split())
        for character, found in zip(characters, decompositions, strict=True)
        if found and found[0] != "<"
    ]
    changed = {point for point, _ in canonical if not unicodedata.is_normalized("NFC", chr(point))}
    # The second of two that may be composed.
    changed |= {int(parts[1], 16) for _, parts in canonical if parts[1:]}
    changed.update(map(ord, filter(unicodedata.combining, characters)), *_JOINING_JAMO)
    # Of half-width signs some become marks.
    changed.update(_points_in(f"[{HALF_WIDTH}]", characters))
    yield Flag.FORM, sorted(changed.intersection(map(ord, characters)))


def _points_in(pattern: str, characters: str) -> list[int]:
    return list(map(ord, re.findall(pattern, characters)))
