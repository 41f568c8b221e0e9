"""A robots.txt as the standards have it read: each rule is tried for each robot."""

from jingyu.filters.rights.patterns import pattern_of
from jingyu.filters.rights.preferences import scoped
from jingyu.filters.rights.robots import RobotsFile, Rule


def access(file: RobotsFile, agent: str, path: str) -> Rule | None:
    """Returns the rule of access that decides for a robot; none if none matches."""
    rules = [rule for rule in file.group(agent).rules if rule.kind in {"allow", "disallow"}]
    matching = [rule for rule in rules if rule.pattern.matches(path)]
    return min(matching, key=lambda r: (-r.pattern.length, r.kind, r.line), default=None)


def preferences(file: RobotsFile, agent: str, path: str, *, is_ours: bool) -> list[int]:
    """Returns the lines on use that a robot heeds on a path."""
    found: list[int] = []
    for kind in ("content-usage", "content-signal"):
        own = file.group(agent).of_kind(kind)
        rules = own or (file.everywhere.of_kind(kind) if is_ours else ())
        told = [(pattern_of(scoped(rule.value)[0] or ""), rule.line) for rule in rules]
        matching = [each for each in told if each[0].matches(path)]
        longest = max((pattern.length for pattern, _ in matching), default=0)
        found += [
            line for pattern, line in matching if kind[8:] == "signal" or pattern.length == longest
        ]
    return sorted(found)
