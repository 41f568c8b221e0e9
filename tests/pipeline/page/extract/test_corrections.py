"""What C corrects in a choice of lines is what numpy would."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.page.extract.features import measure_lines
from jingyu.pipeline.page.extract.looks import corrected, expected_score
from jingyu.pipeline.page.extract.markup import read_markup
from jingyu.pipeline.page.extract.refinement import limits_of
from tests.support import plain_corrections

LONG = "今年入夏以来，全市平均降水量较常年同期偏多两成。"

pages = st.lists(
    st.sampled_from(
        [
            *("<div class=markdown>", "<div id=content>", "</div>", "<li>", "<p>", "<br>"),
            *("<table>", "<tr><td>", "<td>", "</table>", "<a href=/>", "</a>"),
            *(
                LONG,
                LONG * 3,
                "首页",
                "更多",
                "上一篇：甲",
                "来源：",
                "来源：某报",
                "分享到",
                "𠮷ab12",
            ),
            *("发布时间：。", "小结，", "小结", "推荐阅读", "版权所有 甲乙丙"),
        ]
    ),
    max_size=40,
).map(lambda parts: "".join(parts) + "末")
LIKELY = [0.0, 0.02, 0.05, 0.1, 0.12, 0.15, 0.4, 0.5, 0.51, 0.95, 0.96, 1.0]


@settings(max_examples=300)
@given(pages, st.integers(0, 99), st.sampled_from([0.1, 0.4, 0.5]))
def test_a_choice_is_corrected_as_numpy_corrects_it(page: str, seed: int, limit: float) -> None:
    markup = read_markup(page)
    measured = measure_lines(markup, None)
    drawn = np.random.default_rng(seed).choice(LIKELY, len(markup.lines.text))
    probability = drawn.astype(np.float32)
    chosen = probability >= limit
    chosen[0] = True

    found, *rest = corrected(
        *(measured.of_lines, measured.of_nodes, probability, chosen, markup.lines.text),
        limits_of(limit),
    )

    expected, *others = plain_corrections.corrected(chosen, limit, probability, measured, markup)
    assert (np.frombuffer(found, np.bool_).tolist(), rest) == (expected.tolist(), others)


@given(st.lists(st.tuples(st.floats(0, 1, width=32), st.integers(1, 500)), min_size=1, max_size=99))
def test_the_score_is_expected_as_numpy_expects_it(lines: list[tuple[float, int]]) -> None:
    probability, lengths = (np.array(each, np.float32) for each in zip(*lines, strict=True))

    found = expected_score(probability, lengths)

    assert found == plain_corrections.expected_score(probability, lengths)


def test_nothing_is_expected_of_no_line() -> None:
    nothing = np.zeros(0, np.float32)

    assert expected_score(nothing, nothing) == 0


def test_what_does_not_fit_is_refused() -> None:
    markup = read_markup("<p>一<p>二")
    measured = measure_lines(markup, None)
    likely, chosen = np.ones(2, np.float32), np.ones(2, np.bool_)
    arrays, texts = (measured.of_lines, measured.of_nodes), markup.lines.text

    for given_likely, given_chosen, given_texts in (
        (likely[1:].copy(), chosen, texts),
        (likely, chosen[1:].copy(), texts),
        (likely, chosen, texts[1:]),
        (likely, chosen, [b"", b""]),
    ):
        with pytest.raises(ValueError, match="do not fit"):
            corrected(*arrays, given_likely, given_chosen, given_texts, limits_of(0.4))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        corrected(*arrays, likely, chosen, texts, limits_of(0.4)[1:])
    with pytest.raises(ValueError, match="do not fit"):
        expected_score(likely, likely[1:].copy())
