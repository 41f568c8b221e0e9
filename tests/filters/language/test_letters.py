import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.language.language import _kinds
from jingyu.filters.language.letters import count_letters

HAN = re.compile("[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7af]")
WORD = re.compile("[^\\W\\d_\u1100-\u11ff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")


def plain(text: str) -> tuple[int, ...]:
    return tuple(len(kind.findall(text)) for kind in (HAN, KANA, HANGUL, WORD))


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("", (0, 0, 0, 0)),
        ("今天 the weather 很好，isn't it?", (4, 0, 0, 5)),
        ("ひらがなとカタカナー・々〇〆", (2, 9, 0, 0)),
        ("한국어 ᄒ", (0, 0, 4, 0)),
        ("𠀀𠀁a 𠀀", (3, 0, 0, 2)),
        ("a1b ² ½ １２ _", (0, 0, 0, 4)),
        ("①ⅫǅÀ́", (0, 0, 0, 1)),
        ("\ud800a\udfff", (0, 0, 0, 1)),
    ],
)
def test_scripts_and_words_are_counted(text: str, counts: tuple[int, ...]) -> None:
    assert count_letters(text, len(text), _kinds()) == counts == plain(text)


@given(
    st.text(
        st.one_of(
            st.sampled_from("的々〇〆アー한ᄒa1²½é_ 𠀀𲎯\U000323b0\U0002a6e0"),
            st.characters(),
        )
    ),
    st.integers(-1, 20),
)
def test_any_text_has_the_scripts_and_words_that_patterns_find(text: str, most: int) -> None:
    assert count_letters(text, most, _kinds()) == plain(text[: max(most, 0)])


@pytest.mark.parametrize("table", [b"", b"\6"])
def test_a_table_of_other_kinds_is_refused(table: bytes) -> None:
    with pytest.raises(ValueError, match="kinds"):
        count_letters("a", 1, table)
