from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.quality.ngrams import (
    duplicate_5gram_ratio,
    duplicate_10gram_ratio,
    top_2gram_ratio,
    top_3gram_ratio,
    top_4gram_ratio,
)

TOP = {2: top_2gram_ratio, 3: top_3gram_ratio, 4: top_4gram_ratio}
DUPLICATE = {5: duplicate_5gram_ratio, 10: duplicate_10gram_ratio}

repetitive = st.text(alphabet="中𠮷a", max_size=60) | st.builds(
    str.__mul__, st.text(alphabet="中𠮷a的一是", max_size=30), st.integers(1, 3)
)


def _covered(text: str, gram: str) -> set[int]:
    starts = [start for start in range(len(text)) if text.startswith(gram, start)]
    return {start + place for start in starts for place in range(len(gram))}


def _counts(text: str, n: int) -> Counter[str]:
    return Counter(text[start : start + n] for start in range(len(text) - n + 1))


@given(text=repetitive, n=st.sampled_from(sorted(TOP)))
@settings(max_examples=150)
def test_the_top_ngram_covers_what_a_plain_search_finds(text: str, n: int) -> None:
    counts = _counts(text, n)
    most = max(counts.values(), default=0)
    covered = [len(_covered(text, gram)) for gram, count in counts.items() if count == most > 1]

    assert TOP[n](text) == (max(covered) / len(text) if covered else 0)


@given(text=repetitive, n=st.sampled_from(sorted(DUPLICATE)))
@settings(max_examples=150)
def test_duplicate_ngrams_cover_what_a_plain_search_finds(text: str, n: int) -> None:
    repeated = [gram for gram, count in _counts(text, n).items() if count > 1]
    covered: set[int] = set().union(*(_covered(text, gram) for gram in repeated))

    assert DUPLICATE[n](text) == (len(covered) / len(text) if text else 0)


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        pytest.param("", 0, id="empty"),
        pytest.param("中", 0, id="shorter than an n-gram"),
        pytest.param("中文", 0, id="once is not frequent"),
        pytest.param("中文中文甲乙丙丁", 0.5, id="twice"),
        pytest.param("啊啊啊啊", 1, id="overlaps count once"),
        pytest.param("中 文\n中文", 1, id="white space does not part"),
        pytest.param("中\u200b文中文", 1, id="nor do invisible characters"),
        pytest.param("𠮷野𠮷野甲乙", 4 / 6, id="beyond the basic plane"),
    ],
)
def test_the_top_2gram_is_a_share_of_visible_characters(text: str, ratio: float) -> None:
    assert top_2gram_ratio(text) == ratio


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
