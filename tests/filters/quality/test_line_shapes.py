import pytest

from jingyu.filters.quality.line_shapes import (
    bullet_line_ratio,
    cut_line_ratio,
    ellipsis_line_ratio,
    punctuated_line_ratio,
    short_line_ratio,
)


def twice(line: str) -> str:
    """Returns a text of two lines, since one alone has no shape."""
    return f"{line}\n{line}"


@pytest.mark.parametrize(
    "line",
    [
        "好。",
        "好！",
        "好？",
        "好…",
        "好；",
        "如下：",
        "“好”",
        "「好」",
        "『好』",
        "好（完）",
        "【注】",
        "ok.",
        "ok!",
        "ok?",
        "ok;",
        "ok:",
        '"ok"',
        "(ok)",
        "好。 ",
        "好．",
    ],
)
def test_a_sentence_ends_in_a_mark_or_what_closes_it(line: str) -> None:
    assert punctuated_line_ratio(twice(line)) == 1


@pytest.mark.parametrize(
    "line", ["首页", "好，", "一、", "2024", "→", "《", "（", "𠮷", "好。\u3000更多"]
)
def test_other_lines_do_not_end_like_a_sentence(line: str) -> None:
    assert punctuated_line_ratio(twice(line)) == 0


@pytest.mark.parametrize(("length", "ratio"), [(9, 1), (10, 0), (11, 0)])
def test_a_line_is_short_below_ten_characters(length: int, ratio: float) -> None:
    assert short_line_ratio(twice("𠮷" * length)) == ratio


@pytest.mark.parametrize("sign", "•·●○■□◆◇▪►-*–—※★☆")
def test_a_line_that_begins_with_a_sign_is_a_bullet(sign: str) -> None:
    assert bullet_line_ratio(twice(f"\u3000{sign} 项目")) == 1


@pytest.mark.parametrize("line", ["项目 ★", "1. 项目", "一、项目", "——鲁迅", "***", "--", "“好”"])
def test_numbers_and_doubled_signs_are_no_bullets(line: str) -> None:
    assert bullet_line_ratio(twice(line)) == 0


@pytest.mark.parametrize(
    "line",
    [
        "未完…",
        "未完……",
        "未完...",
        "未完。。。",
        "未完······",
        "点击展开",
        "[更多]",
        "更多 >>",
        "阅读全文»",
        "Read More",
        "(readmore)",
        "［展开全文］",
    ],
)
def test_a_teaser_ends_in_an_ellipsis_or_in_its_link(line: str) -> None:
    assert ellipsis_line_ratio(twice(line)) == 1


@pytest.mark.parametrize(
    "line", ["完。", "完..", "“等等……”", "更多人来了。", "全文如下", "……然后呢", "»"]
)
def test_speech_and_mere_mentions_are_no_teasers(line: str) -> None:
    assert ellipsis_line_ratio(twice(line)) == 0


@pytest.mark.parametrize(
    "signal",
    [
        punctuated_line_ratio,
        short_line_ratio,
        bullet_line_ratio,
        ellipsis_line_ratio,
        cut_line_ratio,
    ],
)
def test_text_without_lines_has_ratio_zero(signal: object) -> None:
    assert callable(signal)
    assert signal("") == signal("\n \u3000\n") == 0


def test_ratios_are_shares_of_lines() -> None:
    text = "首页\n- 更多\n\n今天的天气比昨天好多了。\n我们明天再去那个公园。"

    assert punctuated_line_ratio(text) == 0.5
    assert short_line_ratio(text) == 0.5
    assert bullet_line_ratio(text) == 0.25
    assert ellipsis_line_ratio(text) == 0.25


@pytest.mark.parametrize(
    ("line", "ratio"),
    [
        ("山" * 39, 0),
        ("山" * 40, 1),
        ("山" * 39 + "。", 0),
        ("山" * 39 + "）", 0),
        ("山" * 39 + "，", 1),
        ("𠮷" * 40, 1),
        ("山" * 40 + " \u3000", 1),
        (" " * 10 + "山" * 39, 0),
        ("山" * 39 + "。 ", 0),
    ],
)
def test_a_long_line_without_the_end_of_a_sentence_is_cut(line: str, ratio: float) -> None:
    assert cut_line_ratio(twice(line)) == ratio
    assert cut_line_ratio(f"{line}\n\n短") == ratio / 2
    assert cut_line_ratio(line) == 0, "one line has no shape"


def test_a_row_of_a_table_is_not_cut() -> None:
    assert cut_line_ratio(twice("山" * 30 + "\t" + "水" * 30)) == 0


@pytest.mark.parametrize("end", ["e", "E", ".", "。", "·", "…", "开", "多", "文"])
def test_the_last_character_of_a_teaser_alone_makes_none(end: str) -> None:
    assert ellipsis_line_ratio(twice(f"完{end}")) == (end == "…")


@pytest.mark.parametrize(
    "line", ["首页", "- 首页", "首页，新闻，体育", "好。后来…", "阅读全文", "好。" * 99]
)
def test_a_text_of_one_line_is_not_judged_by_its_shape(line: str) -> None:
    assert punctuated_line_ratio(line) == punctuated_line_ratio(f"\n {line}\n\n") == 1
    assert short_line_ratio(line) == bullet_line_ratio(line) == ellipsis_line_ratio(line) == 0


@pytest.mark.parametrize(("length", "ratio"), [(199, 0), (200, 1), (201, 1)])
@pytest.mark.parametrize("mark", "。！？；…!?;．")
def test_in_a_passage_of_200_characters_a_sentence_may_end_anywhere(
    mark: str, length: int, ratio: float
) -> None:
    line = f"好{mark}".ljust(length, "𠮷")

    assert punctuated_line_ratio(twice(line)) == ratio


def test_a_passage_in_which_no_sentence_ends_is_none() -> None:
    assert punctuated_line_ratio(twice("首页，新闻：3.5（2）" * 30 + "体育")) == 0
