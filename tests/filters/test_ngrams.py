from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filters.ngrams import (
    duplicate_5gram_ratio,
    duplicate_10gram_ratio,
    duplicate_ngram_ratio,
    top_2gram_ratio,
    top_3gram_ratio,
    top_4gram_ratio,
    top_ngram_ratio,
)

repetitive = st.text(alphabet="中𠮷a", max_size=60)
sizes = st.integers(min_value=2, max_value=10)


def _covered(text: str, gram: str) -> set[int]:
    starts = [start for start in range(len(text)) if text.startswith(gram, start)]
    return {start + place for start in starts for place in range(len(gram))}


def _counts(text: str, n: int) -> Counter[str]:
    return Counter(text[start : start + n] for start in range(len(text) - n + 1))


@given(text=repetitive, n=sizes)
@settings(max_examples=150)
def test_the_top_ngram_covers_what_a_plain_search_finds(text: str, n: int) -> None:
    counts = _counts(text, n)
    most = max(counts.values(), default=0)
    covered = [len(_covered(text, gram)) for gram, count in counts.items() if count == most > 1]

    assert top_ngram_ratio(text, n) == (max(covered) / len(text) if covered else 0)


@given(text=repetitive, n=sizes)
@settings(max_examples=150)
def test_duplicate_ngrams_cover_what_a_plain_search_finds(text: str, n: int) -> None:
    repeated = [gram for gram, count in _counts(text, n).items() if count > 1]
    covered: set[int] = set().union(*(_covered(text, gram) for gram in repeated))

    assert duplicate_ngram_ratio(text, n) == (len(covered) / len(text) if text else 0)


@pytest.mark.parametrize(
    ("text", "n", "ratio"),
    [
        pytest.param("", 2, 0, id="empty"),
        pytest.param("中", 2, 0, id="shorter than an n-gram"),
        pytest.param("中文", 2, 0, id="once is not frequent"),
        pytest.param("中文中文甲乙丙丁", 2, 0.5, id="twice"),
        pytest.param("啊啊啊啊", 2, 1, id="overlaps count once"),
        pytest.param("中 文\n中文", 2, 1, id="white space does not part"),
        pytest.param("中\u200b文中文", 2, 1, id="nor do invisible characters"),
        pytest.param("𠮷野𠮷野甲乙", 2, 4 / 6, id="beyond the basic plane"),
    ],
)
def test_the_top_ngram_is_a_share_of_visible_characters(text: str, n: int, ratio: float) -> None:
    assert top_ngram_ratio(text, n) == ratio


def test_each_signal_has_its_own_length() -> None:
    phrase = "甲乙丙丁"
    sentence = "天地玄黄宇宙洪荒日月"

    assert top_2gram_ratio(f"{phrase}戊{phrase}己") == 0.4
    assert top_3gram_ratio(f"{phrase}戊{phrase}己") == 0.6
    assert top_4gram_ratio(f"{phrase}戊{phrase}己") == 0.8
    assert duplicate_5gram_ratio(f"{phrase}戊{phrase}己") == 0
    assert duplicate_5gram_ratio(f"{phrase}戊己{phrase}戊庚") == 10 / 12
    assert duplicate_10gram_ratio(f"{sentence}盈昃{sentence[:9]}辰") == 0
    assert duplicate_10gram_ratio(f"{sentence}盈昃{sentence}辰宿") == 20 / 24
