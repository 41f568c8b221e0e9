from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from jingyu.pipeline.steps.deduplicate.candidates import (
    MAX_PARTITIONS,
    join,
    partition,
    partitions_for,
)

LARGEST = 2**64 - 1

_keys = st.integers(0, 6).map(lambda number: number * (LARGEST // 6))
pairs = st.lists(st.tuples(_keys, st.integers(0, 9) | st.just(LARGEST)), max_size=60)
Pairs = list[tuple[int, int]]


def _columns(rows: Pairs) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    table = np.array(rows, np.uint64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _stars(rows: Pairs) -> list[list[int]]:
    holders = defaultdict(set)
    for key, document in rows:
        holders[key].add(document)
    edges = {(min(group), one) for group in holders.values() for one in group if one > min(group)}
    return [list(edge) for edge in sorted(edges)]


def test_documents_of_a_key_form_a_star_from_the_smallest() -> None:
    rows = [(5, 30), (5, 10), (5, 20), (6, 10), (6, 20), (7, 40)]

    assert join(*_columns(rows)).tolist() == [[10, 20], [10, 30]]


def test_keys_that_stand_alone_give_no_edges() -> None:
    assert join(*_columns([(1, 10), (2, 10), (3, 30)])).shape == (0, 2)
    assert join(*_columns([])).shape == (0, 2)


def test_document_that_holds_a_key_twice_is_not_its_own_neighbor() -> None:
    assert join(*_columns([(1, 10), (1, 10)])).tolist() == []


def test_edges_are_never_more_than_pairs() -> None:
    documents = np.arange(1_000, dtype=np.uint64)

    assert len(join(np.zeros(1_000, np.uint64), documents)) == 999


@given(rows=pairs)
def test_edges_are_the_stars_of_all_keys(rows: Pairs) -> None:
    assert join(*_columns(rows)).tolist() == _stars(rows)


@given(rows=pairs, seed=st.integers(0, 99))
def test_order_of_rows_does_not_change_the_edges(rows: Pairs, seed: int) -> None:
    other = [rows[row] for row in np.random.default_rng(seed).permutation(len(rows))]

    assert join(*_columns(rows)).tolist() == join(*_columns(other)).tolist()


def test_partitions_are_equal_ranges_of_the_keys() -> None:
    keys = np.array([0, LARGEST // 4, LARGEST // 4 + 1, LARGEST // 2 + 1, LARGEST], np.uint64)

    assert partition(keys, 4).tolist() == [0, 0, 1, 2, 3]
    assert partition(keys, 1).tolist() == [0] * 5
    assert partition(keys, MAX_PARTITIONS)[-1] == MAX_PARTITIONS - 1


@pytest.mark.parametrize("partitions", [0, -1, MAX_PARTITIONS + 1])
def test_impossible_numbers_of_partitions_are_refused(partitions: int) -> None:
    with pytest.raises(ValueError, match="partitions must be 1 to"):
        partition(np.zeros(1, np.uint64), partitions)


@pytest.mark.parametrize(
    ("documents", "partitions"), [(0, 4), (100, 4), (1_000_000, 28), (10**10, MAX_PARTITIONS)]
)
def test_partitions_follow_from_the_documents(documents: int, partitions: int) -> None:
    assert partitions_for(documents, 14) == partitions
