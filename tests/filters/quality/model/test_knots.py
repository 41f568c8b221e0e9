import pytest

from jingyu.filters.quality.model.knots import Place, place_of

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
