import pyarrow as pa
import pytest
from pydantic import ValidationError

from jingyu.filters.rule import Limit, Rule

GAMBLING = Rule(
    signal="lexicon_gambling_ratio",
    max=0.01,
    also=Limit(signal="lexicon_gambling_distinct", max=2),
    reason="gambling",
)


@pytest.mark.parametrize(("value", "is_rejected"), [(0.29, True), (0.3, False), (0.31, False)])
def test_a_document_passes_on_and_above_its_min(value: float, *, is_rejected: bool) -> None:
    rule = Rule(signal="han_ratio", min=0.3, reason="too_little_han")

    assert rule.rejected(pa.table({"han_ratio": [value]})).tolist() == [is_rejected]


@pytest.mark.parametrize(("value", "is_rejected"), [(0.29, False), (0.3, False), (0.31, True)])
def test_a_document_passes_on_and_below_its_max(value: float, *, is_rejected: bool) -> None:
    rule = Rule(signal="digit_ratio", max=0.3, reason="too_many_digits")

    assert rule.rejected(pa.table({"digit_ratio": [value]})).tolist() == [is_rejected]


def test_a_limit_of_zero_is_a_limit() -> None:
    rule = Rule(signal="masked_resident_id_count", max=0, reason="contains_id_number")

    rows = pa.table({"masked_resident_id_count": [0.0, 1.0]})

    assert rule.limit == 0
    assert rule.rejected(rows).tolist() == [False, True]


def test_a_misspelt_signal_is_answered_with_the_likeliest_one() -> None:
    with pytest.raises(
        ValidationError, match="`han_ration` is not a signal; did you mean han_rati"
    ):
        Rule(signal="han_ration", min=0.3, reason="too_little_han")


def test_a_signal_like_no_other_is_answered_with_all() -> None:
    with pytest.raises(
        ValidationError, match="`zzz` is not a signal; there are char_count, line_c"
    ):
        Rule(signal="zzz", min=0.3, reason="odd")


@pytest.mark.parametrize(("low", "high"), [(None, None), (0.1, 0.9)])
def test_a_rule_has_exactly_one_limit(low: float | None, high: float | None) -> None:
    with pytest.raises(ValidationError, match="give either `min` or `max`"):
        Rule(signal="han_ratio", min=low, max=high, reason="odd")


@pytest.mark.parametrize("limit", [-0.1, 1.1, 30])
def test_a_limit_of_a_ratio_is_a_ratio(limit: float) -> None:
    with pytest.raises(
        ValidationError, match=r"`han_ratio` is a ratio: its limit lies from 0 to 1"
    ):
        Rule(signal="han_ratio", min=limit, reason="too_little_han")


def test_a_limit_of_a_count_may_be_any_number() -> None:
    assert Rule(signal="char_count", min=200, reason="too_short").limit == 200


@pytest.mark.parametrize("limit", [float("nan"), float("inf")])
def test_a_limit_is_finite(limit: float) -> None:
    with pytest.raises(ValidationError, match="finite"):
        Rule(signal="char_count", max=limit, reason="too_long")


@pytest.mark.parametrize("reason", ["", "Too short", "2short", "too-short", "太短"])
def test_a_reason_is_in_snake_case(reason: str) -> None:
    with pytest.raises(ValidationError, match="pattern"):
        Rule(signal="char_count", min=200, reason=reason)


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        Rule.model_validate({"signal": "char_count", "mim": 200, "reason": "too_short"})


def test_a_row_without_the_signal_is_an_error() -> None:
    rule = Rule(signal="han_ratio", min=0.3, reason="too_little_han")

    with pytest.raises(ValueError, match="1 rows lack the signal `han_ratio`"):
        rule.measured(pa.table({"han_ratio": [0.5, None]}))


@pytest.mark.parametrize(
    ("ratio", "distinct", "is_rejected"),
    [
        (0.009, 3, False),
        (0.01, 3, False),
        (0.011, 1, False),
        (0.011, 2, False),
        (0.011, 3, True),
        (0.01, 2, False),
    ],
)
def test_with_a_second_limit_only_what_lies_beyond_both_is_rejected(
    ratio: float, distinct: int, *, is_rejected: bool
) -> None:
    rows = pa.table(
        {"lexicon_gambling_ratio": [ratio], "lexicon_gambling_distinct": [distinct]},
    )

    assert GAMBLING.rejected(rows).tolist() == [is_rejected]


