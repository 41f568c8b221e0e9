"""Canonical form of main text, before anything is measured on it."""

import functools
import re
import sys
import unicodedata
from typing import Any

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

_UNICODE_SPACE = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SPACES = re.compile("  +")
_CELL_END = re.compile(" ?\t[ \t]*")
# Han, kana and bopomofo, their punctuation and the full-width one. Combining marks stay out: a
# space is all that keeps them from changing the character before.
_CJK = (
    "\u3001-\u3020\u3021-\u3029\u3030-\u303f\u3041-\u3096\u309b-\u30ff\u3105-\u312f\u31a0-\u31bf"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe4f\uff01-\uff0f"
    "\uff1a-\uff20\uff3b-\uff40\uff5b-\uff9f\U00020000-\U000323af"
)
# Shared with Latin script: a space beside one of these goes only if CJK is on its other side.
_QUOTES = "“”‘’…"
_CJK_SPACE = re.compile(f" (?:(?<=[{_CJK}] )(?=[{_CJK}{_QUOTES}])|(?<=[{_QUOTES}] )(?=[{_CJK}]))")


def normalize(text: str) -> str:
    r"""Returns the canonical form of a text: one for all that looks the same.

    - Control characters, lone surrogates, noncharacters and invisible formatting characters are
      removed. Zero-width joiners and variation selectors are among these, so that a joined emoji
      becomes its parts.
    - NFC, not NFKC: full-width punctuation stays. Of stacked combining marks 30 remain.
    - Every line end becomes `\n`; lines are stripped, empty ones dropped.
    - Runs of spaces of any width become one space. Spaces between two CJK characters go, those
      beside Latin letters and digits stay. A run with a tab becomes one tab, which parts the cells
      of a table and stays between CJK characters too.

    Any string is accepted; the form of the form is itself.

    Source: rule 12 of WuDaoCorpora (Yuan et al., AI Open 2, 2021) on spaces, limited to CJK.
    """
    text = _composed(text)
    text = _SPACES.sub(" ", _UNICODE_SPACE.sub(" ", text))
    if "\t" in text:
        text = _CELL_END.sub("\t", text)
    lines = (line.strip(" \t") for line in _CJK_SPACE.sub("", text).split("\n"))
    return "\n".join(filter(None, lines))


def to_simplified(text: str) -> str:
    """Returns the text in simplified characters, by OpenCC's phrases (configuration t2s).

    Lone surrogates, which OpenCC cannot read, become question marks; normalized text has none.
    """
    readable = text.encode("utf-8", "replace").decode("utf-8")
    return str(_converter().convert(readable))


def _composed(text: str) -> str:
    # Classes within the basic plane match ten times as fast, and one of them is enough for most.
    beyond_basic_plane = _ASTRAL.search(text) is not None
    unseen, stacked = _cleaners(beyond_basic_plane=beyond_basic_plane)
    if beyond_basic_plane or _unclean().search(text):
        text = stacked.sub(r"\1", unseen.sub("", _LINE_END.sub("\n", text)))
    if unicodedata.is_normalized("NFC", text):
        return text
    # A composed mark may come apart into several.
    return stacked.sub(r"\1", unicodedata.normalize("NFC", text))


@functools.cache
def _cleaners(*, beyond_basic_plane: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Returns what finds the characters that nobody sees, and marks beyond those that remain."""
    unseen = _UNSEEN + _UNSEEN_ASTRAL if beyond_basic_plane else _UNSEEN
    marks = _marks(2 * _PLANE if beyond_basic_plane else _PLANE)
    return re.compile(f"[{unseen}]"), re.compile(f"([{marks}]{{{_MAX_MARKS}}})[{marks}]+")


@functools.cache
def _unclean() -> re.Pattern[str]:
    """Returns what finds a character of the basic plane that may not stay as it is."""
    return re.compile(f"[{_LINE_ENDS}{_UNSEEN}{_marks(_PLANE)}]")


def _marks(end: int) -> str:
    return "".join(filter(unicodedata.combining, map(chr, range(end))))


@functools.cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")
