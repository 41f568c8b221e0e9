"""Canonical form of main text, before anything is measured on it."""

import functools
import re
import sys
import unicodedata
from enum import IntEnum
from typing import Any

import numpy as np

from jingyu.filters.code import code_stretches
from jingyu.pipeline.page.normalize.spacing import is_settled, set_spaces

_LINE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
_LINE_END = re.compile(f"[{_LINE_ENDS}]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
# Characters that nobody sees: controls, lone surrogates, noncharacters, and those that say how to
# show others (direction, joining, variation, annotation, language tags).
_UNSEEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff"
)
_UNSEEN_ASTRAL = "\U000e0000-\U000e0fff" + "".join(
    chr(plane + 0xFFFE) + chr(plane + 0xFFFF) for plane in range(0x10000, sys.maxunicode, 0x10000)
)
# Composing sorts stacked marks in quadratic time. Source: UAX #15, Stream-Safe Text Format.
_MAX_MARKS = 30
_PLANE = 0x10000

_SPACES = (
    " \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u202f\u205f\u3000"
)
# Han, kana and bopomofo, their punctuation and the full-width one. Combining marks stay out: a
# space is all that keeps them from changing the character before.
_CJK = (
    *((0x3001, 0x3029), (0x3030, 0x303F), (0x3041, 0x3096), (0x309B, 0x30FF), (0x3105, 0x312F)),
    *((0x31A0, 0x31BF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF)),
    *((0xFE10, 0xFE19), (0xFE30, 0xFE4F), (0xFF01, 0xFF0F), (0xFF1A, 0xFF20), (0xFF3B, 0xFF40)),
    *((0xFF5B, 0xFF9F), (0x20000, 0x323AF)),
)
# All but the ideographic one, which has the width of a Han character in a program, too.
_ODD_SPACE = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f]")
_INDENTS = " \t\xa0"
# White space that only a program means: before a line, between lines, more than one space in one.
_MEANT = ("  ", " \t", "\n\n", *(f"\n{space}" for space in _INDENTS))
# Shared with Latin script: a space beside one of these goes only if CJK is on its other side.
_QUOTES = "“”‘’…"

# Blocks of which some characters are not settled. Between them stand Han and Hangul syllables.
_MIXED = (range(0x3400), range(0xA000, 0xAC00), range(0xD7A4, 0xE000), range(0xF900, _PLANE))
# Beyond the basic plane emoji are settled, and Han but for their compatibility forms.
_UNSETTLED_BEYOND = (range(_PLANE, 0x1F000), range(0x1FB00, 0x20000), range(0x2F800, 0x30000))
# Vowels and finals of Hangul, which join what stands before them.
_JOINING_JAMO = (range(0x1161, 0x1176), range(0x11A8, 0x11C3))


class _Kind(IntEnum):
    """Of what kind a character is, as in spacing.c; there the last gap of these stays."""

    OTHER = 0
    CJK = 1
    QUOTE = 2
    SPACE = 3
    TAB = 4
    LINE_END = 5


_UNSETTLED = 8
_FORMS = (range(0x2E80, 0x2FD6), range(0xFE10, 0xFE1A), range(0xFE30, 0xFE49))
_FULL_WIDTH = 0xFEE0
_DOTS = {0xFE19: "…", 0xFE30: "‥"}


def normalize(text: str) -> str:
    r"""Returns the canonical form of a text: one for all that looks the same.

    - Control characters, lone surrogates, noncharacters and invisible formatting characters are
      removed. Zero-width joiners and variation selectors are among these, so that a joined emoji
      becomes its parts.
    - Radicals that stand for Han (⼀ for 一, as in PDF) and forms for vertical writing become
      ordinary characters.
    - NFC, not NFKC: full-width punctuation stays. Of stacked combining marks 30 remain.
    - Every line end becomes `\n`; lines are stripped, empty ones dropped.
    - Runs of spaces of any width become one space. Spaces between two CJK characters go, those
      beside Latin letters and digits stay.
    - Tabs part the cells of a table, and stay as many as they are, since a cell may be empty. So
      they do at the beginning of a line that holds another one or stands below a line with cells.
    - Code keeps its white space: indentation, spaces in lines, and lines that are empty within it.
      What is code is for `filters.code` to say; its no-break spaces become spaces.

    Any string is accepted; the form of the form is itself.

    Source: rule 12 of WuDaoCorpora (Yuan et al., AI Open 2, 2021) on spaces, limited to CJK.
    """
    kinds = _kinds()
    composed = text if is_settled(text, kinds) else _composed(text)
    spaced = set_spaces(composed, kinds)
    if spaced is composed or not ("\xa0" in composed or _is_uneven(composed)):
        return spaced
    return _with_code(composed, spaced, kinds)


