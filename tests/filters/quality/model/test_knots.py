import pytest

from jingyu.filters.quality.model.knots import Place, place_of, weight_at

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
    weights = (1.0, 3.0, -1.0)

    found = [weight_at(place_of(value, KNOTS), weights) for value in (-5, 0.5, 1, 2, 3, 9)]

    assert found == [1, 2, 3, 1, -1, -1]
    assert weight_at(place_of(5, (2.0,)), (7.0,)) == 7
