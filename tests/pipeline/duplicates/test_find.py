import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.duplicates.bands import document_keys
from pipeline.duplicates.candidates import join, pack_partitions, unpack
from pipeline.duplicates.clusters import components
from pipeline.duplicates.find import find_duplicates
from pipeline.duplicates.survivors import Documents
from pipeline.text.minhash import signature, similarity, text_hash
from tests.pipeline.duplicates.examples import documents_from, rows_of_documents

Row = tuple[int, int, list[int], int]

bandings = st.sampled_from([(6, 1), (3, 2), (2, 2), (1, 6)])
thresholds = st.sampled_from([1 / 3, 0.5, 2 / 3, 1.0])


def _read(texts: list[str]) -> Documents:
    return Documents(
        np.arange(len(texts), dtype=np.uint64),
        np.array([text_hash(text) for text in texts], np.uint64),
        np.stack([signature(text) for text in texts]),
        (-np.array([len(text) for text in texts]),),
    )


def test_texts_are_kept_once() -> None:
    generator = random.Random(5)
    page = "".join(chr(generator.randrange(0x4E00, 0x6000)) for _ in range(800))
    other = "".join(chr(generator.randrange(0x4E00, 0x6000)) for _ in range(800))
    texts = [
        "短",
        page,
        other,
        page[:790] + "改动",
        "短。",
        page[:400] + "，" + page[400:],
        "。",
        "，",
    ]

    decisions = find_duplicates(_read(texts), bands=14, rows=9, min_similarity=0.8)

    assert decisions.survivors.tolist() == [4, 5, 2, 5, 4, 5, 6, 7]
    assert decisions.is_exact.tolist() == [True, True] + [False] * 6
    assert decisions.similarities[3] > 0.9
    assert np.delete(decisions.similarities, 3).tolist() == [1.0] * 7


def test_no_documents_give_no_decisions() -> None:
    decisions = find_duplicates(documents_from([]), bands=2, rows=3, min_similarity=0.8)

    assert [column.size for column in decisions] == [0, 0, 0, 0]


def test_document_that_meets_no_other_is_kept() -> None:
    documents = documents_from([(9, 1, [1, 2, 3, 4], 0), (3, 2, [5, 6, 7, 8], 0)])

    decisions = find_duplicates(documents, bands=2, rows=2, min_similarity=0.8)

    assert decisions.documents.tolist() == decisions.survivors.tolist() == [3, 9]


@pytest.mark.parametrize(("bands", "min_similarity"), [(2, 0.0), (9, 0.8)])
def test_impossible_settings_are_refused(bands: int, min_similarity: float) -> None:
    with pytest.raises(ValueError, match=r"do not fit|above 0"):
        find_duplicates(documents_from([]), bands=bands, rows=3, min_similarity=min_similarity)


@settings(max_examples=150)
@given(rows=rows_of_documents, banding=bandings, threshold=thresholds)
def test_every_dropped_document_names_a_kept_one_that_it_resembles(
    rows: list[Row], banding: tuple[int, int], threshold: float
) -> None:
    documents = documents_from(rows)

    found = find_duplicates(documents, bands=banding[0], rows=banding[1], min_similarity=threshold)

    by_key = documents.take(np.argsort(documents.keys))
    named = np.searchsorted(by_key.keys, found.survivors)
    assert found.documents.tolist() == by_key.keys.tolist()
    assert found.is_kept[named].all()
    is_near = ~found.is_kept & ~found.is_exact
    estimates = similarity(by_key.signatures, by_key.signatures[named])
    assert (found.similarities[is_near] == estimates[is_near]).all()
    assert (found.similarities >= threshold).all()
    same = by_key.text_hashes == by_key.text_hashes[named]
    assert same[found.is_exact].all()


@given(rows=rows_of_documents, banding=bandings, threshold=thresholds)
def test_every_text_hash_is_kept_at_most_once(
    rows: list[Row], banding: tuple[int, int], threshold: float
) -> None:
    documents = documents_from(rows)

    found = find_duplicates(documents, bands=banding[0], rows=banding[1], min_similarity=threshold)

    kept = documents.text_hashes[np.isin(documents.keys, found.documents[found.is_kept])]
    assert np.unique(kept).size == kept.size


@given(rows=rows_of_documents, banding=bandings, threshold=thresholds, seed=st.integers(0, 99))
def test_order_of_documents_does_not_matter(
    rows: list[Row], banding: tuple[int, int], threshold: float, seed: int
) -> None:
    documents = documents_from(rows)
    other = documents.take(np.random.default_rng(seed).permutation(len(rows)))
    bands, height = banding

    found = find_duplicates(documents, bands=bands, rows=height, min_similarity=threshold)
    again = find_duplicates(other, bands=bands, rows=height, min_similarity=threshold)

    for ours, theirs in zip(found, again, strict=True):
        assert ours.tolist() == theirs.tolist()


@given(rows=rows_of_documents, banding=bandings, partitions=st.integers(1, 9))
def test_number_of_partitions_does_not_change_the_clusters(
    rows: list[Row], banding: tuple[int, int], partitions: int
) -> None:
    documents = documents_from(rows)
    keyed = document_keys(documents.keys, documents.text_hashes, documents.signatures, *banding)

    parts = [unpack(packed) for _, packed in pack_partitions(*keyed, partitions)]
    edges = [join(*part) for part in parts] or [np.zeros((0, 2), np.uint64)]

    whole, apart = components(join(*keyed)), components(np.concatenate(edges))
    assert whole.documents.tolist() == apart.documents.tolist()
    assert whole.labels.tolist() == apart.labels.tolist()
