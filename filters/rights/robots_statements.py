"""What one robots.txt states: rule by rule, to the configured robots and to those of others."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, islice
from typing import Final, NamedTuple

from jingyu.filters.rights.agents import USES
from jingyu.filters.rights.heard import Heard, Hearer, Preference, heard_by
from jingyu.filters.rights.robots import RobotsFile, Rule, robots_file
from jingyu.filters.rights.statement import (
    ACCESS,
    ALLOWED,
    MOST_STATEMENTS,
    RESERVED,
    Statement,
    Uses,
    Verdict,
)

ALL_RESERVED: Final = Uses(RESERVED, RESERVED, RESERVED)
_MOST_HELD: Final = 20_000
"""Statements of readings that are held of one file: some 3 MB."""


class Reading(NamedTuple):
    """What a robots.txt states on one path."""

    access: Statement | None
    """The rule of access that decides for the configured robots; none if none matches."""
    preferences: tuple[Statement, ...]
    """What is said to them of the use of what they fetch."""
    others: tuple[Statement, ...]
    """What is said to AI robots that are not configured: as many as are listed of a page."""
    disallowed: tuple[str, ...]
    """Those of them that collect for training and may not fetch the path, sorted."""

    @property
    def may_fetch(self) -> bool:
        """Whether all of the configured robots may fetch the path."""
        return self.access is None or self.access.uses != ALL_RESERVED


class RobotsReader:
    """One robots.txt, as it is read for some robots."""

    def __init__(self, text: str, agents: Sequence[str], at: datetime | None = None) -> None:
        """Reads the file for the configured robots.

        Args:
            text: The file.
            agents: The configured robots; their names count in any case.
            at: When it was captured.
        """
        file = robots_file(text)
        self.licenses = {
            rule.line: (rule, agent) for agent in agents for rule in file.licenses(agent)
        }.values()
        """Lines that name licenses, and whom for."""
        self.at = at
        self._ours = [Hearer((agent,), file.rules(agent)) for agent in dict.fromkeys(agents)]
        self._others = _named(file, {agent.lower() for agent in agents})
        self._heard = Heard(file, self._ours, self._others)
        self._readings: dict[tuple[int, ...], Reading] = {}
        self._held = 0

    def read(self, path: str) -> Reading:
        """Returns what the file states on a path in its normal form."""
        # Most paths of a site meet the same rules: what these come to is found once.
        matching = self._heard.matching(path)
        known = self._readings.get(matching)
        if known is None:
            known = self._reading(matching)
            self._held += 1 + len(matching) + len(known.preferences) + len(known.others)
            if self._held > _MOST_HELD:
                self._readings.clear()
                self._held = 0
            self._readings[matching] = known
        return known

    def _reading(self, matching: tuple[int, ...]) -> Reading:
        rules, preferences = self._heard.access(matching), self._heard.preferences(matching)
        access = {each.agents[0]: rules.get(n) for n, each in enumerate(self._ours)}
        decisive = _decisive(access)
        preferred = (heard_by(preferences, number) for number in range(len(self._ours)))
        refused = list(_access_of(self._others, rules, first=len(self._ours)))
        use = _use_of(self._others, preferences, first=len(self._ours))
        return Reading(
            _of_access(*decisive)._replace(stated_at=self.at) if decisive else None,
            tuple(each._replace(stated_at=self.at) for each in _to_ours(access, preferred)),
            tuple(
                each._replace(stated_at=self.at)
                for each in islice(chain(use, refused), MOST_STATEMENTS)
            ),
            _disallowed(refused),
        )


def _named(file: RobotsFile, ours: set[str]) -> list[Hearer]:
    """Returns the AI robots that a file names, but for ours: of equal rules together."""
    numbers: dict[tuple[str, str], int] = {}
    of_groups: dict[int, bytes] = {}

    def said(rules: Sequence[Rule]) -> bytes:
        """Returns what rules say, as numbers: groups are shared, and may be long."""
        if id(rules) not in of_groups:
            each = (numbers.setdefault((r.kind, r.value), len(numbers)) for r in rules)
            of_groups[id(rules)] = array("I", each).tobytes()
        return of_groups[id(rules)]

    by_rules: dict[bytes, list[str]] = {}
    for agent in USES:
        if agent not in ours and file.names(agent):
            by_rules.setdefault(b"".join(map(said, file.rules(agent))), []).append(agent)
    return [Hearer(tuple(names), file.rules(names[0])) for names in by_rules.values()]


def _decisive(access: Mapping[str, Rule | None]) -> tuple[str, Rule] | None:
    """Returns the rule that decides for the configured robots: the first that disallows."""
    matching = [(agent, rule) for agent, rule in access.items() if rule]
    refusing = [each for each in matching if each[1].kind == "disallow"]
    return next(iter((*refusing, *matching)), None)


def _of_access(agent: str, rule: Rule) -> Statement:
    uses = ALL_RESERVED if rule.kind == "disallow" else Uses()
    return Statement(ACCESS, "robots.txt", rule.text, uses, rule.line, agent, rule.value)


def _to_ours(
    access: Mapping[str, Rule | None], preferred: Iterable[tuple[Statement, ...]]
) -> Iterator[Statement]:
    """Yields preferences, each once; of what may not be fetched Content-Usage implies none.

    Source: draft-ietf-aipref-attach-05, section 3.1.
    """
    seen = set()
    for (agent, rule), statements in zip(access.items(), preferred, strict=True):
        may_fetch = rule is None or rule.kind == "allow"
        for stated in statements:
            if stated.line not in seen:
                seen.add(stated.line)
                is_void = stated.protocol == "content_usage" and not may_fetch
                yield stated._replace(agent=agent, uses=Uses() if is_void else stated.uses)


def _use_of(
    hearers: Sequence[Hearer], preferences: Sequence[Preference], first: int
) -> Iterator[Statement]:
    """Yields what is said to AI robots of use; the first of them has a number."""
    for number, hearer in enumerate(hearers, first) if preferences else ():
        for stated in heard_by(preferences, number):
            yield stated._replace(agent=", ".join(hearer.agents))


def _access_of(
    hearers: Sequence[Hearer], rules: Mapping[int, Rule], first: int
) -> Iterator[Statement]:
    """Yields rules of access for AI robots: those in the same words as one statement."""
    access: dict[str, tuple[Rule, list[str]]] = {}
    for number, hearer in enumerate(hearers, first):
        if rule := rules.get(number):
            access.setdefault(rule.text, (rule, []))[1].extend(hearer.agents)
    for rule, names in access.values():
        verdict: Verdict = ALLOWED if rule.kind == "allow" else RESERVED
        uses = Uses()._replace(**{USES[name]: verdict for name in names})
        named = ", ".join(sorted(names))
        yield Statement(ACCESS, "robots.txt", rule.text, uses, rule.line, named, rule.value)


def _disallowed(statements: Iterable[Statement]) -> tuple[str, ...]:
    refusing = (each for each in statements if each.uses.train == RESERVED)
    names = (name for each in refusing for name in (each.agent or "").split(", "))
    return tuple(sorted(name for name in names if USES.get(name) == "train"))
