import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.extract import phrases as module
from jingyu.pipeline.page.extract.phrases import PHRASES, phrases_in

WORDS = [
    (word, 1 << index)
    for index, words in enumerate(module._WORDS.values())  # noqa: SLF001  (the list itself)
    for word in words.split()
]
texts = st.lists(
    st.sampled_from([word for word, _ in WORDS]) | st.text(":：一下载APP更多>\ud800a𠮷", max_size=3)
).map("".join)


def searched(text: str) -> list[tuple[int, int]]:
    """Returns what a plain alternation finds, the longest phrase first."""
    bits: dict[str, int] = {}
    for word, bit in WORDS:
        bits.setdefault(word.rstrip(":"), bit)
    longest_first = sorted((word for word, _ in WORDS), key=len, reverse=True)
    pattern = "|".join(re.escape(word).replace(":", "(?=[:：])") for word in longest_first)
    return [(match.start(), bits[match[0]]) for match in re.finditer(pattern, text)]


@given(texts)
def test_phrases_are_those_that_a_plain_search_finds(text: str) -> None:
    assert phrases_in(text) == searched(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("来源", []),
        ("来源:某报", [(0, "stated")]),
        ("来源：某报", [(0, "stated")]),
        ("𠮷关闭窗口", [(1, "share")]),
        ("\ud800上一篇", [(1, "neighbours")]),
        ("首页更多", [(0, "place"), (2, "offers")]),
    ],
)
def test_a_phrase_has_a_place_and_a_sort(text: str, found: list[tuple[int, str]]) -> None:
    assert phrases_in(text) == [(place, 1 << PHRASES.index(sort)) for place, sort in found]
