"""What robots.txt files, as a crawl or a folder holds them, say to configured robots."""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from jingyu.filters.rights.snapshot import MAX_BYTES, Snapshot
from jingyu.filters.source.address import host_of

if TYPE_CHECKING:
    from protego import Protego

_OK, _REDIRECT, _CLIENT_ERROR, _SERVER_ERROR, _BEYOND = 200, 300, 400, 500, 600
_PARSERS = 1 << 12


class Verdict(StrEnum):
    """Whether a robot may fetch an address."""

    ALLOWED = "allowed"
    DISALLOWED = "disallowed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class RobotsRules:
    """Rules by host."""

    by_host: Mapping[str, str | Verdict]
    """Text of the file, or what its status says of every address."""

    def verdict(self, url: str | None, agents: Sequence[str]) -> Verdict:
        """Returns whether all of some robots may fetch an address.

        One that is disallowed is enough. No agents stand for any robot, `*`. Of hosts without a
        robots.txt in the snapshot nothing is known, nor of what is no web address.
        """
        host = host_of(url)
        known = self.by_host.get(host) if host else None
        if url is None or known is None:
            return Verdict.UNKNOWN
        if isinstance(known, Verdict):
            return known
        try:
            may = all(_parsed(known).can_fetch(url, agent) for agent in agents or ("*",))
        except ValueError:  # from urllib, of addresses such as http://a.cn/]
            return Verdict.UNKNOWN
        return Verdict.ALLOWED if may else Verdict.DISALLOWED


def robots_rules(snapshots: Iterable[Snapshot]) -> RobotsRules:
    """Returns the rules of robots.txt files; of several for a host the last that says something.

    A client error (400 to 499) means that there are no rules, a server error (500 to 599) that
    nothing may be fetched; redirects and other statuses say nothing.

    Source: RFC 9309, section 2.3.1.
    """
    by_host: dict[str, str | Verdict] = {}
    for host, status, body, kind in snapshots:
        if kind != "robots":
            continue
        if _OK <= status < _REDIRECT:
            by_host[host.lower()] = _text(body)
        elif _CLIENT_ERROR <= status < _SERVER_ERROR:
            by_host[host.lower()] = Verdict.ALLOWED
        elif _SERVER_ERROR <= status < _BEYOND:
            by_host[host.lower()] = Verdict.DISALLOWED
    return RobotsRules(by_host)


def _text(body: bytes) -> str:
    """Returns a file's first 500 KiB, less the line that these cut."""
    if len(body) > MAX_BYTES:
        body = body[:MAX_BYTES].rpartition(b"\n")[0]
    return body.decode("utf-8-sig", "replace")


@functools.lru_cache(_PARSERS)
def _parsed(text: str) -> "Protego":
    from protego import Protego

    return Protego.parse(text)
