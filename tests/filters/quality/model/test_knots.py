import pytest

from jingyu.filters.quality.model.knots import Place, place_of, weights_at

KNOTS = (0.0, 1.0, 3.0)


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (-1, Place(0, 0.0)),
        (0, Place(0, 0.0)),
        (0.25, Place(0, 0.25)),
        (1, Place(1, 0.0)),
        (2, Place(1, 0.5)),
        (3, Place(1, 1.0)),
        (9, Place(1, 1.0)),
    ],
)
def test_a_value_lies_between_two_knots_and_at_the_ends_beyond_them(
    value: float, place: Place
) -> None:
    assert place_of(value, KNOTS) == place


def test_the_weight_goes_evenly_from_knot_to_knot() -> None:
    first, second = (1.0, 3.0, -1.0), (0.0, -4.0, 0.0)

    found = [weights_at(place_of(value, KNOTS), first, second) for value in (-5, 0.5, 1, 2, 3, 9)]

    assert found == [(1, 0), (2, -2), (3, -4), (1, -2), (-1, 0), (-1, 0)]
    assert weights_at(place_of(5, (2.0,)), (7.0,), (8.0,)) == (7, 8)
