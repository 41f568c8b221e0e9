import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.page.sign.minhash import EMPTY, signature, similarity, text_hash
from jingyu.pipeline.steps.deduplicate.bands import NO_KEY, band_keys, document_keys
from jingyu.pipeline.steps.deduplicate.candidates import join
from jingyu.pipeline.steps.deduplicate.clusters import components
from jingyu.pipeline.steps.deduplicate.readings import Readings
from jingyu.pipeline.steps.deduplicate.resemblance import Containment
from jingyu.pipeline.steps.deduplicate.sequences import sequence_of
from jingyu.pipeline.steps.deduplicate.survivors import Chosen, Criteria, Documents, choose
from tests.support.duplicates import Row, documents_from, permuted, rows_of_documents
from tests.support.resemblance import jaccard

Verdict = tuple[int, float, bool]

criteria = st.builds(
    Criteria,
    st.sampled_from([1, 2, 3]),
    st.sampled_from([1, 2]),
    st.sampled_from([0.1, 1 / 3, 0.5, 2 / 3, 0.9, 1.0]),
)
A, B, C = [1, 1, 1, 1], [1, 1, 1, 2], [1, 1, 2, 2]


def _verdicts(decisions: Chosen) -> dict[int, Verdict]:
    columns = (column.tolist() for column in decisions[:4])
    return {
        document: (survivor, estimate, is_exact)
        for document, survivor, estimate, is_exact in zip(*columns, strict=True)
    }


def _judged(rows: list[Row], min_similarity: float, bands: int = 4) -> dict[int, Verdict]:
    terms = Criteria(bands, 1, min_similarity)
    return _verdicts(choose(documents_from(rows), terms))


def _judged_one_by_one(rows: list[Row], terms: Criteria) -> dict[int, Verdict]:
    ordered = sorted(rows, key=lambda row: (row[3], row[0]))
    best = {text: key for key, text, _, _ in reversed(ordered)}
    texts = [row for row in ordered if best[row[1]] == row[0]]
    keys = {row[0]: _keys(row, terms) for row in texts}

    def alike(row: Row, other: Row) -> float:
        if not keys[row[0]] & keys[other[0]]:
            return 0.0
        found = float(similarity(np.array(row[2], np.uint32), np.array(other[2], np.uint32)))
        return found if found >= terms.min_similarity else 0.0

    kept: list[Row] = []
    for row in texts:
        if not any(alike(row, other) for other in kept):
            kept.append(row)
    verdicts: dict[int, Verdict] = {}
    for row in texts:
        most = max(kept, key=lambda other: alike(row, other))
        is_kept = row in kept
        verdicts[row[0]] = (row[0], 1.0, False) if is_kept else (most[0], alike(row, most), False)
    for key, text, _, _ in ordered:
        survivor, estimate, _ = verdicts[best[text]]
        verdicts[key] = (survivor, estimate, key != best[text] and survivor == best[text])
    return verdicts


def _keys(row: Row, terms: Criteria) -> set[int]:
    found = band_keys(np.array([row[2]], np.uint32), terms.bands, terms.rows)[0].tolist()
    return set(found) - {NO_KEY}


def test_best_document_is_kept_and_the_others_name_it() -> None:
    rows: list[Row] = [(1, 10, A, 2), (2, 20, A, 1), (3, 30, B, 3)]

    assert _judged(rows, 0.75) == {1: (2, 1.0, False), 2: (2, 1.0, False), 3: (2, 0.75, False)}


def test_documents_are_told_exact_by_their_text_hash_even_without_signature() -> None:
    none = [EMPTY] * 4
    rows: list[Row] = [(1, 10, none, 1), (2, 10, none, 2), (3, 30, none, 3)]

    assert _judged(rows, 0.5) == {1: (1, 1.0, False), 2: (1, 1.0, True), 3: (3, 1.0, False)}


def test_chain_does_not_drop_what_the_kept_document_does_not_resemble() -> None:
    rows: list[Row] = [(1, 10, A, 1), (2, 20, B, 2), (3, 30, C, 3)]

    assert _judged(rows, 0.75) == {1: (1, 1.0, False), 2: (1, 0.75, False), 3: (3, 1.0, False)}


def test_most_similar_kept_document_is_named_even_if_it_is_worse() -> None:
    rows: list[Row] = [(1, 10, [1, 1, 1, 1, 1], 1), (2, 20, [1, 1, 1, 2, 2], 2)]
    rows += [(3, 30, [1, 2, 2, 2, 2], 3)]

    assert _judged(rows, 0.6) == {1: (1, 1.0, False), 2: (1, 0.6, False), 3: (3, 1.0, False)}
    rows[2] = (3, 30, [3, 1, 1, 2, 2], 3)
    assert _judged(rows, 0.6)[2] == (3, 0.8, False)


def test_copy_of_a_dropped_document_names_what_that_one_names() -> None:
    rows: list[Row] = [(1, 10, A, 1), (2, 20, B, 2), (3, 20, B, 3)]

    assert _judged(rows, 0.75)[3] == (1, 0.75, False)


