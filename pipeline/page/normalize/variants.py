"""Characters that stand for ordinary ones: radicals, vertical forms, other widths."""

import functools
import re
import unicodedata

FULL_WIDTH = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
"""Letters and digits; full-width punctuation is what Chinese is written with."""
HALF_WIDTH = "\uff61-\uffdc\uffe8-\uffee"
"""Kana, Hangul and their signs."""
SIGNS = "．％"
"""Behind a digit, they are part of a number."""

_OTHER_WIDTH = re.compile(f"[{FULL_WIDTH}{HALF_WIDTH}]+")
_OF_NUMBER = re.compile("(?<=[0-9])．(?=[0-9])|(?<=[0-9])％")
_FORMS = (range(0x2E80, 0x2FD6), range(0xFE10, 0xFE1A), range(0xFE30, 0xFE49))
_FULL_WIDTH = 0xFEE0
_DOTS = {0xFE19: "…", 0xFE30: "‥"}
_PLAIN = {"．": ".", "％": "%"}


@functools.cache
def ordinary() -> dict[int, str]:
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
def _any_form() -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(chr, ordinary()))}]")


def with_ordinary(text: str) -> tuple[str, int]:
    """Returns a text without radicals and forms for vertical writing, and how many it had."""
    return _any_form().subn(lambda found: ordinary()[ord(found[0])], text)


def with_usual_width(text: str) -> tuple[str, int]:
    """Returns a text in which characters have their usual width, and how many had another.

    Full-width letters and digits become those of ASCII, half-width kana full-width ones. Full-width
    punctuation stays, but for the point and the percent sign of a number.
    """
    runs = _OTHER_WIDTH.findall(text)
    if runs:
        # Compatible to each of these is the character of usual width, and nothing else.
        text = _OTHER_WIDTH.sub(lambda run: unicodedata.normalize("NFKC", run[0]), text)
    text, count = _OF_NUMBER.subn(lambda sign: _PLAIN[sign[0]], text)
    return text, sum(map(len, runs)) + count
