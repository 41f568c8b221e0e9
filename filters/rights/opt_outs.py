"""Machine-readable refusals of a page: robots directives, `noai`, text and data mining."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from jingyu.filters.rights.agents import COLLECTORS, USES
from jingyu.filters.rights.head import SEARCH_AGENTS, Element
from jingyu.filters.rights.preferences import content_usage
from jingyu.filters.rights.statement import RESERVED, Uses

_HEADERS = ("x-robots-tag", "tdm-reservation", "tdm-policy", "content-usage")
Directive = tuple[str, str]
"""The robot that is told, empty for all, and what it is told."""
_DIRECTIVES = frozenset(
    {"all", "none", "index", "noindex", "follow", "nofollow", "archive", "noarchive", "nocache"}
    | {"snippet", "nosnippet", "noimageindex", "indexifembedded", "notranslate", "noodp", "noydir"}
    | {"noai", "noimageai"}
)
_VALUED = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})
_SEPARATOR = re.compile(r"[,;，、|\s]+")
_COLON = re.compile(r"(?<!\s)\s*[:：]\s*")


class OptOuts(NamedTuple):
    """What the HTTP header and the head of a page refuse."""

    robots_meta: str | None = None
    """Directives of `meta` elements, sorted, with `agent:` before those for one robot."""
    x_robots_tag: str | None = None
    """Directives of the header X-Robots-Tag, in the same form."""
    noindex: bool = False
    nofollow: bool = False
    noarchive: bool = False
    nosnippet: bool = False
    noai: bool = False
    noimageai: bool = False
    tdm_reservation: bool | None = None
    """Whether mining is reserved; none where nothing is said."""
    tdm_policy: str | None = None
    """Address of the policy that says how a license can be had."""


def opt_outs(headers: Mapping[str, str], elements: Iterable[Element]) -> OptOuts:
    """Returns what a page refuses to robots.

    `none` stands for `noindex` and `nofollow`, `nocache` for `noarchive`. A directive counts if it
    is for all robots or for a search engine's; `noindex` or `none` for a robot that collects for
    language models counts as `noai`, as do a `noai` for anybody and `train-ai=n` of the header
    Content-Usage. What the page says of mining supersedes its header. Directives that are not known
    are passed over.

    Source: Google Search Central, robots meta tag specifications; DeviantArt, `noai` (2022);
    TDM Reservation Protocol, W3C community group report of 10 May 2024, processing priority.

    Args:
        headers: HTTP headers by name in lower case.
        elements: Of the page's head.
    """
    elements = tuple(elements)
    if not elements and headers.keys().isdisjoint(_HEADERS):
        return OptOuts()
    header = frozenset(header_directives(headers))
    meta = frozenset(meta_directives(elements))
    stated = header | meta
    general = {name for agent, name in stated if not agent or agent in SEARCH_AGENTS}
    is_blocked = "none" in general
    usage = content_usage(headers.get("content-usage", "")) or Uses()
    reservation, policy = _mining(headers, elements)
    return OptOuts(
        robots_meta=_joined(meta),
        x_robots_tag=_joined(header),
        noindex=is_blocked or "noindex" in general,
        nofollow=is_blocked or "nofollow" in general,
        noarchive=not general.isdisjoint({"noarchive", "nocache"}),
        nosnippet="nosnippet" in general,
        noai=_refuses_models(stated) or usage.train == RESERVED,
        noimageai=any(name == "noimageai" for _, name in stated),
        tdm_reservation=reservation,
        tdm_policy=policy,
    )


def _refuses_models(stated: Iterable[tuple[str, str]]) -> bool:
    refused = {"noindex", "none"}
    return any(
        name == "noai" or (agent in COLLECTORS and name in refused) for agent, name in stated
    )


def meta_directives(elements: Iterable[Element]) -> Iterator[Directive]:
    """Yields the directives of `meta` elements for all robots, search engines' and AI robots."""
    for element in elements:
        name = element.name
        if name == "robots":
            yield from (("", directive) for directive in _directives(element.content))
        elif name in SEARCH_AGENTS or name in USES:
            yield from ((name, directive) for directive in _directives(element.content))


def header_directives(headers: Mapping[str, str]) -> Iterator[Directive]:
    """Yields the directives of the header X-Robots-Tag, of the same robots.

    A robot is named for what follows it in a line; a header that is repeated has several.
    """
    for line in headers.get("x-robots-tag", "").lower().split("\n"):
        yield from _of_line(line)


def _of_line(line: str) -> Iterator[Directive]:
    agent = ""
    for part in line.split(","):
        name, colon, rest = part.partition(":")
        is_for_one = colon and name.strip() not in _VALUED
        agent = name.strip() if is_for_one else agent
        if not agent or agent in SEARCH_AGENTS or agent in USES:
            said = _directives(rest if is_for_one else part)
            yield from ((agent, directive) for directive in said)


def _directives(content: str) -> Iterator[str]:
    for word in _SEPARATOR.split(_COLON.sub(":", content.lower())):
        name, _, value = word.partition(":")
        if word in _DIRECTIVES:
            yield word
        elif name in _VALUED:
            is_plain = len(value) <= len("standard") and value.lstrip("-").isalnum()
            yield word if is_plain and name != "unavailable_after" else name


def _joined(directives: frozenset[tuple[str, str]]) -> str | None:
    named = sorted(f"{agent}:{name}" if agent else name for agent, name in directives)
    return ", ".join(named) or None


def _mining(
    headers: Mapping[str, str], elements: Iterable[Element]
) -> tuple[bool | None, str | None]:
    stated = [headers.get("tdm-reservation", "").strip()]
    policies = [headers.get("tdm-policy", "").strip()]
    for element in elements:
        if element.name == "tdm-reservation":
            stated.append(element.content)
        elif element.name == "tdm-policy":
            policies.append(element.content)
    by_place = (stated[1:], stated[:1])
    known = next((found for found in map(_known, by_place) if found), [])
    policy = next(filter(None, [*policies[1:], *policies[:1]]), None)
    return ("1" in known) if known else None, policy


def _known(values: Iterable[str]) -> list[str]:
    return [value for value in values if value in {"0", "1"}]
