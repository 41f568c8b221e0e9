from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from pipeline.duplicates.survivors import Decisions, Documents, choose
from pipeline.text.minhash import EMPTY, similarity
from tests.pipeline.duplicates.examples import documents_from, rows_of_documents

Row = tuple[int, int, list[int], int]
Verdict = tuple[int, float, bool]

thresholds = st.sampled_from([0.1, 1 / 3, 0.5, 2 / 3, 0.9, 1.0])


def _verdicts(decisions: Decisions) -> dict[int, Verdict]:
    columns = (column.tolist() for column in decisions)
    return {
        document: (survivor, estimate, is_exact)
        for document, survivor, estimate, is_exact in zip(*columns, strict=True)
    }


def _in_one_cluster(documents: Documents) -> NDArray[np.uint64]:
    return np.zeros(documents.keys.size, np.uint64)


def _judged_one_by_one(rows: list[tuple[int, Row]], threshold: float) -> dict[int, Verdict]:
    verdicts: dict[int, Verdict] = {}
    kept: list[tuple[int, Row]] = []
    for label, row in sorted(rows, key=lambda one: (one[1][3], one[1][0])):
        rivals = [other for other_label, other in kept if other_label == label]
        same = [other for other in rivals if other[1] == row[1]]
        estimates = [
            float(similarity(np.array(row[2], np.uint32), np.array(other[2], np.uint32)))
            for other in rivals
        ]
        best = max(estimates, default=0.0)
        if same:
            verdicts[row[0]] = (same[0][0], 1.0, True)
        elif best >= threshold:
            verdicts[row[0]] = (rivals[estimates.index(best)][0], best, False)
        else:
            verdicts[row[0]] = (row[0], 1.0, False)
            kept.append((label, row))
    return verdicts


A, B, C = [1, 1, 1, 1], [1, 1, 1, 2], [1, 1, 2, 2]


def test_best_document_is_kept_and_the_others_name_it() -> None:
    documents = documents_from([(1, 10, A, 2), (2, 20, A, 1), (3, 30, B, 3)])

    decisions = choose(_in_one_cluster(documents), documents, 0.75)

    assert _verdicts(decisions) == {
        1: (2, 1.0, False),
        2: (2, 1.0, False),
        3: (2, 0.75, False),
    }
    assert decisions.is_kept.tolist() == [False, True, False]


def test_documents_are_told_exact_by_their_text_hash_even_without_signature() -> None:
    none = [EMPTY] * 4
    documents = documents_from([(1, 10, none, 1), (2, 10, none, 2), (3, 30, none, 3)])

    decisions = choose(_in_one_cluster(documents), documents, 0.5)

    assert _verdicts(decisions) == {
        1: (1, 1.0, False),
        2: (1, 1.0, True),
        3: (3, 1.0, False),
    }


def test_chain_does_not_drop_what_the_kept_document_does_not_resemble() -> None:
    documents = documents_from([(1, 10, A, 1), (2, 20, B, 2), (3, 30, C, 3)])

    decisions = choose(_in_one_cluster(documents), documents, 0.75)

    assert _verdicts(decisions) == {
        1: (1, 1.0, False),
        2: (1, 0.75, False),
        3: (3, 1.0, False),
    }


def test_most_similar_kept_document_is_named() -> None:
    rows: list[Row] = [(1, 10, A, 1), (2, 20, [1, 1, 2, 2], 2), (3, 30, [1, 1, 2, 1], 3)]
    rows += [(4, 40, [1, 2, 2, 2], 4)]
    documents = documents_from(rows)

    decisions = choose(_in_one_cluster(documents), documents, 0.6)

    assert _verdicts(decisions)[3] == (1, 0.75, False)
    assert _verdicts(decisions)[4] == (2, 0.75, False)


