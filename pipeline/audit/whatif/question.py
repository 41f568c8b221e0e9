"""What is asked, from the words of a command line."""

from collections.abc import Callable, Sequence

from jingyu.filters.settings.errors import ConfigError
from jingyu.pipeline.audit.output import Output
from jingyu.pipeline.audit.whatif.curve import Sweep
from jingyu.pipeline.audit.whatif.whatif import Decide, Question
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.config.overrides import (
    DECIDED_OVER_COLUMNS,
    changed_keys,
    overridden,
    rule_named,
    undecidable,
    validated,
    with_decisions_of,
)

Lacking = Callable[[RunConfig], Sequence[str]]


def question_of(  # noqa: PLR0913, PLR0917  (an option of the command each)
    output: Output,
    settings: Sequence[str],
    other: RunConfig | None,
    sweep: str,
    decide: Decide,
    lacking: Lacking,
) -> Question:
    """Returns a question about an output.

    Args:
        output: The output.
        settings: `KEY=VALUE`, on top of the run's own config or of `other`.
        other: A config whose decisions over columns are asked about.
        sweep: `RULE.min` or `RULE.max`, or nothing.
        decide: Decides by a config.
        lacking: Says by which sections a config lets in what was staged nowhere.

    Raises:
        ConfigError: A setting is wrong, or needs pages to be read or compared again.
    """
    before = validated(output.manifest["config"])
    base = with_decisions_of(before, other) if other else before
    after = overridden(base, settings)
    beyond = undecidable(changed_keys(base, after))
    if beyond:
        raise ConfigError(
            f"{', '.join(beyond)}: measures or compares anew, which takes a run; what can be asked "
            f"here is {', '.join(DECIDED_OVER_COLUMNS)}"
        )
    swept = _sweep(after, sweep) if sweep else None
    return Question(output, before, after, decide, lacking(after), swept)


def _sweep(config: RunConfig, limit: str) -> Sweep:
    name = limit.removeprefix("rules.").removesuffix(".min").removesuffix(".max")
    rules = [rule.model_dump() for rule in config.rules]
    place = rule_named(rules, name)
    if place is None:
        known = ", ".join(rule["reason"] for rule in rules)
        raise ConfigError(f"{limit} — no rule has that reason or signal; rules are: {known}")
    bound = "min" if rules[place]["max"] is None else "max"
    if limit.endswith((".min", ".max")) and not limit.endswith(f".{bound}"):
        raise ConfigError(f"{limit} — the rule has a `{bound}`; sweep `{name}.{bound}`")
    rule = config.rules[place]
    if rule.scale or rule.is_by_verdict:
        raise ConfigError(
            f"{limit} — the rule has several limits; try other ones by `--set "
            f"rules.{rule.reason}.{bound}.{next(iter(rule.scales)).untold}=…`"
        )
    return Sweep(config, rule.reason)
