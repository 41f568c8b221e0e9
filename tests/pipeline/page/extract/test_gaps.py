import numpy as np
import pytest

from jingyu.pipeline.page.extract.features import measure_lines
from jingyu.pipeline.page.extract.markup import read_markup
from jingyu.pipeline.page.extract.refinement import refined

LINES = [
    "第一条 为了保护渡口和渡船，方便两岸居民过江，根据有关规定，制定本办法。",
    "第二条 本办法适用于岚川境内所有渡口的设立、使用、维护和监督管理工作。",
    "第三条 渡口的设立由所在地的镇提出，经县里批准以后，方可动工修建码头。",
    "第四条 渡船应当每年检查一次，检查不合格的，在修好以前不得再载客过江。",
    "第五条 船工应当持有证书，每班不得超过八小时，夜里开船要有两人在船上。",
]
LOW = 0.11


def texts_kept(page: str, unlikely: tuple[int, ...], likely: float = 0.9) -> list[str]:
    markup = read_markup(page)
    texts = markup.lines.text
    probability = np.full(len(texts), likely, np.float32)
    probability[list(unlikely)] = LOW
    chosen = refined(probability > 0.4, 0.4, probability, measure_lines(markup, None), markup)
    return [texts[place] for place in chosen]


def page_of(lines: list[str]) -> str:
    return "<div>" + "".join(f"<p>{line}</p>" for line in lines) + "</div>"


@pytest.mark.parametrize("gap", [(1,), (1, 2), (3,)])
def test_a_gap_between_paragraphs_is_closed(gap: tuple[int, ...]) -> None:
    assert texts_kept(page_of(LINES), gap) == LINES


@pytest.mark.parametrize("gap", [(0,), (4,), (1, 2, 3)])
def test_ends_and_wide_gaps_stay_open(gap: tuple[int, ...]) -> None:
    assert len(texts_kept(page_of(LINES), gap)) == len(LINES) - len(gap)


@pytest.mark.parametrize(
    "line", ["图二", "来源：岚川日报，作者：林小满", "上一篇：渡口的故事，下一篇"]
)
def test_what_is_surely_or_perhaps_furniture_does_not_close_a_gap(line: str) -> None:
    lines = [*LINES[:2], line, *LINES[2:]]

    assert line not in texts_kept(page_of(lines), (2,))


def test_a_gap_in_another_container_stays_open() -> None:
    page = f"<div><p>{LINES[0]}</p><div><p>{LINES[1]}</p></div><p>{LINES[2]}</p></div>"

    assert texts_kept(page, (1,)) == [LINES[0], LINES[2]]


@pytest.mark.parametrize(
    ("line", "likely", "stays"),
    [
        ("17.改革以来的热点难点问题研究", 0.96, True),
        ("17.改革以来的热点难点问题研究", 0.95, False),
        ("推荐阅读", 0.99, False),
    ],
)
def test_a_very_likely_line_between_paragraphs_may_hold_a_phrase(
    line: str, likely: float, *, stays: bool
) -> None:
    lines = [*LINES[:2], line, *LINES[2:]]

    assert (line in texts_kept(page_of(lines), (), likely)) == stays


def test_a_line_that_a_summary_said_before_stays_within_its_run() -> None:
    summary, line = "摘要如下。" + LINES[0], LINES[1] + LINES[2]
    page = f"<section><p>{line}</p></section>{page_of([summary, LINES[3], line, LINES[4]])}"

    assert texts_kept(page, ()).count(line) == 2


def test_a_second_copy_of_a_whole_text_still_goes() -> None:
    assert texts_kept(page_of(LINES) * 2, ()) == LINES
