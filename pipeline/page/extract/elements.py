"""Where the elements of a page begin and end, and what their tags say."""

import re
from typing import NamedTuple

from jingyu.filters.references import unescaped

_ATTRIBUTES = r"((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)"
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
    return re.compile(rf"<({names})(?![\w:-]){_ATTRIBUTES}>", re.IGNORECASE)


def tag_of(found: re.Match[str]) -> Tag:
    """Returns the tag that a pattern of `tags_named` has found."""
    return Tag(found[1].lower(), found[2], found.start(), found.end())


def attributes_of(stated: str) -> dict[str, str]:
    """Returns the attributes of a tag by their names in lower case, without references."""
    return {
        name.lower(): unescaped(double or single or bare)
        for name, double, single, bare in _ATTRIBUTE.findall(stated)
    }


class Ends:
    """The ends of the elements of a page, found for each name at once: in time linear in the page.

    Args:
        page: HTML.
    """

    def __init__(self, page: str) -> None:
        self._page = page
        self._known: dict[str, dict[int, tuple[int, int]]] = {}

    def of(self, tag: Tag) -> tuple[int, int] | None:
        """Returns where the content of an element ends, and the element; None if it does not."""
        if tag.name not in self._known:
            self._known[tag.name] = self._all(tag.name)
        return self._known[tag.name].get(tag.start)

    def _all(self, name: str) -> dict[int, tuple[int, int]]:
        ends: dict[int, tuple[int, int]] = {}
        opened: list[int] = []
        form = rf"<(/?){re.escape(name)}(?![\w:-]){_ATTRIBUTES}>"
        for found in re.finditer(form, self._page, re.IGNORECASE):
            if not found[1]:
                opened.append(found.start())
            elif opened:
                ends[opened.pop()] = found.start(), found.end()
        return ends
