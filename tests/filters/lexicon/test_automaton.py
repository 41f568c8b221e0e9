import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.lexicon.automaton import Automaton

characters = st.text(alphabet="ab赌博\u0101\u0100𠮷\ud800", max_size=20)


def code_points(text: str) -> np.ndarray:
    return np.array([ord(character) for character in text], np.uint32)


@settings(max_examples=100)
@given(words=st.lists(characters.filter(bool), min_size=1, unique=True), text=characters)
def test_all_places_of_all_words_are_found(words: list[str], text: str) -> None:
    found = Automaton([code_points(word) for word in words]).find(code_points(text))

    places = {(int(word), int(start), int(end)) for word, start, end in zip(*found, strict=True)}
    assert places == {
        (number, start, start + len(word))
        for number, word in enumerate(words)
        for start in range(len(text))
        if text.startswith(word, start)
    }


def test_without_words_nothing_is_found() -> None:
    words, _, _ = Automaton([]).find(code_points("赌博"))

    assert words.tolist() == []


def test_16384_different_characters_are_possible_and_no_more() -> None:
    alphabet = np.arange(0x4E00, 0x4E00 + 16384, dtype=np.uint32)
    words, starts, ends = Automaton([alphabet[:1], alphabet]).find(alphabet)

    assert list(zip(words.tolist(), starts.tolist(), ends.tolist(), strict=True)) == [
        (0, 0, 1),
        (1, 0, 16384),
    ]
    with pytest.raises(ValueError, match="16,385 different characters, 16,384 are possible"):
        Automaton([np.arange(0x4E00, 0x4E00 + 16385, dtype=np.uint32)])
