import pytest

from jingyu.filters.quality.prose import longest_prose_length, prose_count, prose_ratio

LINE = "山里的天气说变就变，早上还是晴空万里，中午就下起了大雨。"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("首页\n新闻\n关于我们", 0),
        (LINE, len(LINE)),
        (f"首页\n{LINE}\n联系", len(LINE)),
        ("字" * 22 + "，", 0),
        ("字" * 23 + "，", 24),
        ("字" * 59 + "，", 60),
        ("字" * 60 + "，", 0),
        ("𠮷" * 23 + "，", 24),
        ("字" * 30, 0),
    ],
)
def test_prose_is_lines_of_24_with_a_mark_in_60(text: str, count: int) -> None:
    assert prose_count(text) == count


def test_the_share_is_of_all_lines_and_the_longest_is_one_line() -> None:
    assert prose_ratio(f"{LINE}\n{'菜' * len(LINE)}") == 0.5
    assert longest_prose_length(f"{LINE}\n{LINE}{LINE}") == 2 * len(LINE)
    assert prose_ratio("") == longest_prose_length("") == 0
