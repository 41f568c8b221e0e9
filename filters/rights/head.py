"""What a page says of itself in its head: `meta` and `link` elements, found without a parser."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.filters.lexicon.literals import Found
from jingyu.filters.references import unescaped
from jingyu.filters.rights.agents import USES

SEARCH_AGENTS = frozenset(
    {"googlebot", "bingbot", "baiduspider", "baidu", "sogou", "sogou web spider", "360spider"}
    | {"haosouspider", "yisouspider", "slurp", "yandex", "yandexbot", "duckduckbot", "petalbot"}
)
"""Search engines; what is said to one of them counts as said to all.

Their special robots (such as `googlebot-news`) are others.
"""

LICENSE_NAMES = frozenset(
    {"license", "licence", "rights", "copyright", "dc.rights", "dcterms.license", "dcterms.rights"}
    | {"dc.rights.license", "cc:license"}
)
"""Names of `meta` elements that state a license."""

_NAMES = (
    SEARCH_AGENTS
    | USES.keys()
    | LICENSE_NAMES
    | {"robots", "tdm-reservation", "tdm-policy", "article:content_tier"}
)
LICENSE_CLUES = ("icense", "ICENSE")
"""Without one of these a head has no link to a license."""

_MOST_CHARACTERS = 1 << 18
# The first of them that there is. Expressions find them faster than `str.find`, which stops at each
# character that they hold.
_ENDS = tuple(map(re.compile, ("</head", "</HEAD", "<body", "<BODY")))
_MOST_ELEMENTS = 100
_META = r"<[mM][eE][tT][aA]\s[^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*"
_LINK = _META.replace("[mM][eE][tT][aA]", "[lL][iI][nN][kK]")
_METAS, _BOTH = re.compile(_META), re.compile(f"{_META}|{_LINK}")
_VALUE = r"\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))"
# `name`, `property`, `itemprop` or `rel`: a set of first characters is many times as fast to search
# for as a word border; İ and ı are an i where case is ignored.
_NAME = lazy_pattern(
    r"[nNpPrRiIİı](?<!\w.)(?i:(?<=n)ame|(?<=p)roperty|(?<=i)temprop|(?<=r)el)" + _VALUE
)
_ATTRIBUTE = lazy_pattern(rf"(?<![a-zA-Z:-])([a-zA-Z:-]++){_VALUE}")


class Element(NamedTuple):
    """A `meta` or `link` element."""

    tag: str
    """`meta` or `link`."""
    attributes: dict[str, str]
    """Values by name in lower case; of repeated names the first."""

    @property
    def name(self) -> str:
        """What the element states, in lower case: its `name`, `property` or `itemprop`."""
        found = self.attributes
        stated = found.get("name") or found.get("property") or found.get("itemprop") or ""
        return stated.strip().lower()

    @property
    def content(self) -> str:
        """The value stated, without spaces around it."""
        return self.attributes.get("content", "").strip()


def head_elements(markup: str, found: Found | None = None) -> tuple[Element, ...]:
    """Returns the `meta` and `link` elements of the head that can say something of rights.

    The head ends at `</head>`, else at `<body`; of a page that has neither, the first 256 Ki
    characters count. Elements in comments do not, nor those after the first 100.

    Args:
        markup: The page.
        found: Where `LICENSE_CLUES` stand in it, if the caller has looked for them.
    """
    head = _head(markup)
    pattern = _BOTH if _may_link_license(head, found) else _METAS
    return tuple(islice(_elements(head, pattern), _MOST_ELEMENTS))


def _head(markup: str) -> str:
    ends = (end.search(markup, 0, _MOST_CHARACTERS) for end in _ENDS)
    return markup[: next((end.start() for end in ends if end), _MOST_CHARACTERS)]


def _may_link_license(head: str, found: Found | None) -> bool:
    if found is None:
        return any(clue in head for clue in LICENSE_CLUES)
    firsts = ((clue, found[clue][0]) for clue in LICENSE_CLUES if clue in found)
    return any(place + len(clue) <= len(head) for clue, place in firsts)


def _elements(head: str, pattern: re.Pattern[str]) -> Iterator[Element]:
    for match in pattern.finditer(head):
        element = match[0]
        stated = _NAME.findall(element, 5)
        if not any(_is_of_rights("".join(name).strip().lower()) for name in stated):
            continue
        if head.rfind("<!--", 0, match.start()) > head.rfind("-->", 0, match.start()):
            continue
        attributes: dict[str, str] = {}
        for name, *values in _ATTRIBUTE.findall(element, 5):
            attributes.setdefault(name.lower(), unescaped("".join(values)))
        yield Element(element[1:5].lower(), attributes)


def _is_of_rights(name: str) -> bool:
    return name in _NAMES or "license" in name.split()
