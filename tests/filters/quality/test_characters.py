import unicodedata

import pytest

from jingyu.filters.quality.characters import characters, share


@pytest.mark.parametrize(
    ("char", "kind"),
    [
        ("中", "han_count"),
        ("𠮷", "han_count"),
        ("々", "han_count"),
        ("〇", "han_count"),
        ("\u3400", "han_count"),
        ("\u4dbf", "han_count"),
        ("\uf900", "han_count"),
        ("\U000323af", "han_count"),
        ("あ", "letter_count"),
        ("ａ", "letter_count"),
        ("é", "letter_count"),
        ("\u0301", "letter_count"),
        ("7", "digit_count"),
        ("７", "digit_count"),
        ("①", "digit_count"),
        ("Ⅳ", "digit_count"),
        ("，", "punctuation_count"),
        ("·", "punctuation_count"),
        ("-", "punctuation_count"),
        ("⺀", "symbol_count"),
        ("★", "symbol_count"),
        ("|", "symbol_count"),
        ("😀", "symbol_count"),
        ("\ufffd", "symbol_count"),
        ("\ue000", "symbol_count"),
        ("\U000323b0", "symbol_count"),
        ("\U0010ffff", "symbol_count"),
    ],
)
def test_a_visible_character_is_of_one_kind(char: str, kind: str) -> None:
    found = characters(char)

    assert found.visible_count == 1
    assert getattr(found, kind) == 1


def test_a_lone_surrogate_is_a_visible_symbol() -> None:
    assert characters("\ud800").symbol_count == 1


@pytest.mark.parametrize(
    "char", [" ", "\n", "\t", "\u3000", "\x00", "\u200b", "\ufeff", "\ufe0f", "\U000e0100"]
)
def test_white_space_controls_and_variation_selectors_are_invisible(char: str) -> None:
    assert characters(f"中{char}文").code_points.tolist() == [ord("中"), ord("文")]


def test_all_chinese_punctuation_is_punctuation() -> None:
    marks = "。，、；：？！…—·“”‘’「」『』（）《》〈〉【】〔〕"

    assert characters(marks).punctuation_count == len(marks)


def test_han_numerals_are_han_and_not_digits() -> None:
    assert unicodedata.category("〇") == "Nl"
    assert characters("一二三〇").digit_count == 0


def test_a_remembered_text_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        characters("中文").code_points[0] = 0


def test_a_share_of_nothing_is_zero() -> None:
    assert share(0, 0) == 0
    assert share(1, 4) == 0.25
