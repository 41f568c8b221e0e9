import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.minhash import mix
from jingyu.pipeline.steps.deduplicate.clusters import (
    Clusters,
    Settled,
    both_ways,
    components,
    contract,
    large_stars,
    marked,
    settle,
)

LARGEST = 2**64 - 1

edge_lists = st.lists(st.tuples(st.integers(0, 25), st.integers(0, 25)), max_size=40)
Edges = list[tuple[int, int]]


def _edges(rows: Edges) -> NDArray[np.uint64]:
    return np.array(rows, np.uint64).reshape(-1, 2)


def _labels(rows: Edges) -> dict[int, int]:
    clusters = components(_edges(rows))
    return dict(zip(clusters.documents.tolist(), clusters.labels.tolist(), strict=True))


def _searched(rows: Edges) -> dict[int, int]:
    labels = {document: document for edge in rows for document in edge}
    for _ in labels:
        for left, right in rows:
            labels[left] = labels[right] = min(labels[left], labels[right])
    return labels


def test_no_edges_give_no_clusters() -> None:
    assert _labels([]) == {}


def test_clusters_are_named_by_their_smallest_document() -> None:
    rows = [(9, 5), (5, LARGEST), (7, 8), (6, 6)]

    assert _labels(rows) == {5: 5, 9: 5, LARGEST: 5, 7: 7, 8: 7, 6: 6}


def test_documents_are_sorted() -> None:
    assert components(_edges([(9, 5), (7, 1)])).documents.tolist() == [1, 5, 7, 9]


@given(rows=edge_lists)
def test_labels_are_those_that_a_search_finds(rows: Edges) -> None:
    assert _labels(rows) == _searched(rows)


@given(rows=edge_lists, seed=st.integers(0, 99))
def test_order_direction_and_repetition_of_edges_do_not_matter(rows: Edges, seed: int) -> None:
    other = _edges(rows + rows)
    np.random.default_rng(seed).permuted(other, axis=1, out=other)
    np.random.default_rng(seed).shuffle(other)

    for ours, theirs in zip(components(_edges(rows)), components(other), strict=True):
        assert ours.tolist() == theirs.tolist()


@pytest.mark.parametrize("center", [0, LARGEST])
def test_star_is_one_cluster_whichever_end_is_its_center(center: int) -> None:
    leaves = np.arange(1, 10_000, dtype=np.uint64)
    edges = np.stack([np.full(leaves.size, center, np.uint64), leaves], axis=1)

    assert np.unique(components(edges).labels).tolist() == [min(center, 1)]


@pytest.mark.parametrize("seed", [None, 1, 2])
def test_long_path_is_one_cluster(seed: int | None) -> None:
    path = np.arange(100_000, dtype=np.uint64)
    if seed is not None:
        np.random.default_rng(seed).shuffle(path)

    clusters = components(np.stack([path[:-1], path[1:]], axis=1))

    assert clusters.documents.size == 100_000
    assert not clusters.labels.any()


def test_million_singletons_stay_apart() -> None:
    alone = np.arange(1_000_000, dtype=np.uint64)

    clusters = components(np.stack([alone, alone], axis=1))

    assert np.array_equal(clusters.labels, alone)


def _parts(rows: NDArray[np.uint64], column: int, count: int) -> list[NDArray[np.uint64]]:
    targets = mix(rows[:, column]) % np.uint64(count)
    return [rows[targets == target] for target in range(count)]


def _in_rounds(edges: NDArray[np.uint64], rounds: int, count: int) -> Settled:
    """Does what the stage does: each part sees the edges of its own documents only."""
    edges = np.concatenate([contract(part) for part in _parts(edges, 1, count)])
    for _ in range(rounds):
        stars = [large_stars(part) for part in _parts(both_ways(edges), 0, count)]
        edges = np.concatenate([contract(part) for part in _parts(np.concatenate(stars), 1, count)])
    marks = [marked(part) for part in _parts(both_ways(edges), 0, count)]
    settled = [settle(part) for part in _parts(np.concatenate(marks), 0, count)]
    rest = components(np.concatenate([part.edges for part in settled]))
    clusters = [*(part.clusters for part in settled), rest]
    documents = np.concatenate([part.documents for part in clusters])
    labels = np.concatenate([part.labels for part in clusters])
    order = np.argsort(documents)
    return Settled(Clusters(documents[order], labels[order]), rest.documents)


@given(rows=edge_lists, rounds=st.integers(0, 3), count=st.integers(1, 5))
def test_rounds_over_parts_give_the_clusters_of_the_whole(
    rows: Edges, rounds: int, count: int
) -> None:
    edges = _edges([(min(row), max(row)) for row in rows if row[0] != row[1]])

    found = _in_rounds(edges, rounds, count).clusters

    whole = components(edges)
    assert found.documents.tolist() == whole.documents.tolist()
    assert found.labels.tolist() == whole.labels.tolist()


def test_small_clusters_settle_in_two_rounds() -> None:
    documents = np.random.default_rng(4).permutation(5_000).astype(np.uint64).reshape(-1, 5)
    edges = np.concatenate([documents[:, place : place + 2] for place in range(4)])

    assert _in_rounds(np.sort(edges, axis=1), 2, 7).edges.size == 0


def test_contracted_edges_are_stars_and_as_few_as_can_be() -> None:
    rows = [(1, 2), (2, 3), (1, 3), (7, 8), (3, 9)]

    assert contract(_edges(rows)).tolist() == [[1, 2], [1, 3], [7, 8], [1, 9]]
