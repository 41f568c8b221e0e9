"""Provinces by names, area codes and regional domains."""

import pytest

from jingyu.filters.source.filing import PROVINCES
from jingyu.filters.source.provinces import (
    province_of_area,
    province_of_host,
    province_of_name,
    provinces_of_phones,
)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("吉林省安图县林业局", "22"),
        ("马鞍山市图书馆", "34"),
        ("鞍山市图书馆", "21"),
        ("四川成都某某公司", "51"),
        ("北京上海友好协会", None),
        ("浙江西部文化网", "33"),
        ("中国林业网", None),
        ("大理石材网", None),
        ("", None),
    ],
)
def test_a_name_speaks_of_the_one_province_whose_places_stand_in_it(
    name: str, code: str | None
) -> None:
    assert province_of_name(name) == code


@pytest.mark.parametrize(
    ("area", "code"),
    [("10", "11"), ("21", "31"), ("335", "13"), ("580", "33"), ("523", "32"), ("531", "37"),
     ("898", "46"), ("891", "54"), ("701", "36"), ("710", "42"), ("000", None)],
)  # fmt: skip
def test_the_longest_beginning_of_an_area_code_counts(area: str, code: str | None) -> None:
    assert province_of_area(area) == code


def test_landlines_are_found_with_their_area() -> None:
    text = "电话：010-62345678 传真(0431)85678901 分机0757—8345678 2010-20301234 0371-123"

    assert provinces_of_phones(text) == {"11", "22", "44"}


@pytest.mark.parametrize(
    ("host", "code"),
    [("www.a.sh.cn", "31"), ("a.ha.cn", "41"), ("sh.cn", None), ("a.com.cn", None),
     ("a.sh.com", None), (None, None)],
)  # fmt: skip
def test_regional_domains_are_below_cn(host: str | None, code: str | None) -> None:
    assert province_of_host(host) == code


def test_codes_are_those_of_filings() -> None:
    named = {province_of_name(name) for name in ("北京", "内蒙古", "新疆", "西藏", "贵州")}

    assert named <= set(PROVINCES.values())
