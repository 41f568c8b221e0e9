"""Reservations of text and data mining that a site states in `/.well-known/tdmrep.json`."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from jingyu.filters.rights.snapshot import MAX_BYTES, Snapshot

_OK = 200


class Reservation(NamedTuple):
    """What a rule says."""

    is_reserved: bool
    policy: str | None


@dataclass(frozen=True)
class MiningRules:
    """Rules of one site, in the order of the file."""

    rules: tuple[tuple[str, Reservation], ...] = ()

    def reservation(self, path: str) -> Reservation | None:
        """Returns what holds for a path with its query; none if no rule matches.

        Of the rules that match, the one with the longest location holds, of equal ones that which
        reserves.

        Source: TDM Reservation Protocol, file on the origin server, which matches locations as
        RFC 9309, section 2.2.2, does paths: as prefixes, `*` for anything, `$` for the end.
        """
        matching = [
            (len(location), reservation.is_reserved, reservation)
            for location, reservation in self.rules
            if _matches(location, path)
        ]
        return max(matching, key=lambda rule: rule[:2])[2] if matching else None


def mining_by_host(snapshots: Iterable[Snapshot]) -> dict[str, MiningRules]:
    """Returns the rules of sites that served some; of several for a host the last."""
    found: dict[str, MiningRules] = {}
    for host, status, body, kind in snapshots:
        rules = mining_rules(body) if kind == "tdmrep" and status == _OK else None
        if rules:
            found[host.lower()] = rules
    return found


def path_of(url: str) -> str:
    """Returns the path of an address with its query, at least `/`."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "/"
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def mining_rules(body: bytes) -> MiningRules | None:
    """Returns the rules of a file; none if it is damaged or longer than 500 KiB.

    Entries without a location, or with another reservation than 0 or 1, are passed over.
    """
    if len(body) > MAX_BYTES:
        return None
    try:
        entries = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(entries, list):
        return None
    return MiningRules(tuple(rule for entry in entries if (rule := _rule(entry))))


def _rule(entry: Any) -> tuple[str, Reservation] | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("location"), str):
        return None
    stated = str(entry.get("tdm-reservation"))
    if stated not in {"0", "1"}:
        return None
    policy = entry.get("tdm-policy")
    return entry["location"], Reservation(
        stated == "1", policy if isinstance(policy, str) else None
    )


def _matches(location: str, path: str) -> bool:
    first, *others = location.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    is_anchored = location.endswith("$")
    last = others.pop() if others and is_anchored else None
    for part in others:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if last is not None:
        return len(path) - len(last) >= at and path.endswith(last)
    return at == len(path) or not is_anchored
