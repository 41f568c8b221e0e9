"""What stands in the markup of a page for no reader: hidden words, note marks, names of icons."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from jingyu.pipeline.page.extract.traits import traits

_SIZED = re.compile(r"font-size: ?0(?:\.0*)?(?![.\d])|(?!font)")
_INLINE = frozenset(
    ("span", "font", "i", "b", "em", "strong", "small", "u", "s", "a", "sub", "sup", "label")
)
_OPEN = re.compile(r"<([a-zA-Z]+)\b[^<>]*$")
_ICON = re.compile(r"\s*[a-z0-9]+(?:_[a-z0-9]+)*\s*")
_NOTE = re.compile(r"(?:\[[^\[\]]{1,12}\]\s*)+")
_TAG = re.compile("<[^<>]*>")
_FURTHEST = 500
"""Characters that a tag, or what stands between two, has at most to be looked at."""


class Seen(NamedTuple):
    """A page without what no reader sees."""

    page: str
    hidden_count: int
    """Visible characters that were left out as hidden by their own tag."""


def seen_of(page: str, marks: Sequence[int] | None = None) -> Seen:
    """Returns a page without what is hidden within its lines, and without names of icons.

    Inline elements go that their own tag hides, by `display:none` or a font of no size, as do the
    words that Discuz mixes in against copying (`jammer`), and the name of an icon where a font of
    icons draws it: account_tree. A hidden block stays: that text may be shown later, and what of
    it is text is for the engine to say.

    Args:
        page: HTML.
        marks: Where tags may say so, if `traits` has found it.
    """
    kept, at, hidden = [], 0, 0
    for start, end, is_hidden in _hidden(page, traits(page)[2] if marks is None else marks):
        if start < at:
            continue
        kept.append(page[at:start])
        hidden += len("".join(_TAG.sub("", page[start:end]).split())) if is_hidden else 0
        at = end
    return Seen("".join([*kept, page[at:]]) if at else page, hidden)


def notes_of(page: str) -> set[str]:
    """Returns the marks of notes on a page: what of `sup` is nothing but square brackets."""
    notes: set[str] = set()
    begin = page.find("<sup")
    while begin >= 0:
        end = page.find("</sup>", begin, begin + 3 * _FURTHEST)
        held = _TAG.sub("", page[begin:end]).strip() if end >= 0 else ""
        if _NOTE.fullmatch(held):
            notes.add(held)
        begin = page.find("<sup", begin + 4 if end < 0 else end)
    return notes


def _hidden(page: str, marks: Sequence[int]) -> list[tuple[int, int, bool]]:
    """Returns where hidden inline elements and icons stand, and whether they are hidden."""
    return [element for element in (_element(page, place) for place in marks) if element]


def _element(page: str, place: int) -> tuple[int, int, bool] | None:
    """Returns where the inline element begins and ends in whose tag a mark stands."""
    begin = page.rfind("<", max(0, place - _FURTHEST), place)
    if begin < 0:
        return None
    opened = _OPEN.match(page, begin, place)
    name = opened[1].lower() if opened else ""
    if name not in _INLINE or not _SIZED.match(page, place):
        return None
    content = page.find(">", place, place + _FURTHEST) + 1
    end = page.find("<", content, content + _FURTHEST) if content else -1
    if end < 0 or page[end + 1 : end + 2 + len(name)].lower() != "/" + name:
        return None
    after = page.find(">", end, end + _FURTHEST) + 1
    is_icon = page.startswith("material-", place)
    if not after or (is_icon and not _ICON.fullmatch(page, content, end)):
        return None
    return begin, after, not is_icon
