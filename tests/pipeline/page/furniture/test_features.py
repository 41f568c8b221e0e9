import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.page.furniture.features import (
    COLUMNS,
    CONTEXT,
    measure_lines,
    with_context,
)

TEXT = [
    "首页",
    "更多>>",
    "今天下雨，河水涨了。",
    "桥面已经封闭，行人请绕到上游的旧桥过河。",
    "2021-03-04",
    "首页",
]


def column(name: str) -> list[float]:
    found: list[float] = measure_lines(TEXT).matrix[:, COLUMNS.index(name)].round(3).tolist()
    return found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("closed", [0, 0, 1, 1, 0, 0]),
        ("repeated", [2, 1, 1, 1, 1, 2]),
        ("ends", [0, 0, 0.1, 0.05, 0, 0]),
        ("parts", [0, 0.5, 0, 0, 0.2, 0]),
        ("digits", [0, 0, 0, 0, 0.8, 0]),
        ("dated", [0, 0, 0, 0, 1, 0]),
        ("phrase_offers", [0, 1, 0, 0, 0, 0]),
        ("phrase_place", [1, 0, 0, 0, 0, 1]),
        ("closed-1", [-1, 0, 0, 1, 1, 0]),
        ("closed+2", [1, 1, 0, 0, -1, -1]),
        ("in_block", [0, 0, 0, 1, 0, 0]),
        ("since_offers", [60, 0, 1, 2, 3, 4]),
        ("until_place", [0, 4, 3, 2, 1, 0]),
        ("since_prose", [60, 60, 60, 0, 1, 2]),
    ],
)
def test_lines_are_measured(name: str, expected: list[float]) -> None:
    assert column(name) == pytest.approx(expected)


def test_there_is_a_column_for_each_name() -> None:
    measured = measure_lines(TEXT)
    seen = with_context(measured, np.full(len(TEXT), 0.5, np.float32))

    assert measured.matrix.shape == (len(TEXT), len(COLUMNS))
    assert seen.shape == (len(TEXT), len(COLUMNS) + len(CONTEXT))
    assert len({*COLUMNS, *CONTEXT}) == len(COLUMNS) + len(CONTEXT)


@settings(max_examples=60)
@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=20))
def test_any_lines_have_finite_figures(lines: list[str]) -> None:
    measured = measure_lines(lines)

    assert np.isfinite(measured.matrix).all()
    assert np.isfinite(with_context(measured, np.zeros(len(lines), np.float32))).all()
    assert measured.lengths.tolist() == [len(line) for line in lines]
