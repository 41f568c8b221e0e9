"""What one robots.txt says to each of some robots on one path: rules in their order, by masks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from jingyu.filters.rights.matching import Matching
from jingyu.filters.rights.patterns import Pattern, pattern_of
from jingyu.filters.rights.preferences import content_signal, content_usage, scoped
from jingyu.filters.rights.robots import ACCESS, PREFERENCES, RobotsFile, Rule
from jingyu.filters.rights.statement import Statement, Uses


class Hearer(NamedTuple):
    """Robots that a file has the same rules for."""

    agents: tuple[str, ...]
    rules: Sequence[Sequence[Rule]]
    """Rules of each group that names them, or that is for any."""


class Preference(NamedTuple):
    """A rule on use."""

    stated: Statement
    length: int
    """That of its pattern."""
    mask: int
    """Bit n tells whether hearer n hears it."""


class Heard:
    """The rules of one file that some robots hear.

    Robots share the rules of groups, of which a file may have many for each of many robots: each
    rule is held once, with those that hear it as bits of a number.
    """

    def __init__(self, file: RobotsFile, ours: Sequence[Hearer], others: Sequence[Hearer]) -> None:
        """Reads the rules.

        Args:
            file: The file.
            ours: Robots that also hear the rules on use that stand in no group.
            others: Robots that do not.
        """
        hearers = (*ours, *others)
        self._everybody = (1 << len(hearers)) - 1
        masks = _masks(hearers)
        numbers: dict[Pattern, int] = {}
        access = _in_order_of_access(masks, numbers)
        self._access = [(rule, mask) for _, rule, mask in access]
        self._ranks = _by_number(number for number, _, _ in access)
        preferences = list(_preferences(masks, _of_none(file, ours), numbers))
        self._preferences = [preference for _, preference in preferences]
        self._places = _by_number(number for number, _ in preferences)
        self._matching = Matching(numbers)

    def matching(self, path: str) -> tuple[int, ...]:
        """Returns which patterns match a path: all that is said of it depends on these alone."""
        return self._matching.numbers(path)

    def access(self, matching: Iterable[int]) -> Mapping[int, Rule]:
        """Returns the rule of access that decides for each hearer, by its number; none for some.

        Source: RFC 9309, section 2.2.2: the longest match counts, of equal ones what allows.
        """
        found: dict[int, Rule] = {}
        left = self._everybody
        for rank in sorted(rank for number in matching for rank in self._ranks.get(number, ())):
            rule, mask = self._access[rank]
            found |= dict.fromkeys(_bits(mask & left), rule)
            left &= ~mask
            if not left:
                break
        return found

    def preferences(self, matching: Iterable[int]) -> list[Preference]:
        """Returns the rules on use, in the order of the file, those that stand in no group last."""
        places = (place for number in matching for place in self._places.get(number, ()))
        return [self._preferences[place] for place in sorted(places)]


def heard_by(preferences: Iterable[Preference], hearer: int) -> tuple[Statement, ...]:
    """Returns what a hearer hears of use: of Content-Usage the rules with the longest path alone.

    Source: draft-ietf-aipref-attach-05, section 3.1.
    """
    found = [each for each in preferences if each.mask >> hearer & 1]
    usage = (each.length for each in found if each.stated.protocol == "content_usage")
    longest = max(usage, default=0)
    return tuple(
        each.stated
        for each in found
        if each.stated.protocol == "content_signal" or each.length == longest
    )


def _masks(hearers: Sequence[Hearer]) -> list[tuple[Sequence[Rule], int]]:
    """Returns the rules of each group, in the order of the file, with who hears them."""
    groups: dict[int, tuple[Sequence[Rule], int]] = {}
    for number, hearer in enumerate(hearers):
        for rules in hearer.rules:
            mask = groups.get(id(rules), (rules, 0))[1]
            groups[id(rules)] = rules, mask | 1 << number
    return sorted((each for each in groups.values() if each[0]), key=lambda each: each[0][0].line)


def _in_order_of_access(
    masks: Iterable[tuple[Sequence[Rule], int]], numbers: dict[Pattern, int]
) -> list[tuple[int, Rule, int]]:
    found = []
    for rules, mask in masks:
        for rule in rules:
            if rule.kind in ACCESS:
                pattern = rule.pattern
                number = numbers.setdefault(pattern, len(numbers))
                found.append((-pattern.length, rule.kind, rule.line, number, rule, mask))
    return [each[3:] for each in sorted(found, key=lambda each: each[:3])]


def _of_none(file: RobotsFile, ours: Sequence[Hearer]) -> Iterator[tuple[Sequence[Rule], int]]:
    """Yields rules on use that stand in no group, for those without one of its kind."""
    for kind in PREFERENCES:
        rules = file.everywhere.of_kind(kind)
        lacking = [
            1 << number
            for number, hearer in enumerate(ours)
            if not any(rule.kind == kind for group in hearer.rules for rule in group)
        ]
        if rules and lacking:
            yield rules, sum(lacking)


def _preferences(
    masks: Iterable[tuple[Sequence[Rule], int]],
    of_none: Iterable[tuple[Sequence[Rule], int]],
    numbers: dict[Pattern, int],
) -> Iterator[tuple[int, Preference]]:
    free = sorted(((rule, mask) for rules, mask in of_none for rule in rules), key=_line)
    own = ((rule, mask) for rules, mask in masks for rule in rules if rule.kind in PREFERENCES)
    for rule, mask in (*sorted(own, key=_line), *free):
        path, said = scoped(rule.value)
        read = content_signal if rule.kind == "content-signal" else content_usage
        uses, protocol = read(said) or Uses(), rule.kind.replace("-", "_")
        stated = Statement(protocol, "robots.txt", rule.text, uses, rule.line, None, path)
        pattern = pattern_of(path or "")
        number = numbers.setdefault(pattern, len(numbers))
        yield number, Preference(stated, pattern.length, mask)


def _line(each: tuple[Rule, int]) -> int:
    return each[0].line


def _by_number(numbers: Iterable[int]) -> dict[int, list[int]]:
    """Returns the places of each number."""
    found: dict[int, list[int]] = {}
    for place, number in enumerate(numbers):
        found.setdefault(number, []).append(place)
    return found


def _bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
