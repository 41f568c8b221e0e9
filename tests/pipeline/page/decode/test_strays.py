import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.decode.stray import stray_in
from tests.support import plain_stray

WORTH = random.Random(0).randbytes(1 << 16)
FLAT = bytes(1 << 16)
RUNS = st.binary(min_size=2, max_size=60).map(lambda run: run[len(run) % 2 :])


@given(RUNS, st.sampled_from([WORTH, FLAT]), st.integers(0, 300))
def test_the_place_is_that_of_the_twin(run: bytes, worth: bytes, cost: int) -> None:
    assert stray_in(run, worth, cost) == plain_stray.stray_in(run, worth, cost)


@pytest.mark.parametrize(
    ("run", "worth", "cost"),
    [(b"", WORTH, 3), (b"a", WORTH, 3), (b"abc", WORTH, 3), (b"ab", b"", 3), (b"ab", WORTH, -1)],
)
def test_what_is_no_odd_run_or_no_table_of_pairs_is_refused(
    run: bytes, worth: bytes, cost: int
) -> None:
    with pytest.raises(ValueError, match="odd number"):
        stray_in(run, worth, cost)
