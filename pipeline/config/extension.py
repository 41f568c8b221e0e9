"""A config that says only what it changes of another."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from jingyu.filters.settings.errors import ConfigError
from jingyu.filters.settings.places import Location, Places, parse
from jingyu.pipeline.config.built_in import find_config
from jingyu.pipeline.config.paths import with_paths_from

EXTENDS: Final = "extends"
"""Key that names the other config: one that is built in, or a file beside this one."""
_RULES: Final = "rules"


@dataclass(frozen=True)
class Sources:
    """Where each value comes from: a file, and for its rules the places that they have there.

    Attributes:
        places: Of the file itself.
        rules: For each rule of the whole, its place among the file's rules; None if the file that
            is extended has it.
        extended: Of that file, if there is one.
        extended_rules: The same as `rules` for it.
    """

    places: Places
    rules: tuple[int | None, ...] = ()
    extended: "Sources | None" = None
    extended_rules: tuple[int | None, ...] = ()

    def of(self, location: Location) -> str:
        """Returns `file:line:column: key.path` of a value, or of what should hold it."""
        if self.extended is None:
            return self.places.of(location)
        own, other = (self._there(location, rules) for rules in (self.rules, self.extended_rules))
        if other and (not own or len(self.places.known(own)) < len(self.extended.known(other))):
            return self.extended.of(other)
        return self.places.of(own or location)

    def known(self, location: Location) -> Location:
        """Returns the longest beginning of a location that one of the files holds."""
        found = self.places.known(location)
        return max(found, self.extended.known(location), key=len) if self.extended else found

    @staticmethod
    def _there(location: Location, rules: tuple[int | None, ...]) -> Location | None:
        """Returns the location in a file; None if a rule is not there."""
        if location[:1] != (_RULES,) or len(location) == 1 or not isinstance(location[1], int):
            return location
        row = rules[location[1]]
        return None if row is None else (_RULES, row, *location[2:])


def read_values(path: Path, above: tuple[Path, ...] = ()) -> tuple[Any, Sources]:
    """Returns what a config and those that it extends say, and where.

    Sections are brought together key by key; a list takes the place of the other's. Only rules are
    told apart by their reason: one takes the place of the rule with its reason, others follow.

    Raises:
        ConfigError: A file cannot be read or is no YAML, or configs extend each other.
    """
    path = path.absolute() if above else path
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot read the config: {error}") from error
    values, places = parse(text, path)
    if not isinstance(values, dict) or EXTENDS not in values:
        return with_paths_from(path.parent, values), Sources(places)
    name = values.pop(EXTENDS)
    known = _known(name, path, places)
    if known.resolve() in {path.resolve(), *above}:
        raise ConfigError(f"{places.of((EXTENDS,))} — {name} extends this config in turn")
    extended, sources = read_values(known, (path.resolve(), *above))
    values = with_paths_from(path.parent, values)
    if not isinstance(extended, dict):
        return values, Sources(places)
    merged = _merged(extended, values)
    own, other = _origins(extended.get(_RULES), values.get(_RULES), merged.get(_RULES))
    return merged, Sources(places, own, sources, other)


def _known(name: object, path: Path, places: Places) -> Path:
    """Returns the config of a name: a file beside the one that names it, or one that is built in.

    Raises:
        ConfigError: There is none.
    """
    if isinstance(name, str):
        for found in (path.parent / name, find_config(name)):
            if found.is_file() and found.resolve() != path.resolve():
                return found
        if (path.parent / name).is_file():
            return path
    raise ConfigError(f"{places.of((EXTENDS,))} — there is no config `{name}` to extend")


def _merged(extended: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    merged = dict(extended)
    for key, value in values.items():
        before = merged.get(key)
        if isinstance(before, dict) and isinstance(value, dict):
            merged[key] = _merged(before, value)
        elif key == _RULES and isinstance(before, list) and isinstance(value, list):
            merged[key] = _merged_rules(before, value)
        else:
            merged[key] = value
    return merged


def _merged_rules(before: list[Any], rules: list[Any]) -> list[Any]:
    own: dict[str | None, list[Any]] = {}
    for rule in rules:  # two with one reason both stay: the check of the whole config tells them
        own.setdefault(_reason(rule), []).append(rule)
    nameless = own.pop(None, [])
    kept = [each for rule in before for each in own.get(_reason(rule), [rule])]
    known = {_reason(rule) for rule in before}
    added = [each for reason, some in own.items() if reason not in known for each in some]
    return [*kept, *added, *nameless]


def _reason(rule: object) -> str | None:
    reason = rule.get("reason") if isinstance(rule, dict) else None
    return reason if isinstance(reason, str) else None


def _origins(
    before: object, own: object, merged: object
) -> tuple[tuple[int | None, ...], tuple[int | None, ...]]:
    """Returns, for each rule, its place among a file's own rules and among those extended."""
    places = []
    for rules in (own, before):
        known = rules if isinstance(rules, list) else []
        by_identity = {id(rule): row for row, rule in enumerate(known)}
        found = merged if isinstance(merged, list) else []
        places.append(tuple(by_identity.get(id(rule)) for rule in found))
    return places[0], places[1]
