import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.steps.clean.counts import places_in

values = st.lists(st.integers(0, 9) | st.integers(0, 2**64 - 1), max_size=9)


@given(values, values)
def test_wanted_values_are_found_among_sorted_ones(known: list[int], wanted: list[int]) -> None:
    among = np.unique(np.array(known, np.uint64))

    places = places_in(among, np.array(wanted, np.uint64))

    assert among[places].tolist() == sorted({*known} & {*wanted})
