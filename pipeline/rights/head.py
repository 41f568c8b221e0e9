"""What a page says of itself in its head: `meta` and `link` elements, found without a parser."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice
from typing import NamedTuple

SEARCH_AGENTS = frozenset(
    {"googlebot", "bingbot", "baiduspider", "baidu", "sogou", "sogou web spider", "360spider"}
    | {"haosouspider", "yisouspider", "slurp", "yandex", "yandexbot", "duckduckbot", "petalbot"}
)
"""Search engines; what is said to one of them counts as said to all.

Their special robots (such as `googlebot-news`) are others.
"""

AI_AGENTS = frozenset(
    {"gptbot", "chatgpt-user", "oai-searchbot", "ccbot", "google-extended", "bytespider"}
    | {"claudebot", "claude-web", "anthropic-ai", "perplexitybot", "amazonbot", "cohere-ai"}
    | {"applebot-extended", "meta-externalagent", "facebookbot", "diffbot", "omgilibot"}
    | {"ai2bot", "img2dataset", "timpibot", "imagesiftbot", "pangubot", "deepseekbot"}
)
"""Robots that collect for language models, by the names their owners publish."""

LICENSE_NAMES = frozenset(
    {"license", "licence", "rights", "copyright", "dc.rights", "dcterms.license", "dcterms.rights"}
    | {"dc.rights.license", "cc:license"}
)
"""Names of `meta` elements that state a license."""

_NAMES = (
    SEARCH_AGENTS
    | AI_AGENTS
    | LICENSE_NAMES
    | {"robots", "tdm-reservation", "tdm-policy", "article:content_tier"}
)
_MOST_CHARACTERS = 1 << 18
_MOST_ELEMENTS = 100
_META = r"<[mM][eE][tT][aA]\s[^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*"
_LINK = _META.replace("[mM][eE][tT][aA]", "[lL][iI][nN][kK]")
_METAS, _BOTH = re.compile(_META), re.compile(f"{_META}|{_LINK}")
_VALUE = r"\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))"
_NAME = re.compile(rf"\b(?:name|property|itemprop|rel){_VALUE}", re.IGNORECASE)
_ATTRIBUTE = re.compile(rf"([a-zA-Z:-]+){_VALUE}")


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


def head_elements(markup: str) -> tuple[Element, ...]:
    """Returns the `meta` and `link` elements of the head that can say something of rights.

    The head ends at `</head>`, else at `<body`; of a page that has neither, the first 256 Ki
    characters count. Elements in comments do not, nor those after the first 100.
    """
    return tuple(islice(_elements(_head(markup)), _MOST_ELEMENTS))


def _head(markup: str) -> str:
    ends = (markup.find(end, 0, _MOST_CHARACTERS) for end in ("</head", "</HEAD", "<body", "<BODY"))
    return markup[: next((end for end in ends if end >= 0), _MOST_CHARACTERS)]


def _elements(head: str) -> Iterator[Element]:
    pattern = _BOTH if "icense" in head or "ICENSE" in head else _METAS
    for match in pattern.finditer(head):
        element = match[0]
        stated = _NAME.findall(element, 5)
        if not any(_is_of_rights("".join(name).strip().lower()) for name in stated):
            continue
        if head.rfind("<!--", 0, match.start()) > head.rfind("-->", 0, match.start()):
            continue
        attributes: dict[str, str] = {}
        for name, *values in _ATTRIBUTE.findall(element, 5):
            attributes.setdefault(name.lower(), unescape("".join(values)))
        yield Element(element[1:5].lower(), attributes)


def _is_of_rights(name: str) -> bool:
    return name in _NAMES or "license" in name.split()
