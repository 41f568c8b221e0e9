import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.rights.paywall import _LOCKED
from jingyu.filters.rights.reservations import _WORDINGS
from jingyu.filters.rights.wording import Wording, wording

ALL = (*_LOCKED, *_WORDINGS)
NAMES = [one.name for one in ALL]


def test_a_text_states_what_one_of_the_ways_says() -> None:
    ask = wording("ask", "[问問]", "请須", "请问", "須問")

    assert ask.is_in("这里请问一声")
    assert ask.is_in("須問")
    assert not ask.is_in("请看，須看，不问")
    assert not ask.is_in("")


@pytest.mark.parametrize("one", ALL, ids=NAMES)
def test_what_the_ways_find_is_looked_for_where_it_begins(one: Wording) -> None:
    @settings(max_examples=100)
    @given(text=st.from_regex(one.pattern))
    def is_found(text: str) -> None:
        assert re.search(one.pattern, text)
        assert one.is_in(text)

    is_found()


@pytest.mark.parametrize("one", ALL, ids=NAMES)
def test_nothing_is_stated_across_a_full_stop(one: Wording) -> None:
    @settings(max_examples=100)
    @given(text=st.from_regex(one.pattern), cut=st.integers(0, 60))
    def is_in_a_part(text: str, cut: int) -> None:
        parts = text[:cut], text[cut:]

        assert one.is_in("。".join(parts)) == any(map(one.is_in, parts))

    is_in_a_part()
