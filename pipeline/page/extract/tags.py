"""What each HTML tag means for the lines of a page."""

INLINE, BREAK, PARAGRAPH, HEADING, LINK, CONTAINER, ITEM, CELL, ROW, LIST, PREFORMATTED = range(11)
"""From `CONTAINER` on, the tag opens a container."""
IN_CONTAINER, IN_PARAGRAPH, IN_ITEM, IN_CELL, IN_HEADING, IN_PREFORMATTED = range(6)
"""What a line stands in."""

_NAMES = {
    INLINE: "span font b i u em strong small big sub sup label img input code time html head meta "
    "link wbr",
    BREAK: "br hr dt option figcaption caption summary legend address button",
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
FLOWS = {PARAGRAPH: IN_PARAGRAPH, HEADING: IN_HEADING}
"""Kind of a start tag to what the lines after it stand in."""
PLACES = {"li": IN_ITEM, "dd": IN_ITEM, "td": IN_CELL}
"""Name of a container to what a line that stands in nothing nearer stands in there."""
_ONE_NAME = {"th": "td", "ol": "ul", "dl": "ul"}
IMPLIED_ENDS = {ITEM: "li", CELL: "td", ROW: "tr"}
"""Kind of a start tag to the container that it closes, if one is open in its scope."""

TAGS = {
    name: (kind, _ONE_NAME.get(name, name))
    for kind, names in _NAMES.items()
    for name in names.split()
}
"""Tag to what it is, and one name for all tags that are alike; any other is inline."""

_CELL_SCOPE = "td"
_NO_SCOPE = ""
SCOPES = {name: _CELL_SCOPE for kind, name in TAGS.values() if kind >= CONTAINER} | {
    "li": "ul",
    **dict.fromkeys(("td", "tr", "tbody", "thead", "tfoot"), "table"),
    "table": _NO_SCOPE,
    _NO_SCOPE: _NO_SCOPE,
}
"""Name of a container to that of the one which its tags do not reach beyond: an end tag in a cell
closes nothing around the table."""

SILENT = (
    *("script", "style", "noscript", "textarea", "select", "title", "iframe", "svg", "template"),
    *("button", "math", "object", "canvas", "audio", "video", "datalist", "noframes", "xmp"),
    *("rt", "rp", "rtc"),
)
"""The elements that hold no text to read."""
