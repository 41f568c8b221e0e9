import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.mask import first_look
from jingyu.pipeline.page.mask.first_look import ascii_of, words_of
from jingyu.pipeline.page.mask.folding import _DIGIT, JOINT, has_number

PLAIN = re.compile(
    f"[{_DIGIT}Ａ-Ｚａ-ｚ＠＿＃＋＝．－](?:(?<=[０-９Ａ-Ｚａ-ｚ＠])|(?<=[＿＃＋＝．－])[A-Za-z0-9]"
    f"|{f'[{JOINT}]{{0,3}}[{_DIGIT}]' * 4}"
    "|[0-9]{0,3}[号號室栋幢])"
)
texts = st.lists(st.sampled_from("1一①⓪０ａ＠－．＿a -·\u200b号室的é\ud800𠮷")).map("".join)


@pytest.mark.parametrize(
    ("text", "is_numeric"),
    [
        ("", False),
        ("他在一九九八年来", False),
        ("他在一九九八七年来", True),
        ("1234", False),
        ("12345", True),
        ("1 - -2 3 4 5", False),
        ("1 --2 3 4 5", True),
        ("1" + " " * 3 + "2345", True),
        ("1" + " " * 4 + "2345", False),
        ("①②③④⑤", True),
        ("Ａ", True),
        ("＿a", True),
        ("＿的", False),
        ("5号", True),
        ("一123室", True),
        ("一1234室", True),
        ("二栋", True),
        ("九千四百", False),
        ("𠮷5号", True),
    ],
)
def test_a_number_is_five_digits_a_door_or_what_is_to_fold(text: str, *, is_numeric: bool) -> None:
    assert has_number(text) is is_numeric
    assert (PLAIN.search(text) is not None) is is_numeric


@given(texts | st.text())
def test_the_first_look_sees_what_the_pattern_finds(text: str) -> None:
    assert has_number(text) == (PLAIN.search(text) is not None)


@given(texts | st.text())
def test_ascii_is_what_encoding_leaves(text: str) -> None:
    assert ascii_of(text) == text.encode("ascii", "ignore")


@given(st.text("ab1，é𠮷-", max_size=30) | st.text(), st.integers(0, 5))
def test_words_of_a_length_are_those_between_other_characters(text: str, length: int) -> None:
    words = re.finditer("[A-Za-z0-9]+", text)

    assert words_of(text, length) == [w.start() for w in words if len(w[0]) == length]


def test_what_is_no_table_or_text_is_refused() -> None:
    with pytest.raises(ValueError, match="basic plane"):
        first_look.has_number("1", b"")
    with pytest.raises(TypeError, match="string"):
        ascii_of(b"1")  # type: ignore[arg-type]
