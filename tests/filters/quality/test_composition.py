import pytest

from jingyu.filters.quality.composition import digit_ratio, punctuation_ratio, symbol_ratio


@pytest.mark.parametrize(
    ("text", "digits", "punctuation", "symbols"),
    [
        pytest.param("", 0, 0, 0, id="empty"),
        pytest.param(" \n\t", 0, 0, 0, id="invisible"),
        pytest.param("中文中文", 0, 0, 0, id="letters only"),
        pytest.param("1２中 文", 0.5, 0, 0, id="spaces do not count"),
        pytest.param("你好，。", 0, 0.5, 0, id="full-width marks"),
        pytest.param("★|中文", 0, 0, 0.5, id="symbols"),
        pytest.param("\ud800𠮷", 0, 0, 0.5, id="a lone surrogate is a symbol"),
        pytest.param("1，★中", 0.25, 0.25, 0.25, id="one of each"),
    ],
)
def test_kinds_are_shares_of_visible_characters(
    text: str, digits: float, punctuation: float, symbols: float
) -> None:
    assert digit_ratio(text) == digits
    assert punctuation_ratio(text) == punctuation
    assert symbol_ratio(text) == symbols
