from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from jingyu.filters.source.source import TIERS, Source


def make_source(**given: Any) -> Source:
    row = {"match": "example.cn", "name": "例", "category": "news", "tier": "reputable"} | given
    return Source.model_validate(row)


@pytest.mark.parametrize(
    ("match", "stored"),
    [
        ("Example.CN.", "example.cn"),
        ("https://www.example.cn/a/", "www.example.cn/a/"),
        ("full:www.example.cn", "full:www.example.cn"),
        ("例子.中国", "xn--fsqu00a.xn--fiqs8s"),
        ("*.example.cn", "example.cn"),
        ("full:www.example.cn/a", "www.example.cn/a"),
    ],
)
def test_a_match_is_stored_in_one_form(match: str, stored: str) -> None:
    assert make_source(match=match).match == stored


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"match": "exam ple.cn"}, "is no host, host suffix or URL prefix; write"),
        ({"match": "people，com.cn"}, "is no host name"),
        ({"match": "a..cn"}, "is no host name"),
        ({"match": ""}, "is no host"),
        ({"name": ""}, "at least 1 character"),
        ({"category": "Central Media"}, "should match pattern"),
        ({"tier": "top"}, "Input should be 'official'"),
        ({"basis": "fair use"}, "Input should be 'license'"),
        ({"origin": "hongkong"}, "Input should be 'mainland' or 'overseas'"),
        ({"weight": -0.1}, "greater than or equal to 0"),
        ({"weight": float("nan")}, "finite number"),
        ({"max_share": 0}, "greater than 0"),
        ({"max_share": 1.01}, "less than or equal to 1"),
        ({"valid_from": "2026-13-01"}, "valid date"),
        ({"valid_from": "2026-02-02", "valid_until": "2026-02-01"}, "exchange them"),
        ({"teir": "official"}, "Extra inputs"),
    ],
)
def test_a_wrong_value_is_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        make_source(**wrong)


def test_a_basis_holds_from_its_first_to_its_last_day() -> None:
    source = make_source(valid_from="2026-02-01", valid_until="2026-02-02")

    days = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 2), date(2026, 2, 3)]

    assert [source.is_valid_on(day) for day in days] == [False, True, True, False]
    assert all(map(make_source().is_valid_on, days))


def test_tiers_are_ordered_from_the_most_trusted() -> None:
    source = make_source(tier="reputable")

    assert [source.is_at_least(tier) for tier in TIERS] == [False, False, True, True, True]