def _is_uneven(text: str) -> bool:
    """Returns whether a text has white space that a program may mean; most texts have none."""
    return text[:1] in _INDENTS or any(space in text for space in _MEANT)


def _with_code(composed: str, spaced: str, kinds: bytes) -> str:
    """Returns a text with the white space of its code, and else with its spaces set."""
    lines = composed.split("\n")
    parts, at = [], 0
    for start, end in code_stretches(lines):
        code = "\n".join(map(_as_code, lines[start:end]))
        # What is even may be read again without a look for code: it must come to the same then.
        if _is_uneven(code):
            parts += [set_spaces("\n".join(lines[at:start]), kinds), code]
            at = end
    if not parts:
        return spaced
    parts.append(set_spaces("\n".join(lines[at:]), kinds))
    return "\n".join(filter(None, parts))


def _as_code(line: str) -> str:
    return _ODD_SPACE.sub(" ", line).rstrip().lstrip("\u3000")


def to_simplified(text: str) -> str:
    """Returns the text in simplified characters, by OpenCC's phrases (configuration t2s).

    Lone surrogates, which OpenCC cannot read, become question marks; normalized text has none.
    """
    readable = text.encode("utf-8", "replace").decode("utf-8")
    return str(_converter().convert(readable))


def _composed(text: str) -> str:
    # Classes within the basic plane match ten times as fast.
    unseen, stacked = _cleaners(beyond_basic_plane=_ASTRAL.search(text) is not None)
    text = stacked.sub(r"\1", unseen.sub("", _LINE_END.sub("\n", text))).translate(_ordinary())
    if unicodedata.is_normalized("NFC", text):
        return text
    # A composed mark may come apart into several.
    return stacked.sub(r"\1", unicodedata.normalize("NFC", text))


@functools.cache
def _ordinary() -> dict[int, str]:
    """Returns the ordinary character of each radical and each form for vertical writing."""
    return {point: found for block in _FORMS for point in block if (found := _ordinary_of(point))}


def _ordinary_of(point: int) -> str | None:
    """Returns the character that Unicode finds compatible, full width; none if it finds none."""
    character = chr(point)
    if point in _DOTS:
        return _DOTS[point]
    found = unicodedata.normalize("NFKC", character)
    if found == character:
        return None
    return "".join(chr(ord(each) + _FULL_WIDTH) if "!" <= each <= "~" else each for each in found)


@functools.cache
def _cleaners(*, beyond_basic_plane: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Returns what finds the characters that nobody sees, and marks beyond those that remain."""
    unseen = _UNSEEN + _UNSEEN_ASTRAL if beyond_basic_plane else _UNSEEN
    marks = _marks(2 * _PLANE if beyond_basic_plane else _PLANE)
    return re.compile(f"[{unseen}]"), re.compile(f"([{marks}]{{{_MAX_MARKS}}})[{marks}]+")


@functools.cache
def _kinds() -> bytes:
    """Returns the kind of each code point, and whether it is settled: composed, seen, no mark.

    The end of the table stands for all beyond it.
    """
    kinds = np.zeros(_CJK[-1][1] + 2, np.uint8)
    for first, last in _CJK:
        kinds[first : last + 1] = _Kind.CJK
    signs = {_QUOTES: _Kind.QUOTE, _SPACES: _Kind.SPACE, "\t": _Kind.TAB, "\n": _Kind.LINE_END}
    for characters, kind in signs.items():
        kinds[[ord(character) for character in characters]] = kind
    kinds[_unsettled()] |= _UNSETTLED
    for block in _UNSETTLED_BEYOND:
        kinds[block.start : block.stop] |= _UNSETTLED
    kinds[-1] |= _UNSETTLED
    return kinds.tobytes()


def _unsettled() -> list[int]:
    """Returns the code points of the basic plane at which a text may have to change.

    Each process works them out, so that what is asked of all points is asked in C.
    """
    characters = "".join(chr(point) for block in _MIXED for point in block)
    parts = map(unicodedata.decomposition, characters)
    # What has a tag is no canonical form, and what has no form is its own.
    canonical = [
        (character, part.split())
        for character, part in zip(characters, parts, strict=True)
        if part and part[0] != "<"
    ]
    unsettled = {each for each, _ in canonical if not unicodedata.is_normalized("NFC", each)}
    # The second of two that may be composed.
    unsettled |= {chr(int(forms[1], 16)) for _, forms in canonical if forms[1:]}
    unsettled.update(filter(unicodedata.combining, characters))
    unsettled.update(re.findall(f"[{_LINE_ENDS}{_UNSEEN}]", characters))
    unsettled.update(map(chr, _ordinary()), *(map(chr, jamo) for jamo in _JOINING_JAMO))
    return sorted(map(ord, unsettled.intersection(characters)))


def _marks(end: int) -> str:
    return "".join(filter(unicodedata.combining, map(chr, range(end))))


@functools.cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")
