import pytest

from jingyu.filters.quality.duplicate_lines import duplicate_line_char_ratio, duplicate_line_ratio


@pytest.mark.parametrize(
    ("text", "lines", "chars"),
    [
        pytest.param("", 0, 0, id="empty"),
        pytest.param("甲\n乙", 0, 0, id="all different"),
        pytest.param("甲\n甲", 0.5, 0.5, id="the first one is no duplicate"),
        pytest.param("甲\n\n\n乙", 0, 0, id="empty lines are no lines"),
        pytest.param("甲\n\u3000甲 ", 0.5, 0.5, id="indentation does not count"),
        pytest.param("首页首页\n首页首页\n甲\n乙", 0.25, 0.4, id="characters weigh"),
    ],
)
def test_duplicate_lines_stood_before(text: str, lines: float, chars: float) -> None:
    assert duplicate_line_ratio(text) == lines
    assert duplicate_line_char_ratio(text) == chars
