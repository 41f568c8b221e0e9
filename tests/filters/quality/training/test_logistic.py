import numpy as np
from scipy.sparse import csr_matrix

from jingyu.filters.quality.training.logistic import fit


def test_the_weights_are_where_the_objective_is_least() -> None:
    rng = np.random.default_rng(1)
    dense = rng.normal(size=(200, 6))
    truth = dense @ np.array([2.0, -1, 0, 0, 1, 0]) + rng.normal(size=200) > 0

    weights, intercept = fit(csr_matrix(dense), truth, np.ones(200), 1.0)

    margins = dense @ weights + intercept
    error = 1 / (1 + np.exp(-margins)) - truth
    assert np.abs(dense.T @ error + weights).max() < 0.1
    assert abs(error.sum()) < 0.1
    assert ((margins > 0) == truth).mean() > 0.8


def test_what_counts_nothing_changes_nothing() -> None:
    rows = csr_matrix(np.array([[1.0, 0], [0, 1], [1, 1]]))
    truth = np.array([True, False, False])

    without = fit(rows[:2], truth[:2], np.ones(2), 1.0)
    weights, intercept = fit(rows, truth, np.array([1.0, 1, 0]), 1.0)

    assert np.allclose(without[0], weights)
    assert np.isclose(without[1], intercept)