@pytest.mark.parametrize(("threshold", "is_kept"), [(0.74, False), (0.75, False), (0.76, True)])
def test_similarity_on_the_limit_is_a_duplicate(threshold: float, *, is_kept: bool) -> None:
    documents = documents_from([(1, 10, A, 1), (2, 20, B, 2)])

    decisions = choose(documents, Criteria(4, 1, threshold))

    assert decisions.is_kept.tolist() == [True, is_kept]


def test_documents_that_share_no_band_are_not_compared() -> None:
    rows: list[Row] = [(1, 10, [1, 1, 1, 2, 1, 1, 1, 2], 1), (2, 20, [1, 1, 1, 3, 1, 1, 1, 3], 2)]

    assert choose(documents_from(rows), Criteria(2, 4, 0.5)).is_kept.all()
    assert not choose(documents_from(rows), Criteria(2, 3, 0.5)).is_kept.all()


def test_weightiest_rank_column_decides_first_and_the_key_last() -> None:
    documents = documents_from([(key, 10 * key, A, 0) for key in (1, 2, 3, 4)])
    columns = (np.array([1, 0, 0, 0]), np.array([0.5, 0.7, 0.6, 0.6]))

    decisions = choose(replace(documents, ranks=columns), Criteria(4, 1, 0.75))

    assert decisions.survivors.tolist() == [3, 3, 3, 3]


def test_big_cluster_of_copies_keeps_one() -> None:
    signatures = np.ones((40_000, 16), np.uint32)
    keys = np.arange(40_000, dtype=np.uint64)
    documents = Documents(keys, keys, signatures, (-keys.astype(np.int64),))

    decisions = choose(documents, Criteria(4, 4, 0.75))

    assert decisions.is_kept.sum() == 1
    assert (decisions.survivors == 39_999).all()


def test_no_documents_give_no_decisions() -> None:
    decisions = choose(documents_from([]), Criteria(2, 3, 0.8))

    assert [column.size for column in decisions] == [0] * 9


@settings(max_examples=200)
@given(rows=rows_of_documents, terms=criteria)
def test_decisions_are_those_of_judging_one_by_one(rows: list[Row], terms: Criteria) -> None:
    decisions = choose(documents_from(rows), terms)

    assert _verdicts(decisions) == _judged_one_by_one(rows, terms)


@given(rows=rows_of_documents, terms=criteria)
def test_every_dropped_document_names_a_kept_one_that_it_resembles(
    rows: list[Row], terms: Criteria
) -> None:
    documents = documents_from(rows)

    found = choose(documents, terms)

    order = np.argsort(documents.keys)
    named = np.searchsorted(documents.keys[order], found.survivors)
    signatures, hashes = documents.signatures[order], documents.text_hashes[order]
    is_near = ~found.is_kept & ~found.is_exact
    assert found.is_kept[named].all()
    assert (found.similarities >= terms.min_similarity).all()
    assert (found.similarities == similarity(signatures, signatures[named]))[is_near].all()
    assert (hashes == hashes[named])[found.is_exact].all()


@given(rows=rows_of_documents, terms=criteria, seed=st.integers(0, 99))
def test_order_of_rows_does_not_matter(rows: list[Row], terms: Criteria, seed: int) -> None:
    ours = choose(documents_from(rows), terms)
    theirs = choose(documents_from(permuted(rows, seed)), terms)

    for our, their in zip(ours, theirs, strict=True):
        np.testing.assert_array_equal(our, their)


@given(rows=rows_of_documents, terms=criteria)
def test_clusters_judged_apart_give_what_all_give_together(
    rows: list[Row], terms: Criteria
) -> None:
    documents = documents_from(rows)
    keyed = document_keys(
        documents.keys, documents.text_hashes, documents.signatures, terms.bands, terms.rows
    )
    clusters = components(join(keyed.keys, keyed.documents))
    labels = dict(zip(clusters.documents.tolist(), clusters.labels.tolist(), strict=True))

    apart: dict[int, Verdict] = {}
    for label in {labels.get(row[0], row[0]) for row in rows}:
        members = [row for row in rows if labels.get(row[0], row[0]) == label]
        apart |= _verdicts(choose(documents_from(members), terms))

    assert apart == _verdicts(choose(documents, terms))


def test_documents_of_different_clusters_are_not_compared() -> None:
    documents = documents_from([(1, 10, A, 1), (2, 20, A, 2), (3, 30, A, 3)])

    decisions = choose(documents, Criteria(4, 1, 0.5), np.array([1, 2, 1], np.uint64))

    assert decisions.survivors.tolist() == [1, 2, 1]


def test_estimates_allow_for_hashes_of_which_not_all_bits_are_known() -> None:
    rows: list[Row] = [(1, 10, [1, 1, 1, 1], 1), (2, 20, [1, 1, 0, 0], 2)]
    documents = replace(documents_from(rows), chance=0.25)

    assert choose(documents, Criteria(4, 1, 0.3)).similarities[1] == pytest.approx(1 / 3)
    assert choose(documents, Criteria(4, 1, 0.34)).is_kept.all()


