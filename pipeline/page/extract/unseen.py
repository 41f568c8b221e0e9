"""What stands in the markup of a page for no reader: hidden words, note marks, names of icons."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_MARKED = re.compile(r"[dD]isplay\s*:\s*none|font-size\s*:\s*0(?![.\d]*[1-9])|\bjammer\b|material-")
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


def seen_of(page: str) -> Seen:
    """Returns a page without what is hidden within its lines, and without names of icons.

    Inline elements go that their own tag hides, by `display:none` or a font of no size, as do the
    words that Discuz mixes in against copying (`jammer`), and the name of an icon where a font of
    icons draws it: account_tree. A hidden block stays: that text may be shown later, and what of
    it is text is for the engine to say.
    """
    kept, at, hidden = [], 0, 0
    for start, end, is_hidden in _hidden(page):
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


def _hidden(page: str) -> Iterator[tuple[int, int, bool]]:
    """Yields where hidden inline elements and icons stand, and whether they are hidden."""
    for found in _MARKED.finditer(page):
        begin = page.rfind("<", max(0, found.start() - _FURTHEST), found.start())
        opened = _OPEN.match(page, begin, found.start()) if begin >= 0 else None
        if not opened or opened[1].lower() not in _INLINE:
            continue
        content = page.find(">", found.end(), found.end() + _FURTHEST) + 1
        end = page.find("</", content, content + _FURTHEST) if content else -1
        name = opened[1].lower()
        if end < 0 or page[end + 2 : end + 2 + len(name)].lower() != name:
            continue
        held, is_icon = page[content:end], found[0] == "material-"
        after = page.find(">", end, end + _FURTHEST) + 1
        if after and "<" not in held and (not is_icon or _ICON.fullmatch(held)):
            yield begin, after, not is_icon
