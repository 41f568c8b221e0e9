from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.extract.trees import Floats, Trees


def random_trees(seed: int, depth: int, count: int) -> Trees:
    random = np.random.default_rng(seed)
    return Trees(
        random.integers(0, 4, (count, depth)).astype(np.int32),
        random.integers(0, 3, (count, depth)).astype(np.float32),
        random.normal(0, 0.2, (count, 1 << depth)).astype(np.float32),
        -0.3,
    )


def asked_one_by_one(trees: Trees, row: Floats) -> float:
    count, depth = trees.columns.shape
    score = round(trees.bias * 2**20)
    for tree in range(count):
        leaf = 0
        for level in range(depth):
            is_above = row[trees.columns[tree, level]] > trees.thresholds[tree, level]
            leaf = leaf * 2 + bool(is_above)
        score += round(float(trees.leaves[tree, leaf]) * 2**20)
    return float(np.float32(1 / (1 + exp(score / -(2**20)))))


@given(st.integers(0, 99), st.integers(1, 8), st.integers(1, 5))
def test_all_trees_at_once_say_what_each_says_alone(seed: int, depth: int, count: int) -> None:
    trees = random_trees(seed, depth, count)
    matrix = np.random.default_rng(seed).integers(0, 4, (7, 4)).astype(np.float32)

    found = trees.probability(matrix).tolist()

    assert found == [asked_one_by_one(trees, row) for row in matrix]


@pytest.mark.parametrize("count", [1, 63, 64, 65, 5000])
def test_a_row_is_judged_alike_on_a_page_of_any_length(count: int) -> None:
    trees = random_trees(1, 5, 20)
    row = np.array([[1, 2, 0, 3]], np.float32)

    found = trees.probability(np.repeat(row, count, axis=0))

    assert found.tolist() == [asked_one_by_one(trees, row[0])] * count


def test_the_order_of_columns_in_memory_changes_nothing() -> None:
    trees = random_trees(2, 5, 20)
    matrix = np.random.default_rng(2).random((50, 4), np.float32) * 3

    by_columns = trees.probability(np.asfortranarray(matrix))

    assert by_columns.tolist() == trees.probability(matrix).tolist()


@pytest.mark.parametrize(("leaf", "fits"), [(2047.0, True), (2048.0, False), (-2048.0, False)])
def test_leaves_too_large_for_whole_numbers_are_refused(leaf: float, *, fits: bool) -> None:
    leaves = np.array([[0, leaf]], np.float32)
    trees = Trees(np.array([[0]], np.int32), np.zeros((1, 1), np.float32), leaves, 0.0)
    matrix = np.ones((1, 1), np.float32)

    if fits:
        assert trees.probability(matrix).tolist() == [1.0]
    else:
        with pytest.raises(OverflowError, match="too large"):
            trees.probability(matrix)


def test_a_matrix_with_too_few_columns_is_refused() -> None:
    trees = random_trees(1, 5, 20)

    with pytest.raises(ValueError, match="do not fit"):
        trees.probability(np.ones((2, 3), np.float32))
