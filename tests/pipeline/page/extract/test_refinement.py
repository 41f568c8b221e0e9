import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.extract.features import measure_lines
from jingyu.pipeline.page.extract.markup import Lines, read_markup
from jingyu.pipeline.page.extract.refinement import refined, short_article
from jingyu.pipeline.page.extract.repeats import without_repeats

LONG = "今年入夏以来，全市平均降水量较常年同期偏多两成。" * 2
OTHER = "水利部门表示，将继续加强雨情水情监测，及时发布。" * 2


def kept(texts: list[str], kinds: list[int] | None = None) -> list[str]:
    zeros = np.zeros(len(texts), np.int32)
    kind = np.array(kinds, np.int32) if kinds else zeros
    lines = Lines(texts, *(zeros,) * (len(Lines._fields) - 1))._replace(kind=kind)
    return [texts[place] for place in without_repeats(range(len(texts)), lines)]


def refine(page: str, probability: float) -> list[str]:
    markup = read_markup(page)
    texts = markup.lines.text
    likely = np.full(len(texts), probability, np.float32)
    chosen = refined(likely > 0, 0.4, likely, measure_lines(markup, None), markup)
    return [texts[place] for place in chosen]


def test_a_stretch_that_stood_before_goes() -> None:
    assert kept([LONG, OTHER, "小结", LONG, OTHER]) == [LONG, OTHER, "小结"]


@pytest.mark.parametrize(("length", "times"), [(59, 2), (60, 1)])
def test_a_short_repeat_stays(length: int, times: int) -> None:
    line = "多" * length

    assert kept([line, "小结", line]).count(line) == times


def test_repeated_lines_of_a_program_stay() -> None:
    line = "for (int index = 0; index < count; index++) sum += values[index];"

    assert kept([line, "}", line], [5, 5, 5]) == [line, "}", line]


def test_a_line_that_holds_the_whole_text_again_goes() -> None:
    texts = [f"{name}：{LONG * 3}" for name in "甲乙丙"]

    assert kept([*texts, "".join(texts)]) == texts


@given(st.lists(st.sampled_from(["甲", "乙" * 70, LONG, OTHER, "丙" * 500]), max_size=12))
def test_leaving_out_repeats_loses_no_line_for_good(texts: list[str]) -> None:
    found = kept(texts)

    assert set(found) == set(texts)
    assert kept(found) == found


@pytest.mark.parametrize("line", ["上一篇：会议召开", "来源：某某日报", "发布时间：浏览次数："])
def test_furniture_at_the_edge_of_a_text_goes(line: str) -> None:
    found = refine(f"<p>{LONG}</p><p>{OTHER}</p><p>{line}</p>", 0.9)

    assert found == [LONG, OTHER]


def test_a_likely_line_between_paragraphs_may_state_a_time() -> None:
    line = "递交截止时间：即日起至六月十日"
    page = f"<p>{LONG}</p><p>{line}</p><p>{OTHER}</p>"

    assert line in refine(page, 0.9)
    assert line not in refine(page, 0.5)


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("2021-10-15", False),
        ("2021年10月15日", False),
        ("1995.6.28 08:30:00", False),
        ("2021-10-15 星期五", True),
        ("2021-10", True),
        ("1821-10-15", True),
    ],
)
def test_a_date_alone_before_the_first_paragraph_goes(line: str, *, stays: bool) -> None:
    assert (line in refine(f"<p>会议新闻<p>{line}<p>{LONG}", 0.9)) is stays


def test_a_date_alone_between_or_without_paragraphs_stays() -> None:
    assert "2021-10-15" in refine(f"<p>{LONG}<p>2021-10-15<p>{OTHER}", 0.9)
    assert "2021-10-15" in refine("<p>短句<p>2021-10-15<p>短句子", 0.9)


@pytest.mark.parametrize(
    ("body", "probability", "expected"),
    [
        (f"<h1>大桥通车</h1><p>{LONG}</p>", 0.05, [LONG]),
        (f"<h1>大桥通车</h1><p>{LONG}</p>", 0.04, []),
        (f"<h1>别的事情</h1><p>{LONG}</p>", 0.9, []),
        (f"<h1>大桥通车</h1><a href=/><p>{LONG}</p></a>", 0.9, []),
        ("<h1>大桥通车</h1><p>大桥今晨通车。</p>", 0.9, []),
        ("<h1>大桥通车</h1>" + "<p>一</p>" * 6 + f"<p>{LONG}</p>", 0.9, []),
    ],
)
def test_a_single_paragraph_behind_the_title_is_a_short_article(
    body: str, probability: float, expected: list[str]
) -> None:
    markup = read_markup(body)
    likely = np.full(len(markup.lines.text), probability, np.float32)
    found = short_article(likely, measure_lines(markup, "大桥通车_岚川网"))

    assert [
        t for t, kept in zip(markup.lines.text, found.tolist(), strict=True) if kept
    ] == expected
