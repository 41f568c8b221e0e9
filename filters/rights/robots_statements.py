"""What one robots.txt states: rule by rule, to the configured robots and to those of others."""

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from jingyu.filters.rights.agents import USES
from jingyu.filters.rights.patterns import Pattern, pattern_of
from jingyu.filters.rights.preferences import content_signal, content_usage, scoped
from jingyu.filters.rights.robots import Group, RobotsFile, Rule, robots_file
from jingyu.filters.rights.statement import ACCESS, ALLOWED, RESERVED, Statement, Uses, Verdict

ALL_RESERVED: Final = Uses(RESERVED, RESERVED, RESERVED)
_RULES = 1 << 14


class Reading(NamedTuple):
    """What a robots.txt states on one path."""

    access: Statement | None
    """The rule of access that decides for the configured robots; none if none matches."""
    preferences: tuple[Statement, ...]
    """What is said to them of the use of what they fetch."""
    others: tuple[Statement, ...]
    """What is said to AI robots that are not configured."""
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
        self._groups = {agent: file.group(agent) for agent in agents}
        self._preferences = {agent: _pairs(file.preferences(agent)) for agent in agents}
        self._others = _named(file, {agent.lower() for agent in agents})
        self._readings: dict[object, Reading] = {}

    def read(self, path: str) -> Reading:
        """Returns what the file states on a path in its normal form."""
        # Most paths of a site meet the same rules: what these come to is found once.
        ours = tuple(group.access(path) for group in self._groups.values())
        preferred = tuple(_matching(each, path) for each in self._preferences.values())
        others = tuple((each.group.access(path), each.preferred(path)) for each in self._others)
        met = (ours, preferred, others)
        known = self._readings.get(met)
        if known is None:
            known = self._readings[met] = self._reading(ours, preferred, others)
        return known

    def _reading(
        self,
        ours: Sequence[Rule | None],
        preferred: Sequence[tuple[Statement, ...]],
        others: Sequence[tuple[Rule | None, tuple[Statement, ...]]],
    ) -> Reading:
        access = dict(zip(self._groups, ours, strict=True))
        decisive = _decisive(access)
        said = list(_to_others(zip((each.agents for each in self._others), others, strict=True)))
        return Reading(
            _of_access(*decisive)._replace(stated_at=self.at) if decisive else None,
            tuple(each._replace(stated_at=self.at) for each in _to_ours(access, preferred)),
            tuple(each._replace(stated_at=self.at) for each in said),
            _disallowed(said),
        )


class _Named(NamedTuple):
    """AI robots that a file has the same rules for."""

    agents: tuple[str, ...]
    group: Group
    preferences: tuple[tuple[Pattern, Statement], ...]

    def preferred(self, path: str) -> tuple[Statement, ...]:
        return _matching(self.preferences, path) if self.preferences else ()


def _named(file: RobotsFile, ours: set[str]) -> tuple[_Named, ...]:
    """Returns the AI robots that a file names, but for ours: of equal rules together."""
    by_rules: dict[tuple[tuple[str, str], ...], tuple[list[str], Group]] = {}
    for agent in USES:
        if agent not in ours and file.names(agent):
            group = file.group(agent)
            rules = tuple((rule.kind, rule.value) for rule in group.rules)
            by_rules.setdefault(rules, ([], group))[0].append(agent)
    return tuple(
        _Named(tuple(names), group, _pairs(group.preferences)) for names, group in by_rules.values()
    )


def _pairs(rules: Iterable[Rule]) -> tuple[tuple[Pattern, Statement], ...]:
    return tuple(map(_stated, rules))


@functools.lru_cache(_RULES)
def _stated(rule: Rule) -> tuple[Pattern, Statement]:
    path, said = scoped(rule.value)
    read = content_signal if rule.kind == "content-signal" else content_usage
    uses = read(said) or Uses()
    protocol = rule.kind.replace("-", "_")
    return pattern_of(path or ""), Statement(
        protocol, "robots.txt", rule.text, uses, rule.line, None, path
    )


def _matching(pairs: Iterable[tuple[Pattern, Statement]], path: str) -> tuple[Statement, ...]:
    """Returns what holds for a path: of Content-Usage the rules with the longest path alone.

    Source: draft-ietf-aipref-attach-05, section 3.1.
    """
    found = [(pattern, stated) for pattern, stated in pairs if pattern.matches(path)]
    usage = [pattern.length for pattern, stated in found if stated.protocol == "content_usage"]
    longest = max(usage, default=0)
    return tuple(
        stated
        for pattern, stated in found
        if stated.protocol == "content_signal" or pattern.length == longest
    )


def _decisive(access: Mapping[str, Rule | None]) -> tuple[str, Rule] | None:
    """Returns the rule that decides for the configured robots: the first that disallows."""
    matching = [(agent, rule) for agent, rule in access.items() if rule]
    refusing = [each for each in matching if each[1].kind == "disallow"]
    return next(iter((*refusing, *matching)), None)


def _of_access(agent: str, rule: Rule) -> Statement:
    uses = ALL_RESERVED if rule.kind == "disallow" else Uses()
    return Statement(ACCESS, "robots.txt", rule.text, uses, rule.line, agent, rule.value)


def _to_ours(
    access: Mapping[str, Rule | None], preferred: Sequence[tuple[Statement, ...]]
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


def _to_others(
    stated: Iterable[tuple[tuple[str, ...], tuple[Rule | None, tuple[Statement, ...]]]],
) -> Iterator[Statement]:
    """Yields what is said to AI robots: rules of access in the same words as one statement."""
    access: dict[str, tuple[Rule, list[str]]] = {}
    for agents, (rule, preferred) in stated:
        if rule:
            access.setdefault(rule.text, (rule, []))[1].extend(agents)
        for each in preferred:
            yield each._replace(agent=", ".join(agents))
    for rule, names in access.values():
        verdict: Verdict = ALLOWED if rule.kind == "allow" else RESERVED
        uses = Uses()._replace(**{USES[name]: verdict for name in names})
        named = ", ".join(sorted(names))
        yield Statement(ACCESS, "robots.txt", rule.text, uses, rule.line, named, rule.value)


def _disallowed(statements: Iterable[Statement]) -> tuple[str, ...]:
    refusing = (
        each for each in statements if each.protocol == ACCESS and each.uses.train == RESERVED
    )
    names = (name for each in refusing for name in (each.agent or "").split(", "))
    return tuple(sorted(name for name in names if USES.get(name) == "train"))
