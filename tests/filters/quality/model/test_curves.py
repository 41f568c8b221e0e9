import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.quality.model.curves import weights_of
from tests.support.plain_curves import Curve, weights_at

_NUMBERS = st.floats(-1e300, 1e300)


def _found(values: list[float], curves: list[Curve]) -> list[tuple[float, float]]:
    sizes = tuple(len(knots) for knots, *_ in curves)
    parts = [
        np.array([number for curve in curves for number in curve[part]]).tobytes()
        for part in range(3)
    ]
    return list(zip(*weights_of(tuple(values), sizes, *parts), strict=True))


@st.composite
def _curves(draw: st.DrawFn) -> Curve:
    knots = draw(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=6, unique=True).map(sorted))
    weights = st.lists(_NUMBERS, min_size=len(knots), max_size=len(knots))
    return knots, draw(weights), draw(weights)


@given(st.data(), st.lists(_curves(), max_size=4))
def test_each_value_has_the_weights_of_its_own_curve(
    data: st.DataObject, curves: list[Curve]
) -> None:
    values: list[float] = [
        data.draw(st.sampled_from(knots) | st.floats() | st.integers(-9, 9)) for knots, *_ in curves
    ]

    found = _found(values, curves)

    wanted = [weights_at(value, curve) for value, curve in zip(values, curves, strict=True)]
    np.testing.assert_array_equal(found, wanted)


def test_the_weight_goes_evenly_from_knot_to_knot_and_is_level_beyond() -> None:
    curve = (0.0, 1.0, 3.0), (1.0, 3.0, -1.0), (0.0, -4.0, 0.0)

    found = _found([-5, 0.5, 1, 2, 3, 9], [curve] * 6)

    assert found == [(1, 0), (2, -2), (3, -4), (1, -2), (-1, 0), (-1, 0)]


def test_the_weight_of_a_single_knot_is_that_of_all_values() -> None:
    assert _found([-5, 2, 5], [((2.0,), (7.0,), (8.0,))] * 3) == [(7, 8)] * 3


@pytest.mark.parametrize(
    ("values", "sizes", "weights"),
    [
        ((1.0,), (3,), bytes(16)),
        ((1.0,), (0,), bytes(16)),
        ((1.0,), (-1,), bytes(16)),
        ((1.0, 1.0), (2, 1), bytes(16)),
        ((1.0,), (1, 1), bytes(16)),
        ((1.0,), (2,), bytes(8)),
        ((1.0,), (2,), bytes(17)),
    ],
)
def test_curves_that_go_beyond_their_knots_are_refused(
    values: tuple[float, ...], sizes: tuple[int, ...], weights: bytes
) -> None:
    with pytest.raises(ValueError, match=r"curve|weights"):
        weights_of(values, sizes, bytes(16), weights, weights)
