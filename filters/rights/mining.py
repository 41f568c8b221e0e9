"""Reservations of text and data mining that a site states in `/.well-known/tdmrep.json`."""

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

from jingyu.filters.rights.patterns import normal_form, pattern_of
from jingyu.filters.rights.snapshot import MAX_BYTES, text_of


class Reservation(NamedTuple):
    """What a rule says."""

    is_reserved: bool
    policy: str | None


@dataclass(frozen=True)
class MiningRules:
    """Rules of one site, in the order of the file."""

    rules: tuple[tuple[str, Reservation], ...] = ()

    def rule(self, path: str) -> tuple[str, Reservation] | None:
        """Returns the location that decides on a path with its query, and what holds; or none.

        Of the rules that match, the one with the longest location holds, of equal ones that which
        reserves.

        Source: TDM Reservation Protocol, file on the origin server, which matches locations as
        RFC 9309, section 2.2.2, does paths: as prefixes, `*` for anything, `$` for the end.
        """
        normal = normal_form(path)
        matching = [
            (pattern_of(location).length, reservation.is_reserved, location, reservation)
            for location, reservation in self.rules
            if pattern_of(location).matches(normal)
        ]
        return max(matching, key=lambda rule: rule[:2])[2:] if matching else None

    def reservation(self, path: str) -> Reservation | None:
        """Returns what holds for a path with its query; none if no rule matches."""
        decisive = self.rule(path)
        return decisive[1] if decisive else None


def mining_rules(body: bytes) -> MiningRules | None:
    """Returns the rules of a file; none if it is damaged or longer than 500 KiB.

    Entries without a location, or with another reservation than 0 or 1, are passed over.
    """
    if len(body) > MAX_BYTES:
        return None
    try:
        entries = json.loads(text_of(body))
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
