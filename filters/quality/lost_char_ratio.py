"""How much of a text is characters that were lost."""

import functools

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.filters.quality.characters import characters, share
from jingyu.filters.quality.kind_counts import count_kinds

_UNREADABLE = ((0xE000, 0xF8FF), (0xFFFD, 0xFFFD), (0xF0000, 0x10FFFF))
"""First and last code points of what nobody can read: private use and U+FFFD."""
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_MARK = lazy_pattern(f"\\?(?<=[{_HAN}]\\?)\\?*(?=[{_HAN}])")
_CLAUSE = lazy_pattern("[^，。！？；：,!?;:\\s]*$")
_ASKS = lazy_pattern("[吗嗎呢么麼吧啊呀嘛谁誰哪几幾何怎啥孰否不没沒多问問请請会會能可]")
_LONGEST_CLAUSE = 40
_FEWEST_MARKS = 3


def lost_char_ratio(text: str) -> float:
    """Returns the share of visible characters that stand for lost ones.

    Private-use characters, which a font of the page alone can show, U+FFFD, and question marks of
    ASCII between two Han (人?疏) that end no question: nothing in their clause asks. Fewer than
    three such marks are none. Text without visible characters has ratio 0.

    Source: measured, 2026-11, on 2,815 labelled texts of crawls: good ones have at most
    0.018, those that were read in a wrong encoding 0.03 and more.
    """
    _, lost = count_kinds(text, _is_unreadable(), 2)
    found = _MARK.finditer(text) if "?" in text else ()
    marks = sum(_is_lost(text, match.start()) for match in found)
    lost += marks * (marks >= _FEWEST_MARKS)
    return share(lost, characters(text).visible_count)


@functools.cache
def _is_unreadable() -> bytes:
    """Returns 1 for each code point that nobody can read, else 0."""
    table = bytearray(0x110000)
    for first, last in _UNREADABLE:
        table[first : last + 1] = bytes([1]) * (last + 1 - first)
    return bytes(table)


def _is_lost(text: str, place: int) -> bool:
    """Returns whether the clause before a question mark asks nothing."""
    clause = _CLAUSE.search(text[max(0, place - _LONGEST_CLAUSE) : place])
    return not (clause and _ASKS.search(clause[0]))