def test_the_two_limits_may_lie_on_different_sides() -> None:
    also = Limit(signal="char_count", min=100)
    rule = Rule(signal="digit_ratio", max=0.3, also=also, reason="short_table")
    rows = pa.table({"digit_ratio": [0.4, 0.4, 0.4, 0.3], "char_count": [99, 100, 101, 99]})

    assert rule.rejected(rows).tolist() == [True, False, False, False]


def test_the_limit_and_the_value_of_a_rule_are_those_of_its_first_signal() -> None:
    rows = pa.table({"lexicon_gambling_ratio": [0.5], "lexicon_gambling_distinct": [9]})

    assert GAMBLING.limit == 0.01
    assert GAMBLING.measured(rows).tolist() == [0.5]
    assert GAMBLING.signals == ("lexicon_gambling_ratio", "lexicon_gambling_distinct")


def test_without_a_second_limit_the_first_decides_alone() -> None:
    rule = Rule(signal="digit_ratio", max=0.3, reason="too_many_digits")

    assert rule.signals == ("digit_ratio",)
    assert rule.rejected(pa.table({"digit_ratio": [0.3, 0.4]})).tolist() == [False, True]


@pytest.mark.parametrize(
    ("also", "message"),
    [
        ({"signal": "lexicon_gambling_distinkt", "max": 2}, "did you mean lexicon_gambling_disti"),
        ({"signal": "lexicon_gambling_distinct"}, "give either `min` or `max`"),
        ({"signal": "lexicon_gambling_ratio", "max": 2}, "is a ratio: its limit lies from 0 to 1"),
        ({"signal": "char_count", "max": 2, "reason": "x"}, "Extra inputs are not permitted"),
    ],
)
def test_a_second_limit_is_checked_like_the_first(also: dict[str, object], message: str) -> None:
    rule = {"signal": "digit_ratio", "max": 0.3, "reason": "x", "also": also}

    with pytest.raises(ValidationError, match=message):
        Rule.model_validate(rule)


def test_a_row_without_the_second_signal_is_an_error() -> None:
    rows = pa.table({"lexicon_gambling_ratio": [0.5], "lexicon_gambling_distinct": [None]})

    with pytest.raises(ValueError, match="1 rows lack the signal `lexicon_gambling_distinct`"):
        GAMBLING.rejected(rows)


@pytest.mark.parametrize(
    ("verdict", "quality", "is_rejected"),
    [
        ("trusted", 0.0, False),
        ("fine", 0.19, True),
        ("fine", 0.2, False),
        ("unknown", 0.2, False),
        ("doubtful", 0.59, True),
        ("doubtful", 0.6, False),
        ("bad", 0.6, False),
        (None, 0.19, True),
    ],
)
def test_a_document_has_to_pass_the_limit_of_the_verdict_on_its_site(
    verdict: str | None, quality: float, *, is_rejected: bool
) -> None:
    rule = Rule.model_validate(
        {"signal": "quality", "min": {"fine": 0.2, "doubtful": 0.6}, "reason": "low_quality"}
    )
    rows = pa.table({"quality": [quality], "verdict": pa.array([verdict], pa.string())})

    assert rule.rejected(rows).tolist() == [is_rejected]
    assert rule.is_by_verdict
    assert rule.columns == ("quality", "verdict")


def test_a_second_limit_may_differ_by_tier() -> None:
    also = {"signal": "char_count", "min": {"official": 20, "unregistered": 200}}
    rule = Rule.model_validate(
        {"signal": "digit_ratio", "max": 0.3, "reason": "short_table", "also": also}
    )
    tiers = pa.array(["official", "official", None, None], pa.string())
    rows = pa.table(
        {"digit_ratio": [0.4] * 4, "char_count": [19, 20, 199, 200], "source_tier": tiers}
    )

    assert rule.rejected(rows).tolist() == [True, False, True, False]
    assert not rule.is_by_verdict
    assert rule.columns == ("digit_ratio", "char_count", "source_tier")


def test_every_limit_of_a_ratio_is_a_ratio() -> None:
    with pytest.raises(ValidationError, match=r"its limit lies from 0 to 1, not at 20"):
        Rule.model_validate({"signal": "quality", "min": {"fine": 0.2, "bad": 20}, "reason": "x"})
