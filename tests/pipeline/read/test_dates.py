from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.read.dates import parse_date


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2020-02-03T04:05:06Z", (2020, 2, 3, 4, 5, 6)),
        ("2020-02-03T04:05:06.123456789Z", (2020, 2, 3, 4, 5, 6)),
        ("2020-02-03T04:05:06", (2020, 2, 3, 4, 5, 6)),
        ("2020-02-03 04:05:06 UTC", (2020, 2, 3, 4, 5, 6)),
        ("2020-02-03T04:05:06+08:00", (2020, 2, 2, 20, 5, 6)),
        ("2020-02-03T04:05:06-0130", (2020, 2, 3, 5, 35, 6)),
        ("20200203040506", (2020, 2, 3, 4, 5, 6)),
        ("2020-02-03T04:05Z", (2020, 2, 3, 4, 5)),
        ("2020-02-03T04", (2020, 2, 3, 4)),
        ("2020-02-03", (2020, 2, 3)),
        ("2020/02/03", (2020, 2, 3)),
        ("2020-02", (2020, 2, 1)),
        ("2020", (2020, 1, 1)),
        ("2016-12-31T23:59:60Z", (2016, 12, 31, 23, 59, 59)),
        ("Mon, 03 Feb 2020 04:05:06 GMT", (2020, 2, 3, 4, 5, 6)),
    ],
)
def test_a_date_is_read_as_far_as_it_goes(text: str, parts: tuple[int, int, int]) -> None:
    assert parse_date(text) == datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", [None, "", "yesterday", "2020-13-01", "2020-02-30", "0000", "0001-01-01T00:00:00+09:00"]
)
def test_what_is_no_date_is_none(text: str | None) -> None:
    assert parse_date(text) is None


@given(st.text("0123456789-:TZ+. ,Febの年", max_size=30) | st.text(max_size=30))
def test_any_text_is_a_date_in_utc_or_none(text: str) -> None:
    found = parse_date(text)

    assert found is None or (found.tzinfo is UTC and found.microsecond == 0)
