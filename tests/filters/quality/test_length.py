import pytest

from jingyu.filters.quality.length import char_count, line_count, mean_line_length


@pytest.mark.parametrize(
    ("text", "chars", "lines", "mean"),
    [
        pytest.param("", 0, 0, 0, id="empty"),
        pytest.param("\n \n\u3000\n", 2, 0, 0, id="nothing but white space"),
        pytest.param("中文", 2, 1, 2, id="one line"),
        pytest.param("中文\n\n汉字汉字\n", 6, 2, 3, id="empty lines do not count"),
        pytest.param("\u3000\u3000中文 ", 5, 1, 2, id="indentation is no part of a line"),
        pytest.param("甲\t乙", 3, 1, 3, id="white space within a line is"),
        pytest.param("𠮷𠮷", 2, 1, 2, id="beyond the basic plane"),
    ],
)
def test_length_counts_code_points_and_filled_lines(
    text: str, chars: int, lines: int, mean: float
) -> None:
    assert char_count(text) == chars
    assert line_count(text) == lines
    assert mean_line_length(text) == mean
