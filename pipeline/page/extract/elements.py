"""Where the elements of a page begin and end, and what their tags say."""

import functools
import re
from typing import NamedTuple

from jingyu.filters.references import unescaped

# A tag without an end is found, too, up to where it breaks: else it were read from each beginning.
_ATTRIBUTES = r"((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)(>)?"
_ATTRIBUTE = re.compile(r"([a-zA-Z][\w:-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")


class Tag(NamedTuple):
    """A start tag."""

    name: str
    """In lower case."""
    attributes: str
    start: int
    end: int


def tags_named(names: str) -> re.Pattern[str]:
    """Returns what finds start tags of some names, which are alternatives of a pattern."""
    return re.compile(rf"<({names})(?![\w:-]){_ATTRIBUTES}", re.IGNORECASE)


def is_ended(found: re.Match[str]) -> bool:
    """Returns whether what a pattern of `tags_named` has found is a tag with its end."""
    return found[3] is not None


def tag_of(found: re.Match[str]) -> Tag:
    """Returns the tag that a pattern of `tags_named` has found."""
    return Tag(found[1].lower(), found[2], found.start(), found.end())


def attributes_of(stated: str) -> dict[str, str]:
    """Returns the attributes of a tag by their names in lower case, without references."""
    return {
        name.lower(): unescaped(double or single or bare)
        for name, double, single, bare in _ATTRIBUTE.findall(stated)
    }


@functools.cache
def _tags_of(name: str) -> re.Pattern[str]:
    """Returns what finds start and end tags of a name, one of few; the slash is a group."""
    return re.compile(rf"<(/?){re.escape(name)}(?![\w:-]){_ATTRIBUTES}", re.IGNORECASE)


_READINGS = 8


class Ends:
    """The ends of the elements of a page, in time linear in the page.

    Each is looked for from its beginning on; where that adds up to more than the page, the ends of
    all elements of a name are found at once.

    Args:
        page: HTML.
    """

    def __init__(self, page: str) -> None:
        self._page = page
        self._left = len(page)
        self._to_read = _READINGS * len(page)
        self._known: dict[str, dict[int, tuple[int, int]]] = {}

    def of(self, tag: Tag) -> tuple[int, int] | None:
        """Returns where the content of an element ends, and the element; None if it does not."""
        if self._left > 0:
            return self._from(tag)
        if tag.name not in self._known:
            self._known[tag.name] = self._all(tag.name)
        return self._known[tag.name].get(tag.start)

    def may_read(self, start: int, end: int) -> bool:
        """Returns whether a part of the page may be read as well: parts within parts add up."""
        self._to_read -= end - start
        return self._to_read >= 0

    def _from(self, tag: Tag) -> tuple[int, int] | None:
        depth = 0
        for found in _tags_of(tag.name).finditer(self._page, tag.start):
            if not is_ended(found):
                continue
            depth += -1 if found[1] else 1
            if not depth:
                self._left -= found.end() - tag.start
                return found.start(), found.end()
        self._left -= len(self._page) - tag.start
        return None

    def _all(self, name: str) -> dict[int, tuple[int, int]]:
        ends: dict[int, tuple[int, int]] = {}
        opened: list[int] = []
        for found in _tags_of(name).finditer(self._page):
            if not is_ended(found):
                continue
            if not found[1]:
                opened.append(found.start())
            elif opened:
                ends[opened.pop()] = found.start(), found.end()
        return ends
