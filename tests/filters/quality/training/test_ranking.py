import numpy as np
import pytest

from jingyu.filters.quality.training.ranking import Point, auc, point_at, point_of_recall

SCORES = np.array([0.1, 0.4, 0.4, 0.8])
TRUTH = np.array([False, True, False, True])


def test_auc_counts_pairs_in_order_and_equal_ones_half() -> None:
    assert auc(SCORES, TRUTH) == 3.5 / 4
    assert auc(-SCORES, TRUTH) == 0.5 / 4
    assert auc(SCORES, np.ones(4, np.bool_)) == 0.5


def test_what_scores_the_limit_is_kept() -> None:
    assert point_at(SCORES, TRUTH, 0.4) == Point(0.4, 2 / 3, 1.0)
    assert point_at(SCORES, TRUTH, 0.41) == Point(0.41, 1.0, 0.5)
    assert point_at(SCORES, TRUTH, 0.9) == Point(0.9, 1.0, 0.0)


@pytest.mark.parametrize(("recall", "limit"), [(0.5, 0.8), (0.8, 0.4), (1.0, 0.4)])
def test_the_highest_limit_with_a_recall_is_found(recall: float, limit: float) -> None:
    assert point_of_recall(SCORES, TRUTH, recall).limit == limit
