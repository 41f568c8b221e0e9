"""A value beside the limit that it has, which may differ by the verdict on the site."""

from typing import Any

import pytest

from jingyu.filters.rule import Rule
from jingyu.pipeline.audit.checks import _check, to_keep
from jingyu.pipeline.audit.explain_text import render
from jingyu.pipeline.config.config import RunConfig

RULE = Rule.model_validate(
    {"signal": "quality", "min": {"fine": 0.2, "doubtful": 0.7}, "reason": "low_quality"}
)


@pytest.mark.parametrize(
    ("verdict", "limit", "passes"),
    [("trusted", None, True), ("fine", 0.2, True), ("doubtful", 0.7, False), (None, 0.2, True)],
)
def test_the_limit_is_that_of_the_verdict_on_the_site(
    verdict: str | None, limit: float | None, *, passes: bool
) -> None:
    told = _check(RULE, {"quality": 0.5, "verdict": verdict})

    assert (told["limit"], told["passes"]) == (limit, passes)
    assert told["of"] == (verdict or "unknown")


def test_what_would_keep_a_document_names_the_verdict_whose_limit_it_is() -> None:
    check = _check(RULE, {"quality": 0.5, "verdict": "doubtful"})
    row: dict[str, Any] = {"outcome": "rejected", "stage": "select", "reason": "low_quality"}
    config = RunConfig(rules=(RULE,))

    assert to_keep(row, [check], config) == ["rules.low_quality.min.doubtful: 0.7 → 0.5"]
    assert "FAILS  low_quality: quality 0.5, min 0.7 if doubtful" in render({"checks": [check]})


def test_where_there_is_no_limit_none_is_told() -> None:
    check = _check(RULE, {"quality": 0.5, "verdict": "trusted"})

    assert "low_quality: quality 0.5, no limit if trusted" in render({"checks": [check]})
