from itertools import chain, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.quality.repeats import covered


def plain(points: list[int]) -> tuple[int, ...]:
    """What sorting the n-grams finds: those of the top 2, 3 and 4, the repeated 5 and 10."""
    return (*(top(points, n) for n in (2, 3, 4)), *(repeated(points, n) for n in (5, 10)))


def places_of(points: list[int], n: int) -> list[list[int]]:
    found: dict[tuple[int, ...], list[int]] = {}
    for start in range(len(points) - n + 1):
        found.setdefault(tuple(points[start : start + n]), []).append(start)
    return [places for places in found.values() if len(places) > 1]


def length_of(places: list[int], n: int) -> int:
    return n + sum(min(after - before, n) for before, after in pairwise(places)) if places else 0


def top(points: list[int], n: int) -> int:
    return max(((len(each), length_of(each, n)) for each in places_of(points, n)), default=(0, 0))[
        1
    ]


def repeated(points: list[int], n: int) -> int:
    return length_of(sorted(place for each in places_of(points, n) for place in each), n)


few = st.lists(st.sampled_from([0, 1, 2, 0x4E2D, 0x10FFFF]), max_size=80)
some = st.lists(st.integers(0, 0x10FFFF), min_size=1, max_size=12)
phrases = st.lists(some, min_size=1, max_size=4).flatmap(
    lambda drawn: st.lists(st.sampled_from(drawn), max_size=12).map(
        lambda parts: list(chain.from_iterable(parts))
    )
)


@settings(max_examples=400)
@given(points=few | phrases, seed=st.sampled_from([0, -1, 1, 2**62, 12345]))
def test_ngrams_cover_what_a_plain_search_finds_whatever_the_seed(
    points: list[int], seed: int
) -> None:
    assert covered(np.array(points, np.uint32), seed) == plain(points)


def test_a_long_text_is_covered_as_a_plain_search_covers_it() -> None:
    points = np.random.default_rng(3).zipf(1.3, 20_000).clip(max=0x10FFFF).astype(np.uint32)

    assert covered(points, 7) == plain(points.tolist())


@pytest.mark.parametrize("length", [0, 1, 2, 9, 10, 11, 12, 19, 20, 21])
def test_one_repeated_character_covers_all_from_two_ngrams_on(length: int) -> None:
    expected = tuple(length if length > n else 0 for n in (2, 3, 4, 5, 10))

    assert covered(np.full(length, 0x4E2D, np.uint32), 1) == expected


def test_what_is_no_row_of_32_bits_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bits"):
        covered(b"abc", 1)
