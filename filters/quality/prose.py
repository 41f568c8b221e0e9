"""How much of a text is running prose, whatever menus stand around it."""

from functools import cache, lru_cache
from typing import NamedTuple

from jingyu.filters.quality.characters import share
from jingyu.filters.quality.outline import prose_lines

_LEAST_LENGTH = 24
_LONGEST_CLAUSE = 60
_MARKS = "，。,；！？"


class _Prose(NamedTuple):
    """Code points of prose, of its longest line, and of all lines."""

    chars: int
    longest: int
    length: int


def prose_count(text: str) -> int:
    """Returns the code points in lines of prose.

    Such a line has 24 code points or more, and at least one of 。，；！？ or a half-width comma for
    every 60 of them. Menus, tables and lists of links are none, however many a page has.

    Source: own measurement (2026-11): with this and the next two beside its other signals, a model
    of 1,379 crawl texts raises the precision on raw crawl at 85 % recall from 0.35 to 0.41, on
    sites that it did not see.
    """
    return _prose(text).chars


def prose_ratio(text: str) -> float:
    """Returns the share of the lines' code points that stand in lines of prose (`prose_count`)."""
    found = _prose(text)
    return share(found.chars, found.length)


def longest_prose_length(text: str) -> int:
    """Returns the code points of the longest line of prose (`prose_count`), 0 without any."""
    return _prose(text).longest


@lru_cache(maxsize=1)
def _prose(text: str) -> _Prose:
    """Returns what prose there is; of the last text."""
    return _Prose(*prose_lines(text, _table(), _LEAST_LENGTH, _LONGEST_CLAUSE))


@cache
def _table() -> bytes:
    """Returns what each code point of the basic plane is, in the bit of outline.c."""
    table = bytearray(0x10000)
    for mark in map(ord, _MARKS):
        table[mark] = 1 << 5
    return bytes(table)
