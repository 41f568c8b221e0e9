import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.mask import first_look
from jingyu.pipeline.page.mask.folding import _FOLDED, _OTHER_FORMS, fold
from jingyu.pipeline.page.mask.masking import mask


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("plain 123", "plain 123"),
        ("Ａｚ０９＠．－＿＃＋＝", "Az09@.-_#+="),
        ("①⑨❶➀➊⑴⓪⓿", "19111100"),
        ("，：；？（）／", "，：；？（）／"),
        ("⑩➉Ⅳ𠮷", "⑩➉Ⅳ𠮷"),
    ],
)
def test_digits_letters_and_joints_become_ascii_and_punctuation_stays(
    text: str, folded: str
) -> None:
    assert fold(text) == folded


@given(st.text() | st.text(st.sampled_from("aé１Ａ①＿，中𠮷\ud800")))
def test_folding_is_what_translating_does(text: str) -> None:
    assert fold(text) == re.sub(_OTHER_FORMS, lambda found: found[0].translate(_FOLDED), text)


def test_forms_for_fewer_characters_are_refused() -> None:
    with pytest.raises(ValueError, match="basic plane"):
        first_look.fold("é", b"")


@given(text=st.text(st.sampled_from("a1。０Ｚ①➈⓿⑩，\U00020bb7\ud800")))
def test_each_character_becomes_one_whatever_stands_beside_it(text: str) -> None:
    assert fold(text) == "".join(map(fold, text))


@pytest.mark.parametrize("value", ["wx＿abc123", "wx－abc123"])
def test_full_width_signs_among_letters_in_ascii_are_folded(value: str) -> None:
    assert mask(f"微信号：{value}").text == "微信号：[微信号]"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("邮箱：zhang５@qq.com", "邮箱：[邮箱]"),
        ("zhang@１63.com", "[邮箱]"),
        ("微信：wx１２ab", "微信：[微信号]"),
    ],
)
def test_a_full_width_digit_among_letters_in_ascii_is_folded(text: str, masked: str) -> None:
    assert mask(text).text == masked
