import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.source.wilson import wilson


@pytest.mark.parametrize(
    ("successes", "trials", "interval"),
    [
        (3840, 4000, (0.9535, 0.9656)),
        (0, 10, (0.0, 0.2775)),
        (10, 10, (0.7225, 1.0)),
        (1, 1, (0.2065, 1.0)),
        (0, 0, (0.0, 1.0)),
    ],
)
def test_the_interval_is_that_of_the_textbook(
    successes: int, trials: int, interval: tuple[float, float]
) -> None:
    assert wilson(successes, trials) == pytest.approx(interval, abs=5e-5)


def test_a_one_sided_bound_of_96_percent_needs_3861_of_4000() -> None:
    assert wilson(3860, 4000, 0.90)[0] < 0.96 <= wilson(3861, 4000, 0.90)[0]


@settings(max_examples=100)
@given(trials=st.integers(1, 10**7), part=st.floats(0, 1))
def test_the_share_lies_in_its_interval_and_failures_mirror_successes(
    trials: int, part: float
) -> None:
    successes = round(trials * part)

    low, high = wilson(successes, trials)
    assert 0 <= low <= successes / trials <= high <= 1
    assert wilson(trials - successes, trials) == pytest.approx((1 - high, 1 - low))
