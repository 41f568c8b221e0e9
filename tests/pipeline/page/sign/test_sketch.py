import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.page.sign.minhash import fold, normal_form, signature
from jingyu.pipeline.page.sign.sketch import (
    fold_characters,
    minima,
    pack_set,
    shingles,
    winnow,
)
from tests.support import plain_sketch

numbers = st.lists(st.integers(0, 2**32 - 1), max_size=20)
texts = st.text(max_size=30) | st.text("中𠮷a", max_size=30)


def hashed(form: str, ngram: int) -> list[int]:
    """The shingles as numpy folds them."""
    points = np.array(list(map(ord, form)), np.uint64)
    width = min(ngram, points.size)
    count = points.size - width + 1 if form else 0
    following = (points[place : place + count] for place in range(1, width))
    found: list[int] = (fold(points[:count], following) >> np.uint64(32)).tolist()
    return found


def array(values: list[int]) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    return np.array(values, np.uint32)


@settings(max_examples=200)
@given(form=texts, ngram=st.integers(1, 12))
def test_shingles_are_folded_as_numpy_folds_them(form: str, ngram: int) -> None:
    assert np.frombuffer(shingles(form, ngram), np.uint32).tolist() == hashed(form, ngram)


@given(hashes=numbers, permutations=st.lists(st.tuples(*(st.integers(0, 2**32 - 1),) * 2)))
def test_minima_are_those_of_multiplying_and_adding(
    hashes: list[int], permutations: list[tuple[int, int]]
) -> None:
    factors, offsets = ([pair[place] for pair in permutations] for place in (0, 1))

    found = np.frombuffer(minima(array(hashes), array(factors), array(offsets)), np.uint32)

    assert found.tolist() == [
        min(((value * factor + offset) % 2**32 for value in hashes), default=2**32 - 1)
        for factor, offset in permutations
    ]


def test_the_least_of_many_hashes_is_the_least_of_its_parts() -> None:
    hashes = np.random.default_rng(1).integers(0, 2**32, 10_000, np.uint32)
    factors, offsets = array([1, 3, 2**32 - 1]), array([0, 5, 7])

    found = np.frombuffer(minima(hashes, factors, offsets), np.uint32)

    assert found.tolist() == (factors[:, None] * hashes + offsets[:, None]).min(axis=1).tolist()


@given(text=st.text(st.characters(exclude_categories=()), max_size=40) | st.text("aAbB中𠮷"))
def test_characters_are_folded_by_the_table_and_left_out_beyond_it(text: str) -> None:
    table = np.arange(0x3000, dtype=np.uint32)
    table[ord("A")], table[ord("b")] = 0x1F600, 0
    folded = (int(table[ord(char)]) for char in text if ord(char) < len(table))

    assert fold_characters(text, table) == "".join(map(chr, filter(None, folded)))


def test_what_was_signed_before_changes_nothing() -> None:
    first = signature("中文语料库与网页").tolist()
    normal_form("别的")

    assert signature("中文语料库与网页").tolist() == first


def test_what_is_no_number_of_32_bits_is_refused() -> None:
    one = array([1])
    for given_numbers in ((b"abc", one, one), (one, b"abc", one), (one, one, b"abc")):
        with pytest.raises(ValueError, match="32 bits"):
            minima(*given_numbers)
    with pytest.raises(ValueError, match="factor and an offset"):
        minima(one, one, array([1, 2]))
    with pytest.raises(ValueError, match="32 bits"):
        fold_characters("中", b"abc")
    with pytest.raises(ValueError, match="aligned"):
        fold_characters("中", np.frombuffer(bytes(9), np.uint8)[1:].view(np.uint32))
    with pytest.raises(ValueError, match="at least 1"):
        shingles("中", 0)


def test_a_table_of_what_is_no_code_point_is_refused() -> None:
    with pytest.raises(ValueError, match="no code point"):
        fold_characters("\x01", array([0, 0x110000]))


@settings(max_examples=200)
@given(form=st.text("ab中𠮷", max_size=40), width=st.integers(2, 5), window=st.integers(1, 9))
def test_the_least_of_windows_are_those_of_numpy(form: str, width: int, window: int) -> None:
    found = np.frombuffer(winnow(form, width, window), np.uint64).tolist()
    plain = plain_sketch.winnow(form, width, window).tolist()

    assert found == [each for n, each in enumerate(plain) if not n or each != plain[n - 1]]


@pytest.mark.parametrize(("width", "window"), [(1, 5), (5, 0), (-3, 5), (5, -1)])
def test_passages_and_windows_have_a_size(width: int, window: int) -> None:
    with pytest.raises(ValueError, match="no passages"):
        winnow("中文", width, window)


@settings(max_examples=200)
@given(
    hashes=st.lists(st.integers(0, 99) | st.integers(0, 2**31 - 1), max_size=40).map(sorted),
    cells=st.sampled_from([1, 8, 255]),
)
def test_a_set_is_packed_as_numpy_packs_it(hashes: list[int], cells: int) -> None:
    assert pack_set(array(hashes), cells) == plain_sketch.pack_set(array(hashes), cells)


@pytest.mark.parametrize("hashes", [[2, 1], [1 << 31]])
def test_what_is_not_sorted_or_too_large_is_no_set(hashes: list[int]) -> None:
    with pytest.raises(ValueError, match="no sorted hashes"):
        pack_set(array(hashes), 8)
