"""One robots.txt: who may fetch which path, and what may be done with it, rule by rule."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Final, NamedTuple

from jingyu.filters.rights.patterns import Pattern, pattern_of

_AGENT = frozenset({"user-agent", "useragent", "user agent"})
_DISALLOW = frozenset(
    {"disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"}  # as Google reads them
)
_USAGE: Final = "content-usage"
_SIGNAL: Final = "content-signal"
_LICENSE: Final = "license"
ACCESS: Final = frozenset({"allow", "disallow"})
PREFERENCES: Final = frozenset({_USAGE, _SIGNAL})
_KEPT = frozenset({"allow", _USAGE, _SIGNAL, _LICENSE})
_ENDING = frozenset({"disallow", "allow", _USAGE, _SIGNAL, "crawl-delay", "request-rate"})
"""What ends a run of names of robots; records that others have invented must not."""
_LINES = re.compile(r"\r\n|\r|\n")
_ANYBODY: Final = "*"


class Rule(NamedTuple):
    """A line of a group."""

    kind: str
    """`allow`, `disallow`, `content-usage`, `content-signal` or `license`."""
    value: str
    line: int
    text: str
    """The line as it stands there, without spaces around it and its comment."""

    @property
    def pattern(self) -> Pattern:
        """The paths that an access rule is about."""
        return pattern_of(self.value)


@dataclass(frozen=True)
class Group:
    """The rules for some robots, of all groups that name them."""

    rules: tuple[Rule, ...] = ()

    @cached_property
    def _access(self) -> tuple[tuple[Pattern, Rule], ...]:
        """Access rules, the longest first, of equal ones what allows."""
        found = ((rule.pattern, rule) for rule in self.rules if rule.kind in ACCESS)
        return tuple(sorted(found, key=lambda each: (-each[0].length, each[1].kind)))

    def access(self, path: str) -> Rule | None:
        """Returns the access rule that decides on a path in its normal form; none if none matches.

        Source: RFC 9309, section 2.2.2: the longest match counts, of equal ones what allows.
        """
        return next((rule for pattern, rule in self._access if pattern.matches(path)), None)

    def of_kind(self, kind: str) -> tuple[Rule, ...]:
        """Returns the rules of a kind, in the order of the file."""
        return tuple(rule for rule in self.rules if rule.kind == kind)


_NO_RULES = Group()


@dataclass(frozen=True)
class RobotsFile:
    """What one robots.txt says."""

    groups: Mapping[str, Sequence[Sequence[Rule]]] = field(default_factory=dict)
    """Rules of each group that names a robot, by its name in lower case, without its version.

    Robots that are named together share them: many names times many rules fill any memory.
    """
    everywhere: Group = _NO_RULES
    """Rules that stand in no group."""

    def rules(self, agent: str) -> Sequence[Sequence[Rule]]:
        """Returns the rules for a robot: of each group that names it, else of those for any, `*`.

        Source: RFC 9309, section 2.2.1.
        """
        return self.groups.get(_token(agent), self.groups.get(_ANYBODY, ()))

    def group(self, agent: str) -> Group:
        """Returns the rules for a robot as one group."""
        return Group(tuple(chain.from_iterable(self.rules(agent))))

    def names(self, agent: str) -> bool:
        """Returns whether a robot has rules of its own."""
        return agent in self.groups

    def licenses(self, agent: str) -> tuple[Rule, ...]:
        """Returns the lines that name licenses: those of the robot's group, else those of none.

        Source: RSL 1.0, section 4.4.
        """
        own = chain.from_iterable(self.rules(agent))
        return tuple(r for r in own if r.kind == _LICENSE) or self.everywhere.of_kind(_LICENSE)


def robots_file(text: str) -> RobotsFile:
    """Returns what a robots.txt says; lines that are none of its grammar are passed over.

    Source: RFC 9309, section 2.2, which lets records of others interfere with nothing;
    draft-ietf-aipref-attach-05, section 3; RSL 1.0, section 4.4; misspelt names as Google reads.
    """
    groups: dict[str, list[list[Rule]]] = {}
    everywhere: list[Rule] = []
    rules = everywhere
    is_naming = False
    for kind, value, line, shown in _records(text):
        if kind == "user-agent":
            rules = rules if is_naming else everywhere
            is_naming = True
            if agent := _token(value):
                rules = [] if rules is everywhere else rules
                named = groups.setdefault(agent, [])
                if not named or named[-1] is not rules:
                    named.append(rules)
            continue
        if value and (kind in _KEPT or kind == "disallow"):
            rules.append(Rule(kind, value, line, shown))
        is_naming = is_naming and kind not in _ENDING
    return RobotsFile(groups, Group(tuple(everywhere)))


def _records(text: str) -> Iterator[tuple[str, str, int, str]]:
    """Yields the kind of each record, its value, its line and how it stands there."""
    for number, line in enumerate(_LINES.split(text), start=1):
        shown = line.partition("#")[0].strip()
        name, colon, value = shown.partition(":")
        if not colon:  # as most readers do, since many files lack it
            name, _, value = shown.partition(" ")
        name = name.strip().lower()
        kind = "disallow" if name in _DISALLOW else "user-agent" if name in _AGENT else name
        if kind:
            yield kind, value.strip(), number, shown


def _token(name: str) -> str:
    """Returns a robot's name in lower case, without its version and without stray `*`."""
    token = name.partition("/")[0].strip().lower()
    return token if token == _ANYBODY else token.replace("*", "").strip()