def test_same_text_is_named_before_a_better_document_that_is_alike() -> None:
    documents = documents_from([(1, 10, A, 1), (2, 20, C, 2), (3, 20, A, 3)])

    decisions = choose(_in_one_cluster(documents), documents, 0.75)

    assert _verdicts(decisions)[3] == (2, 1.0, True)


@pytest.mark.parametrize(("threshold", "is_kept"), [(0.74, False), (0.75, False), (0.76, True)])
def test_similarity_on_the_limit_is_a_duplicate(threshold: float, *, is_kept: bool) -> None:
    documents = documents_from([(1, 10, A, 1), (2, 20, B, 2)])

    decisions = choose(_in_one_cluster(documents), documents, threshold)

    assert decisions.is_kept.tolist() == [True, is_kept]


def test_clusters_are_judged_apart() -> None:
    documents = documents_from([(1, 10, A, 1), (2, 10, A, 2), (3, 10, A, 3), (4, 10, A, 4)])

    decisions = choose(np.array([8, 9, 8, 9], np.uint64), documents, 0.75)

    assert decisions.survivors.tolist() == [1, 2, 1, 2]


def test_weightiest_rank_column_decides_first_and_the_key_last() -> None:
    documents = documents_from([(key, 10, A, 0) for key in (1, 2, 3, 4)])
    columns = (np.array([1, 0, 0, 0]), np.array([0.5, 0.7, 0.6, 0.6]))
    ranked = replace(documents, ranks=columns)

    decisions = choose(_in_one_cluster(ranked), ranked, 0.75)

    assert decisions.survivors.tolist() == [3, 3, 3, 3]


def test_big_cluster_of_copies_keeps_one() -> None:
    signatures = np.ones((40_000, 16), np.uint32)
    keys = np.arange(40_000, dtype=np.uint64)
    documents = Documents(keys, keys, signatures, (-keys.astype(np.int64),))

    decisions = choose(np.zeros(40_000, np.uint64), documents, 0.75)

    assert decisions.is_kept.sum() == 1
    assert (decisions.survivors == 39_999).all()


@settings(max_examples=150)
@given(rows=rows_of_documents, threshold=thresholds, label_count=st.integers(1, 3))
def test_decisions_are_those_of_judging_one_by_one(
    rows: list[Row], threshold: float, label_count: int
) -> None:
    labels = [row[0] % label_count for row in rows]

    decisions = choose(np.array(labels, np.uint64), documents_from(rows), threshold)

    expected = _judged_one_by_one(list(zip(labels, rows, strict=True)), threshold)
    assert _verdicts(decisions) == expected


@given(rows=rows_of_documents, threshold=thresholds, seed=st.integers(0, 99))
def test_order_of_rows_does_not_matter(rows: list[Row], threshold: float, seed: int) -> None:
    documents = documents_from(rows)
    other = documents.take(np.random.default_rng(seed).permutation(len(rows)))

    decisions = choose(_in_one_cluster(documents), documents, threshold)

    assert _verdicts(decisions) == _verdicts(choose(_in_one_cluster(other), other, threshold))
    assert decisions.documents.tolist() == sorted(row[0] for row in rows)


@pytest.mark.parametrize("threshold", [-0.1, 0.0, 1.01, float("nan")])
def test_impossible_similarities_are_refused(threshold: float) -> None:
    documents = documents_from([(1, 10, A, 1)])

    with pytest.raises(ValueError, match="above 0 and at most 1"):
        choose(_in_one_cluster(documents), documents, threshold)


def test_two_documents_of_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="two documents have one key"):
        documents_from([(1, 10, A, 1), (1, 20, B, 2)])


def test_columns_that_differ_in_length_are_refused() -> None:
    documents = documents_from([(1, 10, A, 1), (2, 20, B, 2)])

    with pytest.raises(ValueError, match=r"differ in length: \[1, 2\]"):
        replace(documents, ranks=(np.array([1]),))
    with pytest.raises(ValueError, match="1 labels for 2 documents"):
        choose(np.zeros(1, np.uint64), documents, 0.75)