def _page(length: int, seed: int) -> str:
    generator = random.Random(seed)
    return "".join(chr(generator.randrange(0x4E00, 0x6000)) for _ in range(length))


def _read(texts: list[str], *, with_readings: bool = True, **more: Any) -> Documents:
    found = [sequence_of(text) for text in texts]
    counts = np.array([values.size * 4 for values in found])
    values = np.frombuffer(b"".join(each.tobytes() for each in found), np.uint8)
    is_set = np.zeros(len(texts), np.bool_)
    return Documents(
        np.arange(len(texts), dtype=np.uint64),
        np.array([text_hash(text) for text in texts], np.uint64),
        np.stack([signature(text) for text in texts]),
        (np.arange(len(texts)),),
        np.array([len(text) for text in texts]),
        Readings(values, np.cumsum(counts) - counts, np.cumsum(counts), is_set, {})
        if with_readings
        else None,
        **more,
    )


CONTAINED = Criteria(14, 8, 0.7, Containment(0.9, 24), trusts_estimates=False)


def test_texts_are_kept_once() -> None:
    page, other = _page(800, 5), _page(800, 6)
    cut = page[:400] + "，" + page[400:]
    texts = ["短", page, other, page[:790] + "改动", "短。", cut, "。", "，"]

    decisions = choose(_read(texts, with_readings=False), Criteria(14, 9, 0.8))

    assert decisions.survivors.tolist() == [0, 1, 2, 1, 0, 1, 6, 7]
    assert decisions.is_exact.tolist() == [False, False, False, False, True, True, False, False]
    assert decisions.similarities[3] > 0.9
    assert np.delete(decisions.similarities, 3).tolist() == [1.0] * 7


def test_what_may_be_near_is_doubtful_until_it_was_read_and_the_truth_decides() -> None:
    page = _page(1_000, 7)
    texts = [page, page[:890] + _page(110, 8), page[:860] + _page(140, 9), _page(900, 1)]
    truths = [jaccard(page, text) for text in texts]
    terms = Criteria(14, 8, 0.78)

    guessed = choose(_read(texts, with_readings=False), terms)
    known = choose(_read(texts), terms)

    assert truths[1] > terms.min_similarity > truths[2]
    assert guessed.is_doubtful.tolist() == [True, True, True, False]
    assert not known.is_doubtful.any()
    assert known.is_kept.tolist() == [True, False, True, True]
    assert known.similarities[1] == pytest.approx(truths[1])


def test_a_text_that_says_more_stays_beside_one_that_is_similar() -> None:
    page = _page(1_000, 7)
    texts = [page, page[:850] + _page(30, 8) + page[850:900]]

    found = choose(_read(texts), CONTAINED)

    assert found.is_kept.tolist() == [True, True]
    assert found.met.tolist() == [0, 0]
    assert found.own_chars[1] == 30
    assert found.coverages[1] == pytest.approx(900 / 930)
    assert found.met_similarities[1] == pytest.approx(jaccard(texts[0], texts[1]))


def test_of_two_texts_the_one_stays_that_says_more_whatever_the_policy_prefers() -> None:
    page = _page(1_000, 7)

    found = choose(_read([page, page + _page(100, 8)]), CONTAINED)

    assert found.survivors.tolist() == [1, 1]
    assert found.coverages[0] == 1
    assert found.own_chars[0] == 0


@pytest.mark.parametrize("preferred", [0, 1, 2])
def test_of_texts_that_say_the_same_the_policy_s_stays(preferred: int) -> None:
    page = _page(1_000, 7)
    texts = [page, page + "尾声", page[:500] + "错" + page[500:]]
    ranks = (np.arange(3) != preferred,)

    found = choose(replace(_read(texts), ranks=ranks), CONTAINED)

    assert found.survivors.tolist() == [preferred] * 3


def test_what_no_estimate_may_decide_stays_where_it_was_not_read() -> None:
    page = _page(1_000, 7)
    texts = [page, page[:990]]
    is_settled = np.array([True, False])

    unread = choose(_read(texts, with_readings=False), CONTAINED)
    settled = choose(_read(texts, with_readings=False, is_settled=is_settled), CONTAINED)

    assert unread.is_kept.tolist() == [True, True]
    assert settled.is_kept.tolist() == [True, False]
    assert np.isnan(settled.coverages).all()


@pytest.mark.parametrize("threshold", [-0.1, 0.0, 1.01, float("nan")])
def test_impossible_similarities_are_refused(threshold: float) -> None:
    with pytest.raises(ValueError, match="above 0 and at most 1"):
        Criteria(2, 3, threshold)


def test_bands_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        choose(documents_from([]), Criteria(9, 3, 0.8))


def test_two_documents_of_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="two documents have one key"):
        documents_from([(1, 10, A, 1), (1, 20, B, 2)])


def test_columns_that_differ_in_length_are_refused() -> None:
    documents = documents_from([(1, 10, A, 1), (2, 20, B, 2)])

    with pytest.raises(ValueError, match=r"differ in length: \[1, 2\]"):
        replace(documents, ranks=(np.array([1]),))
