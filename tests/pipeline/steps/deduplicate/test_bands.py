import numpy as np
import pytest

from jingyu.pipeline.page.sign.minhash import EMPTY
from jingyu.pipeline.steps.deduplicate.bands import (
    NO_KEY,
    band_keys,
    detection_probability,
    document_keys,
    exact_keys,
)


def test_keys_are_equal_exactly_where_the_rows_of_a_band_are() -> None:
    signatures = np.array([[1, 2, 3, 4, 5, 6], [1, 2, 3, 9, 5, 6]], np.uint32)

    keys = band_keys(signatures, bands=3, rows=2)

    assert (keys[0] == keys[1]).tolist() == [True, False, True]


def test_equal_values_in_different_bands_or_places_do_not_meet() -> None:
    signatures = np.array([[1, 2, 1, 2], [2, 1, 2, 1], [0, 0, 0, 0]], np.uint32)

    assert np.unique(band_keys(signatures, bands=2, rows=2)).size == 6


def test_values_beyond_the_bands_do_not_matter() -> None:
    signatures = np.array([[1, 2, 3, 4, 5], [1, 2, 3, 4, 6]], np.uint32)

    keys = band_keys(signatures, bands=2, rows=2)

    assert keys[0].tolist() == keys[1].tolist()


def test_band_keys_never_change() -> None:
    keys = band_keys(np.arange(4, dtype=np.uint32)[None], bands=2, rows=2)

    assert keys.tolist() == [[10_193_633_374_028_890_491, 12_023_745_770_158_713_064]]


def test_keys_do_not_depend_on_the_rows_around() -> None:
    signatures = np.arange(60, dtype=np.uint32).reshape(10, 6)

    apart = [band_keys(signatures[row : row + 1], 2, 3)[0] for row in range(10)]

    assert band_keys(signatures, 2, 3).tolist() == np.stack(apart).tolist()


@pytest.mark.parametrize(("bands", "rows"), [(0, 4), (4, 0), (3, 3), (-1, -1)])
def test_bands_that_do_not_fit_the_signature_are_refused(bands: int, rows: int) -> None:
    with pytest.raises(ValueError, match="do not fit 8 hashes"):
        band_keys(np.zeros((1, 8), np.uint32), bands, rows)


def test_empty_signature_has_only_its_exact_key() -> None:
    signatures = np.array([[1, 2, 3, 4], [EMPTY] * 4, [EMPTY, EMPTY, EMPTY, 4]], np.uint32)
    documents = np.array([7, 8, 9], np.uint64)
    hashes = np.array([70, 80, 90], np.uint64)

    keyed = document_keys(documents, hashes, signatures, bands=2, rows=2)

    assert band_keys(signatures, 2, 2)[1].tolist() == [NO_KEY, NO_KEY]
    assert keyed.documents.tolist() == [7, 7, 8, 9, 9]
    assert keyed.keys[2] == exact_keys(hashes)[1]


def test_documents_of_one_text_hash_meet_with_and_without_signature() -> None:
    signatures = np.array([[1, 2, 3, 4]] * 2 + [[EMPTY] * 4] * 2, np.uint32)
    documents, hashes = np.arange(4, dtype=np.uint64), np.array([5, 5, 6, 6], np.uint64)

    keys, holders = document_keys(documents, hashes, signatures, bands=2, rows=2)

    held = [set(keys[holders == document].tolist()) for document in documents]
    assert held[0] == held[1]
    assert held[2] == held[3]
    assert not held[0] & held[2]


def test_no_documents_have_no_keys() -> None:
    none = np.zeros(0, np.uint64)

    keyed = document_keys(none, none, np.zeros((0, 8), np.uint32), bands=2, rows=4)

    assert keyed.keys.size == keyed.documents.size == 0


@pytest.mark.parametrize(
    ("similarity", "bands", "rows", "expected"),
    [(0.0, 14, 9, 0.0), (1.0, 14, 9, 1.0), (0.5, 1, 1, 0.5), (0.5, 2, 2, 1 - 0.75**2)],
)
def test_detection_probability_follows_the_curve(
    similarity: float, bands: int, rows: int, expected: float
) -> None:
    assert detection_probability(similarity, bands, rows) == pytest.approx(expected)


def test_pairs_are_detected_as_often_as_the_curve_says() -> None:
    generator = np.random.default_rng(3)
    ones = generator.integers(0, 2**32, (4_000, 20), dtype=np.uint32)
    others = np.where(generator.random(ones.shape) < 0.7, ones, ones + np.uint32(1))

    met = (band_keys(ones, 5, 4) == band_keys(others, 5, 4)).any(axis=1)

    assert met.mean() == pytest.approx(float(detection_probability(0.7, 5, 4)), abs=0.03)
