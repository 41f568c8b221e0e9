import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.steps.write.sampling import BEST, COMMON, MOST, sampling_weight
from jingyu.schemas.corpus import DOCUMENT

REMOVED = {1: 60.7, 2: 53.4, 3: 51.4, 5: 48.5, 10: 43.8, 20: 48.2, 30: 50.7, 60: 57.3, 100: 63.3}
"""Percent that FineWeb2's filters remove of Chinese clusters of so many pages; 57.2 % of all."""


def weight(domains: int) -> float:
    """Returns the weight of a text that stands in so many domains."""
    return float(sampling_weight(np.array([domains - 1]))[0])


def test_a_text_that_nobody_reprints_weighs_one() -> None:
    assert weight(1) == 1


def test_the_weight_is_largest_at_ten_domains() -> None:
    assert weight(BEST - 1) < weight(BEST) == MOST > weight(BEST + 1)


def test_a_text_that_stands_everywhere_weighs_as_one_that_nobody_reprints() -> None:
    assert weight(COMMON - 1) > 1
    assert weight(COMMON) == weight(COMMON + 1) == weight(1_000_000) == 1


@pytest.mark.parametrize(("size", "removed"), REMOVED.items())
def test_it_is_near_what_the_removed_shares_say(size: int, removed: float) -> None:
    expected = 1 + (MOST - 1) * max(0.0, (57.2 - removed) / (57.2 - 43.8))

    assert weight(size) == pytest.approx(expected, abs=0.3)


@given(st.lists(st.integers(0, 10_000_000), max_size=20))
def test_each_document_has_its_own_weight_between_the_bounds(others: list[int]) -> None:
    weights = sampling_weight(np.array(others, np.int64))

    assert weights.tolist() == [weight(1 + each) for each in others]
    assert ((weights >= 1) & (weights <= MOST)).all()


def test_the_column_states_the_formula() -> None:
    told = DOCUMENT.field("sampling_weight").metadata[b"description"].decode()

    assert f"log n / log {BEST}" in told
    assert f"log({COMMON} / n) / log {COMMON / BEST}" in told
    assert f"1 to {MOST:.0f}" in told
