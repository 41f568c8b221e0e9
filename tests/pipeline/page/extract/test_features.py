from itertools import accumulate

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jingyu.pipeline.page.extract.features import COLUMNS, Measured, measure_lines, with_context
from jingyu.pipeline.page.extract.looks import measure
from jingyu.pipeline.page.extract.markup import Markup, read_markup
from jingyu.pipeline.page.extract.phrases import PHRASES, phrases_in
from tests.support.plain_features import Page, fairness, first_look, second_look

LONG = "今年入夏以来，全市平均降水量较常年同期偏多两成。"

pages = st.lists(
    st.sampled_from(
        [
            *("<div class=nav>", "<div id=content>", "</div>", "<li>", "<p>", "<a href=/>", "</a>"),
            *(LONG, LONG * 8, "首页", "更多", "上一", "篇", "来源：某报", "𠮷ab12", "标题 甲乙"),
        ]
    ),
    max_size=40,
).map(lambda parts: "".join(parts) + "末")


def columns_of(page: str, title: str | None = None) -> tuple[Markup, dict[str, list[float]]]:
    markup = read_markup(page)
    matrix = measure_lines(markup, title).matrix
    return markup, dict(zip(COLUMNS, matrix.T.tolist(), strict=True))


def plain_page(markup: Markup, measured: Measured) -> Page:
    repeated, titled, phrases = (each.tolist() for each in measured.of_lines[9:12])
    return Page(markup, phrases, repeated, titled)


@settings(max_examples=200)
@given(pages)
def test_lines_are_measured_as_plain_python_measures_them(page: str) -> None:
    markup = read_markup(page)
    measured = measure_lines(markup, "标题甲乙")

    expected = first_look(plain_page(markup, measured))

    assert pytest.approx(np.array(expected), rel=1e-4, abs=1e-5) == measured.matrix.T


def _is_tie(page: Page, probability: list[float]) -> bool:
    """Returns whether single precision may take another container for the fairest."""
    fair = fairness(page, probability)
    nearly = {
        (first, last)
        for value, first, last in zip(fair, page.first, page.last, strict=True)
        if value > max(fair) - 0.01
    }
    return len(nearly) > 1


@settings(max_examples=200)
@given(html=pages, seed=st.integers(0, 9))
def test_the_context_is_measured_as_plain_python_measures_it(html: str, seed: int) -> None:
    markup = read_markup(html)
    measured = measure_lines(markup, None)
    # Parts of a power of two are exact in single precision, so that no limit is missed by a digit.
    drawn = np.random.default_rng(seed).integers(0, 65, len(markup.lines.text))
    probability = (drawn / 64).astype(np.float32)

    found = with_context(measured, probability)

    page = plain_page(markup, measured)
    assume(not _is_tie(page, probability.tolist()))
    expected = second_look(page, probability.tolist())
    assert found[:, : len(COLUMNS)].tolist() == measured.matrix.tolist()
    assert pytest.approx(np.array(expected), rel=1e-3, abs=1e-4) == found[:, len(COLUMNS) :].T


def test_a_page_without_any_likely_line_has_a_context() -> None:
    measured = measure_lines(read_markup("末"), None)

    assert np.isfinite(with_context(measured, np.zeros(1, np.float32))).all()


@given(pages)
def test_phrases_count_where_they_begin_in_the_short_lines_together(page: str) -> None:
    markup, columns = columns_of(page)

    short = [text if len(text) <= 120 else "" for text in markup.lines.text]
    ends = list(accumulate(map(len, short)))
    expected = [0] * len(short)
    for place, bit in phrases_in("".join(short)):
        expected[sum(end <= place for end in ends)] |= bit
    for number, name in enumerate(PHRASES):
        assert columns[f"phrase_{name}"] == [bits >> number & 1 for bits in expected]


@given(pages)
def test_lines_that_stand_more_than_once_are_marked(page: str) -> None:
    markup, columns = columns_of(page)

    texts = markup.lines.text
    assert columns["repeated"] == [float(texts.count(text) > 1) for text in texts]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("防汛工作会议召开", 2),
        ("防汛工作 会议", 2),
        ("会议召开", 1),
        ("议召开", 0),
        ("会议没有召开", 0),
        ("防" * 100, 2),
        ("防" * 101, 0),
    ],
)
def test_a_line_may_be_the_title_or_part_of_it(line: str, value: int) -> None:
    title = "防" * 101 if line.startswith("防防") else "防汛工作会议召开 - 某某网"

    _, columns = columns_of(f"<p>首行<p>{line}<p>{LONG}", title)

    assert columns["title"] == [0, value, 0]
    assert columns["since_title"] == ([60, 0, 1] if value == 2 else [60, 60, 60])


def test_without_a_title_no_line_is_part_of_it() -> None:
    _, columns = columns_of(f"<p>防汛工作会议召开<p>{LONG}", None)

    assert columns["title"] == [0, 0]


def test_only_the_first_of_equal_lines_is_a_title() -> None:
    _, columns = columns_of("<p>会议召开<p>会议召开", "会议召开")

    assert columns["title"] == [2, 0]


def test_arrays_that_do_not_fit_each_other_are_refused() -> None:
    measured = measure_lines(read_markup("<p>一<p>二"), None)
    lines, nodes = measured.of_lines, measured.of_nodes
    beyond = np.full_like(lines[12], 99)

    with pytest.raises(ValueError, match="do not fit"):
        measure((*lines[:12], beyond, lines[13]), nodes)
    with pytest.raises(ValueError, match="not of one length"):
        measure((*lines[:12], beyond[:1], lines[13]), nodes)
    with pytest.raises(ValueError, match="do not fit"):
        measure(lines, nodes, np.zeros(1, np.float32))
    with pytest.raises(TypeError, match="a tuple of 14 arrays"):
        measure(lines[1:], nodes)
