from bisect import bisect_right
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.lexicon.literals import Literals
from jingyu.filters.lexicon.places import Search

strings = st.text(alphabet="ab转载\u00e9𠮷\ud800", max_size=12)


@settings(max_examples=200)
@given(literals=st.lists(strings.filter(bool), min_size=1), text=strings)
def test_all_places_of_all_literals_are_found(literals: list[str], text: str) -> None:
    assert Literals(literals).find(text) == {
        literal: places
        for literal in literals
        if (places := [at for at in range(len(text)) if text.startswith(literal, at)])
    }


def test_a_literal_is_found_inside_another_and_across_its_end() -> None:
    found = Literals(["翻版", "版权", "版", "版权所有"]).find("𠮷翻版权所有")

    assert found == {"翻版": [1], "版": [2], "版权": [2], "版权所有": [2]}


def test_a_literal_may_overlap_itself() -> None:
    assert Literals(["aa"]).find("aaaa") == {"aa": [0, 1, 2]}


@given(literals=st.lists(strings.filter(bool), min_size=1, unique=True), text=strings)
def test_of_literals_that_begin_together_the_longest_is_found(
    literals: list[str], text: str
) -> None:
    expected = [
        (literals.index(max(here, key=len)), at)
        for at in range(len(text))
        if (here := [literal for literal in literals if text.startswith(literal, at)])
    ]

    assert Literals(literals).longest(text) == expected


@settings(max_examples=200)
@given(literals=st.lists(strings.filter(bool), min_size=1, unique=True), text=strings)
def test_places_apart_are_the_first_and_of_these_the_longest(
    literals: list[str], text: str
) -> None:
    expected = []
    at = 0
    while at < len(text):
        here = [literal for literal in literals if text.startswith(literal, at)]
        longest = max(here, key=len, default="")
        if longest:
            expected.append((literals.index(longest), at))
        at += len(longest) or 1

    assert Literals(literals).apart(text) == expected


@settings(max_examples=200)
@given(
    literals=st.lists(strings.filter(bool), min_size=1, unique=True),
    texts=st.lists(strings, max_size=6),
    longest=st.integers(0, 12),
)
def test_bits_are_those_of_the_places_apart_in_the_short_texts_together(
    literals: list[str], texts: list[str], longest: int
) -> None:
    short = [text if len(text) <= longest else "" for text in texts]
    ends = list(accumulate(map(len, short)))
    expected = [0] * len(texts)
    for number, place in Literals(literals).apart("".join(short)):
        expected[bisect_right(ends, place)] |= 1 << number % 31

    bits = np.array([1 << number % 31 for number in range(len(literals))], np.int32)
    assert Literals(literals).bits(texts, longest, bits).tolist() == expected


def test_each_literal_has_its_bits() -> None:
    with pytest.raises(ValueError, match="its bits"):
        Literals(["版", "权"]).bits(["版权"], 9, np.ones(1, np.int32))
    with pytest.raises(TypeError, match="a string"):
        Literals(["版"]).bits([b""], 9, np.ones(1, np.int32))  # type: ignore[list-item]


@pytest.mark.parametrize("literals", [[""], ["版", 1]])
def test_a_literal_that_is_no_string_or_empty_is_refused(literals: list[str]) -> None:
    with pytest.raises(ValueError, match="a string that is not empty"):
        Literals(literals)


def test_without_literals_nothing_is_found() -> None:
    assert Literals([]).find("版权") == {}


def test_equal_literals_share_their_places() -> None:
    assert Search(("水库", "水库", "大坝")).find("水库大坝") == {"水库": [0, 0], "大坝": [2]}
