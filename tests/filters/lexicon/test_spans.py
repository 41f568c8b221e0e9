import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.lexicon.spans import Cover, Span, Vicinity, apart, count_apart

spans = st.tuples(st.integers(0, 12), st.integers(1, 4)).map(lambda s: (s[0], s[0] + s[1]))


def split(*given: Span) -> tuple[np.ndarray, np.ndarray]:
    pairs = np.array(given, np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


@settings(max_examples=100)
@given(places=st.lists(spans), asked=st.lists(spans, min_size=1))
def test_a_cover_holds_what_lies_inside_a_place(places: list[Span], asked: list[Span]) -> None:
    found = Cover(places).holds(*split(*asked))

    assert found.tolist() == [
        any(start <= first and last <= end for start, end in places) for first, last in asked
    ]


@settings(max_examples=100)
@given(places=st.lists(spans), asked=st.lists(spans, min_size=1), window=st.integers(0, 4))
def test_near_is_what_lies_beside_a_place_within_the_window(
    places: list[Span], asked: list[Span], window: int
) -> None:
    found = Vicinity(places, window).holds(*split(*asked))

    assert found.tolist() == [
        any(
            first - window <= end <= first or last <= start <= last + window
            for start, end in places
        )
        for first, last in asked
    ]


def test_of_two_that_overlap_the_first_remains_in_each_lane() -> None:
    starts, ends = split((0, 3), (0, 3), (2, 4), (3, 5))
    lanes = np.array([0, 1, 0, 1])

    assert apart(starts, ends, lanes).tolist() == [True, True, False, True]


def test_places_that_touch_are_apart() -> None:
    starts, ends = split((0, 2), (2, 4))

    assert apart(starts, ends, np.array([0, 0])).tolist() == [True, True]
    assert apart(*split(), np.array([], np.int64)).tolist() == []


def test_places_are_counted_without_those_that_overlap() -> None:
    assert count_apart([]) == 0
    assert count_apart([(4, 6), (0, 2), (0, 4), (3, 5)]) == 2
