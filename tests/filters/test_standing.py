"""Limits that differ by tier of the source or by verdict on the site."""

from math import isnan, nan
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.standing import (
    BY_TIER,
    BY_VERDICT,
    checked_limit,
    limits_by_standing,
    scale_of,
    standings,
)

scales = st.sampled_from([BY_TIER, BY_VERDICT])


def verdicts(*names: str | None) -> pa.Table:
    return pa.table({"verdict": pa.array(names, pa.string())})


@pytest.mark.parametrize("given", [0, 0.5, -3, "0.5", "1e-3"])
def test_a_number_is_a_limit_for_all(given: Any) -> None:
    assert checked_limit(given) == float(given)


def test_a_standing_that_is_not_named_has_the_limit_of_the_next_better_one() -> None:
    told = checked_limit({"unknown": 0.1, "trusted": 0.5})

    assert told == {"trusted": 0.5, "fine": 0.5, "unknown": 0.1, "doubtful": 0.1, "bad": 0.1}
    assert list(told) == ["trusted", "fine", "unknown", "doubtful", "bad"]


def test_before_the_first_that_is_named_there_is_no_limit() -> None:
    assert checked_limit({"doubtful": 0.6}) == {"doubtful": 0.6, "bad": 0.6}
    assert checked_limit({"unregistered": 1}) == {"unregistered": 1}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("many", "give a number, or one for each tier or verdict"),
        ([0.5], "give a number"),
        (True, "give a number"),
        (float("nan"), "finite number"),
        (10**400, "give a number"),
        ({"trusted": float("inf")}, "finite number"),
        ({"trusted": None}, "give a number"),
        ({"trustd": 0.5}, "`trustd` is no tier and no verdict; did you mean trusted?"),
        ({1: 0.5}, "`1` is no tier and no verdict"),
        ({}, "name tiers or verdicts"),
        ({"trusted": 0.5, "official": 0.5}, "name tiers or verdicts, and not both"),
    ],
)
def test_what_is_no_limit_is_an_error_that_says_what_is(given: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        checked_limit(given)


def test_each_row_has_the_limit_of_its_standing_and_else_none() -> None:
    rows = verdicts("trusted", "doubtful", "bad", "unknown")

    found = limits_by_standing(rows, checked_limit({"unknown": 0.1, "doubtful": 0.6}))

    assert np.array_equal(found, [nan, 0.6, 0.6, 0.1], equal_nan=True)


def test_a_site_that_nobody_judged_is_unknown_and_a_source_of_no_register_unregistered() -> None:
    sources = pa.table({"source_tier": pa.array(["official", None], pa.string())})

    assert limits_by_standing(verdicts(None), {"unknown": 0.25}).tolist() == [0.25]
    assert standings(verdicts(None, "fine"), BY_VERDICT) == ["unknown", "fine"]
    assert limits_by_standing(sources, {"official": 1, "unregistered": 2}).tolist() == [1, 2]
    assert standings(sources, BY_TIER) == ["official", "unregistered"]


@given(data=st.data(), scale=scales)
def test_a_limit_that_was_filled_in_is_the_same_when_it_is_checked_again(
    data: st.DataObject, scale: Any
) -> None:
    names = data.draw(st.sets(st.sampled_from(scale.names), min_size=1))
    told = checked_limit({name: data.draw(st.floats(0, 1)) for name in names})

    assert checked_limit(told) == told
    assert scale_of(told) is scale
    rows = pa.table({scale.column: list(scale.names)})
    for name, limit in zip(scale.names, limits_by_standing(rows, told).tolist(), strict=True):
        assert limit == told[name] if name in told else isnan(limit)
