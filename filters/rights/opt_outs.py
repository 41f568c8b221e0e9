"""Machine-readable refusals of a page: robots directives, `noai`, text and data mining."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from jingyu.filters.rights.head import AI_AGENTS, SEARCH_AGENTS, Element

_HEADERS = ("x-robots-tag", "tdm-reservation", "tdm-policy", "content-usage")
_DIRECTIVES = frozenset(
    {"all", "none", "index", "noindex", "follow", "nofollow", "archive", "noarchive", "nocache"}
    | {"snippet", "nosnippet", "noimageindex", "indexifembedded", "notranslate", "noodp", "noydir"}
    | {"noai", "noimageai"}
)
_VALUED = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})
_SEPARATOR = re.compile(r"[,;，、|\s]+")
_COLON = re.compile(r"\s*[:：]\s*")
_TRAINING_REFUSED = re.compile(r"(?:^|[\s,;])(?:train-ai|ai-train|train-genai)\s*=\s*(?:n|no)\b")


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
    Content-Usage. Mining is reserved if header or page says so, whatever the other says. Directives
    that are not known are passed over.

    Source: Google Search Central, robots meta tag specifications; DeviantArt, `noai` (2022);
    TDM Reservation Protocol, W3C community group report of 10 May 2024; IETF draft on AI
    preferences for Content-Usage.

    Args:
        headers: HTTP headers by name in lower case.
        elements: Of the page's head.
    """
    elements = tuple(elements)
    if not elements and headers.keys().isdisjoint(_HEADERS):
        return OptOuts()
    header = frozenset(_header_directives(headers.get("x-robots-tag", "")))
    meta = frozenset(_meta_directives(elements))
    stated = header | meta
    general = {name for agent, name in stated if not agent or agent in SEARCH_AGENTS}
    is_blocked = "none" in general
    usage = headers.get("content-usage", "").lower()
    reservation, policy = _mining(headers, elements)
    return OptOuts(
        robots_meta=_joined(meta),
        x_robots_tag=_joined(header),
        noindex=is_blocked or "noindex" in general,
        nofollow=is_blocked or "nofollow" in general,
        noarchive=not general.isdisjoint({"noarchive", "nocache"}),
        nosnippet="nosnippet" in general,
        noai=_refuses_models(stated) or _TRAINING_REFUSED.search(usage) is not None,
        noimageai=any(name == "noimageai" for _, name in stated),
        tdm_reservation=reservation,
        tdm_policy=policy,
    )


def _refuses_models(stated: Iterable[tuple[str, str]]) -> bool:
    refused = {"noindex", "none"}
    return any(name == "noai" or (agent in AI_AGENTS and name in refused) for agent, name in stated)


def _meta_directives(elements: Iterable[Element]) -> Iterator[tuple[str, str]]:
    for element in elements:
        name = element.name
        if name == "robots":
            yield from (("", directive) for directive in _directives(element.content))
        elif name in SEARCH_AGENTS or name in AI_AGENTS:
            yield from ((name, directive) for directive in _directives(element.content))


def _header_directives(value: str) -> Iterator[tuple[str, str]]:
    agent = ""
    for part in value.lower().split(","):
        name, colon, rest = part.partition(":")
        is_for_one = colon and name.strip() not in _VALUED
        agent = name.strip() if is_for_one else agent
        if not agent or agent in SEARCH_AGENTS or agent in AI_AGENTS:
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
    known = [value for value in stated if value in {"0", "1"}]
    policy = next(filter(None, policies), None)
    return ("1" in known) if known else None, policy
