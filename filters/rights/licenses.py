"""Licenses that a page states, by their SPDX names."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.filters.rights.head import LICENSE_NAMES, Element
from jingyu.filters.rights.links import links
from jingyu.filters.rights.page import CREATIVE_COMMONS, FREE_DOCUMENTATION, Page

EVIDENCE = ("header", "link", "rel", "meta", "anchor", "address", "text")
"""Where a license was found, the most telling first."""

_CC = lazy_pattern(
    r"creativecommons\.org/(?:licen[sc]es/(?P<terms>by(?:-(?:nc|nd|sa))*|nc(?:-(?:nd|sa))?|sa)"
    r"(?:/(?P<version>[1-4]\.[05]))?|publicdomain/(?P<dedication>zero|mark))",
    re.IGNORECASE,
)
_GNU = lazy_pattern(r"gnu\.org/(?:licenses|copyleft)/(?:old-licenses/)?fdl", re.IGNORECASE)
_NOTICE = 1 << 13  # where a notice of GNU's license stands: near the start or end
_REL = lazy_pattern(r"\brel\s*=\s*[\"']?[^\"'>]*\blicense\b", re.IGNORECASE)
_OPENING = lazy_pattern(r"<([a-zA-Z]+)\b[^<>]*\Z")
_LONGEST_TAG = 400

# Alternatives that begin with a literal each: of these `re` makes one set to look for.
_HINT = lazy_pattern("CC|Cc|cC|cc|Commons|commons|署名|姓名標|公开|開放|GNU|GFDL")
_UNDER = "(?:采用|採用|遵循|遵守|遵从|基于|基於|依据|依據|根据|根據|按照|按|依|以|使用|under)"
_GRANTED = "(?:协议|協議|许可|許可|授权|授權|条款|條款|国际|國際|license)"
_NAMED = lazy_pattern(
    rf"(?:{_UNDER}[^。；;，,、]{{0,16}}?(?P<verb>))?(?<![A-Za-z])CC[- ]?"
    r"(?:(?:(?P<first>[1-4]\.[05])[- ]?)?(?P<terms>BY(?:[- ]?(?:NC|ND|SA))*)[- ]?"
    r"(?P<version>[1-4]\.[05])?|(?P<zero>0)(?:-?1\.0)?(?![0-9.]))"
    rf"(?(verb)|(?=[^。；;，,、]{{0,12}}?{_GRANTED}))",
    re.IGNORECASE,
)
_CHINESE = lazy_pattern(
    r"(?:知识共享|[創创]用CC|CreativeCommons|CC(?:协议|許可)?)[^。；;署姓]{0,12}(?:署名|姓名標示)"
    r"(?P<terms>(?:[-－—–─]*(?:非商业性?(?:使用)?|非商業性|禁止演绎|禁止改作|相同方式[共分]享))*)"
    r"(?P<version>[1-4]\.[05])?"
)
_CHINESE_TERMS = {"非商业": "NC", "非商業": "NC", "禁止": "ND", "相同方式": "SA"}
_TERM = lazy_pattern("BY|NC|ND|SA")
_OTHERS = (
    ("GFDL", lazy_pattern(f"{_UNDER}[^。；;，,、]{{0,20}}(?:GNU自由(?:文档|文件|文檔)|GFDL)")),
    ("OGDL-Taiwan-1.0", lazy_pattern("政府資料開放授權條款")),
    ("government-open", lazy_pattern("此件(?:公开发布|主动公开)|公开(?:属性|方式)[:：]?主动公开")),
)


class License(NamedTuple):
    """A license, and where it was found."""

    name: str
    """SPDX identifier such as `CC-BY-SA-4.0`, without a version where none is stated.

    `GFDL` has no version; `CC-PDM-1.0` is Creative Commons' public domain mark; `government-open`
    stands for an official document that says it is to be published (此件公开发布).
    """
    evidence: str
    """One of `EVIDENCE`.

    `header` is the HTTP header Link, `link` and `meta` are elements of the head, `rel` is a link in
    the page that says it is the license, `anchor` one that does not, `address` the license's
    address elsewhere (RDF, JSON, a comment), `text` its name.
    """


def licenses(page: Page, link_header: str = "") -> tuple[License, ...]:
    """Returns each license that a page states with its best evidence, the best-attested first.

    Whether a license holds for the page or for something on it, such as a picture, cannot be told:
    `link`, `rel` and `meta` mean the page as a rule, the others often.

    Source: Creative Commons, rel="license" (2009) and its list of licenses; SPDX license list;
    State Council General Office, format of official documents for 此件公开发布.

    Args:
        page: The page.
        link_header: Its HTTP header Link.
    """
    best: dict[str, License] = {}
    for found in (
        *_in_header(link_header),
        *_in_head(page.elements),
        *_in_links(page),
        *_in_words(page.passages),
    ):
        known = best.get(found.name)
        if known is None or _rank(found) < _rank(known):
            best[found.name] = found
    named = {name for name in best if not name.endswith(tuple("0123456789"))}
    vague = {name for name in named for other in best if other != name and _is_version(other, name)}
    return tuple(
        sorted((best[name] for name in best.keys() - vague), key=lambda one: (_rank(one), one.name))
    )


def _is_version(name: str, family: str) -> bool:
    return name.startswith(f"{family}-") and name.removeprefix(f"{family}-")[0].isdigit()


def _rank(found: License) -> int:
    return EVIDENCE.index(found.evidence)


def _in_header(link_header: str) -> Iterator[License]:
    for link in links(link_header):
        name = _of_address(link.target) if "license" in link.relations else None
        yield from [License(name, "header")] if name else ()


def _in_head(elements: Iterable[Element]) -> Iterator[License]:
    for element in elements:
        if element.tag == "link" and "license" in element.attributes.get("rel", "").lower().split():
            name = _of_address(element.attributes.get("href", ""))
            yield from [License(name, "link")] if name else ()
        elif element.tag == "meta" and element.name in LICENSE_NAMES:
            name = _of_address(element.content) or next(_names(element.content), None)
            yield from [License(name, "meta")] if name else ()


def _in_links(page: Page) -> Iterator[License]:
    markup = page.markup
    for at in page.found.get(CREATIVE_COMMONS, ()):
        name = _of_address(markup[at : at + 80])
        if name:
            yield License(name, _place(markup, at))
    first, last = _NOTICE - len(FREE_DOCUMENTATION), len(markup) - _NOTICE
    if any(at <= first or at >= last for at in page.found.get(FREE_DOCUMENTATION, ())):
        yield License("GFDL", "anchor" if _GNU.search(markup) else "text")


def _place(markup: str, at: int) -> str:
    before = _OPENING.search(markup, max(0, at - _LONGEST_TAG), at)
    if before is None:
        return "address"
    tag = markup[before.start() : markup.find(">", at, at + _LONGEST_TAG) + 1]
    kind = before[1].lower()
    if kind == "link":
        return "link"
    if kind in {"a", "area"}:
        return "rel" if _REL.search(tag) else "anchor"
    return "address"


def _in_words(passages: Iterable[str]) -> Iterator[License]:
    for passage in filter(_HINT.search, passages):
        yield from (License(name, "text") for name in _names(passage))


def _names(text: str) -> Iterator[str]:
    for found in _NAMED.finditer(text):
        terms = _TERM.findall((found["terms"] or "").upper())
        yield _spdx(terms, found["first"] or found["version"]) if terms else "CC0-1.0"
    for found in _CHINESE.finditer(text):
        terms = [code for word, code in _CHINESE_TERMS.items() if word in found["terms"]]
        yield _spdx(["BY", *terms], found["version"])
    yield from (name for name, pattern in _OTHERS if pattern.search(text))


def _of_address(address: str) -> str | None:
    found = _CC.search(address)
    if found is None:
        return "GFDL" if _GNU.search(address) else None
    if found["dedication"]:
        return "CC0-1.0" if found["dedication"].lower() == "zero" else "CC-PDM-1.0"
    return _spdx(found["terms"].upper().split("-"), found["version"])


def _spdx(terms: Iterable[str], version: str | None) -> str:
    """Returns a name with its terms in SPDX's order: BY, NC, ND or SA."""
    parts = sorted(dict.fromkeys(terms), key=("BY", "NC", "ND", "SA").index)
    return "-".join(["CC", *parts, *([version] if version else [])])
