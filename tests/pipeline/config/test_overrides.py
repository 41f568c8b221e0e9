import pytest

from jingyu.filters.settings.errors import ConfigError
from jingyu.pipeline.config.config import load_config
from jingyu.pipeline.config.overrides import overridden
from tests.support.paths import DEMO


@pytest.mark.parametrize(
    "settings",
    [
        ["rules.too_short.min.x=1"],
        ["rules.too_short.signal.x=1"],
        ["rules.too_short.also.x.y=1"],
        ["rules=5", "rules.too_short.min=1"],
        ["rules=[{}]", "rules.too_short.min=1"],
        ["rules=[3]", "rules.too_short.min=1"],
        ["rules=!!set {a}", "rules.a.min=1"],
        ["language.keep=2024-13-45"],
        ["language.keep=!!int x"],
        ["language.keep=" + "[" * 5000],
        ["language"],
        ["languages.keep=[zh]"],
        ["language.keep.x=1"],
    ],
    ids=lambda settings: settings[0][:30],
)
def test_a_wrong_setting_is_an_error_of_the_config(settings: list[str]) -> None:
    with pytest.raises(ConfigError):
        overridden(load_config(DEMO), settings)


def test_rules_that_are_given_whole_can_be_named_by_the_next_setting() -> None:
    rules = "rules=[{signal: han_count, min: 9, reason: short}]"

    (rule,) = overridden(load_config(DEMO), [rules, "rules.short.min=7"]).rules

    assert (rule.reason, rule.min) == ("short", 7)


def test_a_limit_of_one_verdict_can_be_named() -> None:
    rules = "rules=[{signal: quality, min: {trusted: 0.1, unknown: 0.2}, reason: low}]"

    (rule,) = overridden(load_config(DEMO), [rules, "rules.low.min.doubtful=0.7"]).rules

    assert rule.min == {"trusted": 0.1, "fine": 0.1, "unknown": 0.2, "doubtful": 0.7, "bad": 0.2}
