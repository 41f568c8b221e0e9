import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.extract.model import choose
from jingyu.pipeline.page.extract.trees import trees_of
from tests.benchmarks.boosting import Boosting, fit
from tests.benchmarks.fit_extraction import stated_trees


def test_lines_above_half_of_the_expected_score_are_chosen() -> None:
    choice = choose(np.array([0.4, 0.4, 0.05], np.float32), np.array([10, 10, 10], np.float32))

    assert choice.chosen.tolist() == [True, True, False]
    assert choice.confidence == pytest.approx(2 * 8 / (20 + 8.5))


def test_no_line_is_chosen_where_little_is_expected() -> None:
    choice = choose(np.array([0.1, 0.05], np.float32), np.array([10, 10], np.float32))

    assert not choice.chosen.any()
    assert choice.confidence < 0.3


def test_a_likely_line_is_always_chosen() -> None:
    choice = choose(np.array([1, 1, 0.6, 0.45], np.float32), np.array([9, 9, 1, 1], np.float32))

    assert choice.chosen.tolist() == [True, True, True, False]


@given(st.lists(st.tuples(st.floats(0, 1, width=32), st.integers(1, 500)), min_size=1, max_size=9))
def test_no_other_limit_promises_more(lines: list[tuple[float, int]]) -> None:
    probability, lengths = np.array(lines, np.float32).T

    confidence = choose(probability, lengths).confidence

    held = (probability * lengths).sum()
    for limit in set(probability.tolist()):
        chosen = probability >= limit
        expected = (probability * lengths)[chosen].sum()
        assert 2 * expected / max(lengths[chosen].sum() + held, 1e-9) <= confidence + 1e-3


def test_trees_learn_what_no_single_column_says() -> None:
    matrix = np.random.default_rng(1).random((2000, 4), np.float32)
    labels = ((matrix[:, 0] > 0.5) & (matrix[:, 2] < 0.3)).astype(np.float32)

    trees = fit(matrix, labels, np.ones(2000, np.float32), Boosting(trees=60, depth=3, columns=1.0))

    assert ((trees.probability(matrix) > 0.5) == labels).mean() > 0.97


def test_trees_written_down_judge_as_before() -> None:
    matrix = np.random.default_rng(2).random((3000, 3), np.float32)
    labels = (matrix[:, 1] > 0.4).astype(np.float32)
    trees = fit(matrix, labels, np.ones(3000, np.float32), Boosting(trees=10, depth=2))

    again = trees_of(stated_trees(trees))

    assert np.allclose(again.probability(matrix), trees.probability(matrix), atol=1e-3)
