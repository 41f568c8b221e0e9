import unicodedata
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.quality.characters import characters
from jingyu.filters.quality.kind_counts import count_kinds, frequencies, take_kinds

TABLE = bytes([0, 1, 2, 1])

texts = st.text(st.characters(exclude_categories=()), max_size=40)


def code_points(text: str) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    return np.array(list(map(ord, text)), np.uint32)


@given(texts | st.text("\x00\x01\x02\x03\x04中𠮷"))
def test_characters_beyond_the_table_are_of_its_last_kind(text: str) -> None:
    kinds = [TABLE[min(ord(char), 3)] for char in text]
    kept = [ord(char) for char, kind in zip(text, kinds, strict=True) if kind]

    points, counts = take_kinds(text, TABLE, 3)

    assert counts == count_kinds(text, TABLE, 3) == tuple(map(kinds.count, range(3)))
    assert np.frombuffer(points, np.uint32).tolist() == kept


@given(texts | st.text("中中文𠮷a\U0010ffff\x00"))
def test_frequencies_are_in_the_order_of_code_points(text: str) -> None:
    counts = Counter(text)

    found = np.frombuffer(frequencies(code_points(text)), np.int64)

    assert found.tolist() == [counts[char] for char in sorted(counts)]


def test_frequencies_of_a_long_text_are_those_of_its_characters() -> None:
    text = "".join(map(chr, range(0x3000, 0xA000))) * 3

    assert np.frombuffer(frequencies(code_points(text)), np.int64).tolist() == [3] * 0x7000


@given(texts)
def test_each_visible_character_has_the_class_of_its_unicode_category(text: str) -> None:
    found = characters(text)
    categories = Counter(unicodedata.category(chr(point))[0] for point in found.code_points)

    assert found.punctuation_count == categories["P"]
    assert (
        found.letter_count + found.digit_count
        <= categories["L"] + categories["M"] + (categories["N"])
    )


@pytest.mark.parametrize(
    ("table", "kinds", "message"),
    [
        (b"", 2, "an entry"),
        (b"\0\1", 0, "1 to 256"),
        (b"\0\1", 257, "1 to 256"),
        (b"\0\2", 2, "more than 2"),
    ],
)
def test_a_table_without_entries_or_with_other_kinds_is_refused(
    table: bytes, kinds: int, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        count_kinds("中", table, kinds)
    with pytest.raises(ValueError, match=message):
        take_kinds("中", table, kinds)


@pytest.mark.parametrize("points", [b"abc", b"\x00\x00\x11\x00", b"\xff\xff\xff\xff"])
def test_what_is_no_code_point_has_no_frequency(points: bytes) -> None:
    with pytest.raises(ValueError, match="no code points"):
        frequencies(points)
