"""What each HTML tag means for the lines of a page."""

import re

INLINE, BREAK, PARAGRAPH, HEADING, LINK, CONTAINER, ITEM, CELL, ROW, LIST, PREFORMATTED = range(11)
"""From `CONTAINER` on, the tag opens a container."""

_TAGS = {
    INLINE: "span font b i u em strong small big sub sup label img input code time html head meta "
    "link wbr",
    BREAK: "br hr dt option figcaption caption summary legend address",
    PARAGRAPH: "p",
    HEADING: "h1 h2 h3 h4 h5 h6",
    LINK: "a",
    CONTAINER: "div section article main aside header footer nav body form fieldset center figure "
    "details blockquote dd tbody thead tfoot table menu hgroup",
    ITEM: "li",
    CELL: "td th",
    ROW: "tr",
    LIST: "ul ol dl",
    PREFORMATTED: "pre listing",
}
_ONE_NAME = {"th": "td", "ol": "ul", "dl": "ul"}
IMPLIED_ENDS = {ITEM: "li", CELL: "td", ROW: "tr"}
"""Kind of a start tag to the container that it closes, if one is open in its scope."""

# A quote counts only after an equals sign; without its partner it is a character like any other.
TAG = re.compile(
    r"<(?:(/?)([a-zA-Z][a-zA-Z0-9:-]*+)"
    r"((?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?)*+)>?|[!?/][^>]*+>?)"
)
"""Every attempt to match it at a `<` and a letter succeeds, so that it never reads a part twice."""


class _Kinds(dict[str | None, tuple[int, str]]):
    def __missing__(self, tag: str | None) -> tuple[int, str]:
        return self.get(tag.lower(), (INLINE, tag)) if tag else (INLINE, "")


KINDS = _Kinds(
    {
        variant: (kind, _ONE_NAME.get(name, name))
        for kind, names in _TAGS.items()
        for name in names.split()
        for variant in (name, name.upper())
    }
)
"""Tag as written to what it is, and one name for all tags that are alike; None is no tag."""

_CELL_SCOPE = "td"
_NO_SCOPE = ""
SCOPES = {name: _CELL_SCOPE for kind, name in KINDS.values() if kind >= CONTAINER} | {
    "li": "ul",
    **dict.fromkeys(("td", "tr", "tbody", "thead", "tfoot"), "table"),
    "table": _NO_SCOPE,
    _NO_SCOPE: _NO_SCOPE,
}
"""Name of a container to that of the one which its tags do not reach beyond: an end tag in a cell
closes nothing around the table."""
