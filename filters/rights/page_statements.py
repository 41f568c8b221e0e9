"""What a page states on its machine use: in its HTTP header, its elements and its words."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from jingyu.filters.rights.agents import COLLECTORS
from jingyu.filters.rights.head import Element
from jingyu.filters.rights.links import Link, links
from jingyu.filters.rights.opt_outs import Directive, header_directives, meta_directives
from jingyu.filters.rights.page import RSL, Page
from jingyu.filters.rights.patterns import path_of
from jingyu.filters.rights.preferences import content_signal, content_usage
from jingyu.filters.rights.reservations import in_words
from jingyu.filters.rights.rsl import MEDIA_TYPE, Terms, rsl_terms, uses_at
from jingyu.filters.rights.statement import ALLOWED, RESERVED, Statement, Uses

_HEADERS = ("content-usage", "content-signal", "link", "tdm-reservation", "x-robots-tag")
_SCRIPT = re.compile(r"<script\b[^<>]*\Z", re.IGNORECASE)
_END = re.compile("</script", re.IGNORECASE)
_LONGEST_TAG = 400
_DIRECTIVES: Mapping[str, Uses] = {
    "noai": Uses(train=RESERVED, other=RESERVED),
    "noimageai": Uses(other=RESERVED),
    "noindex": Uses(search=RESERVED),
    "none": Uses(search=RESERVED),
}
_WORDS: Mapping[str, Uses] = {
    "no_ai_training": Uses(train=RESERVED),
    "no_crawling": Uses(other=RESERVED),
}
_MINING = {
    "1": Uses(train=RESERVED, other=RESERVED),
    "0": Uses(train=ALLOWED, other=ALLOWED),
}

Find = Callable[[str], tuple[Terms, ...] | None]
"""Returns the terms of a license document by its address, if they can be had."""


def page_statements(
    headers: Mapping[str, str],
    page: Page,
    url: str | None,
    find: Find,
    reserved: Iterable[str] = (),
) -> Iterator[Statement]:
    """Yields all that a page states on its use by machines, permissions as well as refusals.

    Args:
        headers: HTTP headers by name in lower case.
        page: The page.
        url: Its address, if it is known.
        find: Returns the terms of license documents.
        reserved: Kinds of reservations that it states in words.
    """
    if not headers.keys().isdisjoint(_HEADERS):
        yield from _in_header(headers, url, find)
    if page.elements:
        yield from _in_elements(page.elements, url, find)
    yield from _in_scripts(page, url)
    for kind in _WORDS.keys() & set(reserved):
        yield Statement("words", "words", in_words(kind, page) or kind, _WORDS[kind])


def _in_header(headers: Mapping[str, str], url: str | None, find: Find) -> Iterator[Statement]:
    usage, signal = (headers.get(name) for name in ("content-usage", "content-signal"))
    if usage is not None:
        uses = content_usage(usage) or Uses()
        yield Statement("content_usage", "header", f"Content-Usage: {usage}", uses)
    if signal is not None:
        uses = content_signal(signal) or Uses()
        yield Statement("content_signal", "header", f"Content-Signal: {signal}", uses)
    mining = headers.get("tdm-reservation", "").strip()
    if mining in _MINING:
        yield Statement("tdmrep", "header", f"tdm-reservation: {mining}", _MINING[mining])
    yield from _directives("header", "X-Robots-Tag", header_directives(headers))
    for link in links(headers["link"]) if "link" in headers else ():
        if "license" in link.relations:
            yield _of_link("header", link, url, find)


def _in_elements(elements: Iterable[Element], url: str | None, find: Find) -> Iterator[Statement]:
    elements = tuple(elements)
    for element in elements:
        if element.name == "tdm-reservation" and element.content in _MINING:
            text = f"tdm-reservation: {element.content}"
            yield Statement("tdmrep", "meta", text, _MINING[element.content])
        elif element.tag == "link":
            parts = (element.attributes.get(name, "") for name in ("href", "rel", "type"))
            link = Link.of(*parts)
            if "license" in link.relations and link.media_type == MEDIA_TYPE:
                yield _of_link("link", link, url, find)
    yield from _directives("meta", "robots", meta_directives(elements))


def _of_link(place: str, link: Link, url: str | None, find: Find) -> Statement:
    if link.media_type != MEDIA_TYPE:
        return Statement("license", place, f"license: {link.target}")
    terms = find(link.target)
    uses, pattern = uses_at(terms, _path_of(url)) if terms else (Uses(), None)
    return Statement("rsl", place, f"license: {link.target}", uses, path=pattern or None)


def _directives(place: str, name: str, stated: Iterable[Directive]) -> Iterator[Statement]:
    for agent, directive in sorted(set(stated)):
        uses = _DIRECTIVES.get(directive)
        if uses is None:
            continue
        said = f"{name}: {agent}:{directive}" if agent else f"{name}: {directive}"
        is_of_models = agent in COLLECTORS and directive in {"noindex", "none"}
        uses = _DIRECTIVES["noai"] if is_of_models else uses
        yield Statement("directive", place, said, uses, agent=agent or None)


def _in_scripts(page: Page, url: str | None) -> Iterator[Statement]:
    """Yields what the RSL documents of scripts say whose opening tags name their type."""
    until = 0  # a script goes on to the first end: what names the type within it opens none
    for at in sorted(at for name in RSL for at in page.found.get(name, ())):
        if at < until or not _SCRIPT.search(page.markup, max(0, at - _LONGEST_TAG), at):
            continue
        start = page.markup.find(">", at) + 1
        end = _END.search(page.markup, start) if start else None
        if end is None:
            return
        until = end.end()
        document = page.markup[start : end.start()]
        terms = rsl_terms(document)
        uses, pattern = uses_at(terms, _path_of(url)) if terms else (Uses(), None)
        yield Statement("rsl", "script", _tags(document), uses, path=pattern or None)


def _path_of(url: str | None) -> str:
    """Returns what few pages need of their address: its path, that of a root if it is not known."""
    return path_of(url) if url else "/"


def _tags(document: str) -> str:
    """Returns what a document permits and prohibits, in its words."""
    found = re.findall(r"<(?:permits|prohibits|payment)\b[^<]*", document, re.IGNORECASE)
    return " ".join(" ".join(each.split()) for each in found)
