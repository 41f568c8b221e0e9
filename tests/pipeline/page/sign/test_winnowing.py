import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.sign.winnowing import INDEX_WINDOW, WIDTH, WINDOW, fingerprints


def page(length: int, seed: int) -> str:
    generator = random.Random(seed)
    return "".join(chr(generator.randrange(0x5000, 0x9000)) for _ in range(length))


@pytest.mark.parametrize(
    ("length", "count"), [(0, 0), (WIDTH - 1, 0), (WIDTH, 1), (WINDOW + WIDTH - 1, 1)]
)
def test_a_text_has_a_fingerprint_once_it_has_a_passage(length: int, count: int) -> None:
    assert fingerprints(page(length, 1)).size == count


def test_about_one_passage_in_fifty_is_a_fingerprint() -> None:
    assert fingerprints(page(20_000, 2)).size == pytest.approx(20_000 * 2 / WINDOW, rel=0.1)


@given(seed=st.integers(0, 99), start=st.integers(0, 800), length=st.integers(119, 600))
def test_a_passage_of_119_characters_shares_a_fingerprint_with_what_holds_it(
    seed: int, start: int, length: int
) -> None:
    text = page(1_400, seed)

    assert set(fingerprints(text[start : start + length])) & set(fingerprints(text))


def test_an_index_has_some_of_the_same_fingerprints() -> None:
    text = page(4_000, 6)
    some = set(fingerprints(text, INDEX_WINDOW))

    assert some < set(fingerprints(text))
    assert len(some) > 4_000 / INDEX_WINDOW


def test_fingerprints_are_sorted_and_stand_once() -> None:
    found = fingerprints(page(500, 3) * 3).tolist()

    assert found == sorted(set(found))


def test_fingerprints_never_change() -> None:
    assert fingerprints("净语把网页变成中文语料，每一页都有去处，每一句都有来历。").size == 1
    assert fingerprints("，" + page(300, 4)).tolist() == fingerprints(page(300, 4)).tolist()
