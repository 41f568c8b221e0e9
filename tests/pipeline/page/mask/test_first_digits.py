"""Patterns of digits, tried in one walk."""

import re
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.mask.first_digits import walk, ways

_PATTERNS = ("1[3-9]", "(?:(?:00)?86|0)?1[3-9]", "4|5[1-5]|[0-9]{3}7", "(?:1(?:2|3)?)?4", "[1-9]")


@given(digits=st.text("0123456789", max_size=9) | st.text("01468", max_size=9))
def test_those_match_that_do_as_regular_expressions(digits: str) -> None:
    following, matched = array("H", walk(_PATTERNS).next), array("I", walk(_PATTERNS).matched)
    state, found = 1, 0
    for digit in digits:
        state = following[10 * state + int(digit)]
        found |= matched[state]

    assert [found >> bit & 1 for bit in range(len(_PATTERNS))] == [
        bool(re.match(pattern, digits)) for pattern in _PATTERNS
    ]


@pytest.mark.parametrize("pattern", ["a", "1+", "(1)", "1.", "[^1]"])
def test_what_is_no_pattern_of_digits_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="no pattern of digits"):
        ways(pattern)
