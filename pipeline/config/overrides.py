"""A config with other settings, as a command line names them: `rules.han_ratio.min=0.3`."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import yaml
from pydantic import ValidationError

from jingyu.filters.settings.errors import ConfigError
from jingyu.filters.settings.places import nearest
from jingyu.pipeline.config.config import RunConfig
from jingyu.schemas.staging import RULED

DECIDED_OVER_COLUMNS: Final = (
    "rules",
    "sources",
    "source_register.only_registered",
    "source_register.min_tier",
    "verdicts",
    "gate",
    "language",
    "rights.exclude",
)
"""Keys that decide over what is staged: no page is read again, nothing is compared again."""

_BOUNDS: Final = ("min", "max")

Values = dict[str, Any]


def overridden(config: RunConfig, settings: Iterable[str]) -> RunConfig:
    """Returns a config with other settings.

    Args:
        config: What it is without them.
        settings: `KEY=VALUE`, the value as YAML. `rules.NAME.min` names a rule by its reason or its
            signal; `rules.NAME=off` leaves it out; `rules.SIGNAL.max` of a signal that no rule has
            adds one, whose reason is `SIGNAL_above_max`.

    Raises:
        ConfigError: A key is unknown or a value wrong.
    """
    values = config.model_dump(mode="json")
    for setting in settings:
        key, equals, text = setting.partition("=")
        if not equals or not key:
            raise ConfigError(
                f"{setting}: write a setting as KEY=VALUE, as in `language.keep=[zh]`"
            )
        try:
            value = yaml.safe_load(text)
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            raise ConfigError(f"{setting}: the value is no YAML") from error
        _put(values, key, value)
        if key == "rules":
            values = validated(values).model_dump(mode="json")  # a later one may name a rule
    return validated(values)


def validated(values: Values) -> RunConfig:
    """Returns the config of values.

    Raises:
        ConfigError: They make none.
    """
    try:
        return RunConfig.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "config"
        raise ConfigError(f"{place} — {first['msg'].removeprefix('Value error, ')}") from None


def with_decisions_of(config: RunConfig, other: RunConfig) -> RunConfig:
    """Returns a config that decides over columns as another one does, and is else what it was."""
    values, wanted = config.model_dump(mode="json"), other.model_dump(mode="json")
    for key in DECIDED_OVER_COLUMNS:
        section, _, inner = key.partition(".")
        if inner:
            values[section][inner] = wanted[section][inner]
        else:
            values[section] = wanted[section]
    return validated(values)


def changed_keys(config: RunConfig, other: RunConfig) -> list[str]:
    """Returns the keys in which two configs differ, those of rules by their reasons."""
    found = changes(config.model_dump(mode="json"), other.model_dump(mode="json"))
    return [change["key"] for change in found]


def changes(values: Values, others: Values) -> list[Values]:
    """Returns key, value before and value after of all in which the values of two configs differ.

    A key that one lacks has None there. Rules are named by their reasons.
    """
    one, two = _flat(values), _flat(others)
    return [
        {"key": key, "before": one.get(key), "after": two.get(key)}
        for key in sorted(one.keys() | two.keys())
        if one.get(key) != two.get(key)
    ]


def undecidable(keys: Sequence[str]) -> list[str]:
    """Returns those of some keys that decide more than what `DECIDED_OVER_COLUMNS` does."""
    return [
        key
        for key in keys
        if not any(f"{key}.".startswith(f"{known}.") for known in DECIDED_OVER_COLUMNS)
    ]


def rule_named(rules: Sequence[Values], name: str) -> int | None:
    """Returns the place of the rule with a reason, or of the only one with a signal.

    Raises:
        ConfigError: Several rules look at the signal.
    """
    for place, rule in enumerate(rules):
        if rule["reason"] == name:
            return place
    places = [place for place, rule in enumerate(rules) if rule["signal"] == name]
    if len(places) > 1:
        reasons = ", ".join(rules[place]["reason"] for place in places)
        raise ConfigError(f"rules.{name} — several rules look at it; name one by reason: {reasons}")
    return places[0] if places else None


def _put(values: Values, key: str, value: Any) -> None:
    section, *path = key.split(".")
    if section == "rules" and path:
        _put_rule(values["rules"], path, value)
        return
    at: Any = values
    for part in (section, *path)[:-1]:
        at = at.get(part) if isinstance(at, dict) else None
        if not isinstance(at, dict):
            raise ConfigError(f"{key} — there is no such key")
    last = (section, *path)[-1]
    if last not in at:
        raise ConfigError(f"{key} — {nearest(last, at)}")
    at[last] = value


def _put_rule(rules: list[Values], path: Sequence[str], value: Any) -> None:
    name, *inner = path
    place = rule_named(rules, name)
    if place is None:
        rules.append(_new_rule(rules, name, inner, value))
        return
    if not inner and value in (None, False):
        del rules[place]
        return
    at: Any = rules[place]
    for part in inner[:-1]:
        at = at.get(part) if isinstance(at, dict) else None
    at = at if isinstance(at, dict) else {}
    if not inner or inner[-1] not in at:
        raise ConfigError(f"rules.{'.'.join(path)} — {nearest((inner or [name])[-1], at)}")
    at[inner[-1]] = value
    if inner[-1] in _BOUNDS and value is not None:
        # One rule has one limit: the other bound makes way.
        at[_BOUNDS[1 - _BOUNDS.index(inner[-1])]] = None


def _new_rule(rules: Sequence[Values], name: str, inner: Sequence[str], value: Any) -> Values:
    if name not in RULED.names:
        known = [*(rule["reason"] for rule in rules), *RULED.names]
        raise ConfigError(f"rules.{name} — no reason or signal; {nearest(name, known)}")
    if len(inner) != 1 or inner[0] not in _BOUNDS:
        raise ConfigError(f"rules.{name} — no rule has it; add one by `rules.{name}.min` or `.max`")
    (bound,) = inner
    beyond = "below" if bound == "min" else "above"
    return {"signal": name, bound: value, "reason": f"{name}_{beyond}_{bound}"}


def _flat(values: Any, prefix: str = "") -> Values:
    if prefix == "rules":
        values = {rule["reason"]: {**rule, "place": n} for n, rule in enumerate(values)}
    if not isinstance(values, dict) or not values:
        return {prefix: values}
    found: Values = {}
    for key, value in values.items():
        found |= _flat(value, f"{prefix}.{key}" if prefix else str(key))
    return found
