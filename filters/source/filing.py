"""Numbers of filings and licences: their form, and which can have been given.

How they are found in a page is in `filing_numbers`, whose patterns take time to compile.
"""

from typing import NamedTuple

PROVINCES = {
    "京": "11",
    "津": "12",
    "冀": "13",
    "晋": "14",
    "蒙": "15",
    "辽": "21",
    "吉": "22",
    "黑": "23",
    "沪": "31",
    "苏": "32",
    "浙": "33",
    "皖": "34",
    "闽": "35",
    "赣": "36",
    "鲁": "37",
    "豫": "41",
    "鄂": "42",
    "湘": "43",
    "粤": "44",
    "桂": "45",
    "琼": "46",
    "渝": "50",
    "川": "51",
    "蜀": "51",
    "贵": "52",
    "黔": "52",
    "云": "53",
    "滇": "53",
    "藏": "54",
    "陕": "61",
    "秦": "61",
    "甘": "62",
    "陇": "62",
    "青": "63",
    "宁": "64",
    "新": "65",
    "台": "71",
    "港": "81",
    "澳": "82",
}
"""Abbreviations of provinces with their code in GB/T 2260; of five both that are in use."""

LATEST_YEAR = 2026
"""Year that no number can be later than where the time of capture is not known."""

_EARLIEST_YEAR = 2000
"""Source: filing began with the State Council's Order 292 of September 2000."""

_LONGEST, _LONG_FROM = 10, 2013
"""Digits of a number with a year of four, and its earliest plausible year.

Source: our choice; the earliest of them on real pages is 2020 (7,100 pages, 2026-11)."""

_USUAL, _SHORT_UNTIL = 8, 2005
"""Digits of most numbers, and the latest plausible year of shorter ones. Source: our choice."""


class FilingNumbers(NamedTuple):
    """Numbers that a page claims, in one form, sorted, each once. Nobody has verified them."""

    icp: tuple[str, ...]
    """`京ICP备12345678号-1`, `京ICP证030173号`, `粤B2-20090059`, `合字B2-20210330`."""
    psb: tuple[str, ...]
    """`京公网安备11010102000001号`."""


NONE = FilingNumbers((), ())


def is_plausible(number: str, latest_year: int = LATEST_YEAR) -> bool:
    """Returns whether a number in the form of `filing_numbers` can have been given.

    A filing has eight digits that start with a year of two, or ten that start with one of four;
    those of the first years, until 2005, may have six or seven. The year is not later than
    `latest_year`. A public-security number has 12 to 14 digits that start with the code
    of its province.
    """
    if "公网安备" in number:
        digits = number[len("京公网安备") : -1]
        return len(digits) in {12, 13, 14} and digits.startswith(PROVINCES[number[0]])
    if number[1:4] == "ICP":
        digits = number[len("京ICP备") :].partition("号")[0]
        return int(digits) > 0 if number[4] == "证" else _has_year(digits, latest_year)
    return _EARLIEST_YEAR <= int(number.partition("-")[2][:4]) <= latest_year


def _has_year(digits: str, latest_year: int) -> bool:
    if len(digits) == _LONGEST:
        return _LONG_FROM <= int(digits[:4]) <= latest_year
    latest = latest_year if len(digits) == _USUAL else min(latest_year, _SHORT_UNTIL)
    is_long_enough = len(digits) in {_USUAL - 2, _USUAL - 1, _USUAL}
    return is_long_enough and _EARLIEST_YEAR <= 2000 + int(digits[:2]) <= latest
