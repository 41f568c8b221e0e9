"""Texts with the forms of digits and letters made alike, and cheap looks at what is in them."""

import functools
import re

from jingyu.pipeline.page.mask import first_look

# Code points of one to nine in each series of enclosed digits.
_SERIES = ("①", "❶", "➀", "➊", "⑴")
_FOLDED = (
    {0xFF01 + i: 0x21 + i for i in range(94)}
    | {ord(first) + i: ord("1") + i for first in _SERIES for i in range(9)}
    | dict.fromkeys(map(ord, "⓪⓿"), ord("0"))
)
_ENCLOSED = "⓪⓿" + "".join(f"{first}-{chr(ord(first) + 8)}" for first in _SERIES)
_OTHER_FORMS = f"[０-９Ａ-Ｚａ-ｚ＠．－＿＃＋＝{_ENCLOSED}]"

_SPELLED = ("〇零○", "一壹幺", "二贰貳", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
CHINESE_DIGITS = {ord(form): str(i) for i, forms in enumerate(_SPELLED) for form in forms}
"""Digits of numbers that are spelled out, by code point. 两, 参 and 弍 are left out: too common in
words, or too rare in numbers."""

_DIGIT = "0-9０-９" + _ENCLOSED + "".join(map(chr, CHINESE_DIGITS))
UNSEEN = "\xad\u200b-\u200f\u2060\ufe0f\ufeff\u20e3"
"""Characters of a class that part nothing."""
JOINT = f" _\\-.·•‐-―－．{UNSEEN}"
"""Characters of a class that people put between the digits of a number; full stops too."""

_WIDE, _WIDE_SIGNS = "０-９Ａ-Ｚａ-ｚ＠", "＿＃＋＝．－"
_DOORS = "号號室栋幢"
_BASIC_PLANE = 0x10000


def has_number(text: str) -> bool:
    """Returns whether there are five digits in a row, a door number or what is to fold.

    Digits are spelled or enclosed ones, too, up to three joints between two of them; to fold are
    full-width letters and digits, and full-width signs before letters that were made ASCII.
    """
    return first_look.has_number(text, _bits())


@functools.cache
def _bits() -> bytes:
    """Returns what each character of the basic plane is, in the bits of first_look.c."""
    table = bytearray(_BASIC_PLANE)
    characters = "".join(map(chr, range(_BASIC_PLANE)))
    for place, kind in enumerate((_DIGIT, JOINT, _WIDE, _WIDE_SIGNS, _DOORS)):
        for found in re.finditer(f"[{kind}]", characters):
            table[found.start()] |= 1 << place
    return bytes(table)


def fold(text: str) -> str:
    """Returns the text with full-width letters, digits and joints and enclosed digits as ASCII.

    Each character becomes one character, so that positions stay.
    """
    return text if text.isascii() else first_look.fold(text, _forms())


@functools.cache
def _forms() -> bytes:
    """Returns what each character of the basic plane becomes, 0 for those that stay."""
    table = bytearray(_BASIC_PLANE)
    characters = "".join(map(chr, range(_BASIC_PLANE)))
    for found in re.finditer(_OTHER_FORMS, characters):
        table[found.start()] = _FOLDED[found.start()]
    return bytes(table)
