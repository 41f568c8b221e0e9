import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.steps.clean.contamination.ngrams import ngram_blocks, ngram_hashes


@given(
    numbers=st.lists(st.integers(0, 2), max_size=40),
    ngram=st.integers(1, 6),
)
def test_hashes_are_equal_where_the_ngrams_are(numbers: list[int], ngram: int) -> None:
    values = np.array([0x9E3779B97F4A7C15, 3, 1 << 63], np.uint64)[np.array(numbers, np.int64)]
    count = max(0, len(numbers) - ngram + 1)

    hashes = ngram_hashes(values, ngram).tolist()

    ngrams = [tuple(numbers[start : start + ngram]) for start in range(count)]
    assert len(hashes) == count
    assert len(set(zip(ngrams, hashes, strict=True))) == len(set(ngrams)) == len(set(hashes))


@pytest.mark.parametrize("size", [0, 12, 16383, 16384, 16385, 16396, 40_000])
def test_blocks_leave_no_seam(size: int) -> None:
    values = np.random.default_rng(1).integers(0, 2**63, size, np.uint64)

    whole = ngram_hashes(values, 13)
    parts = [hashes for _, (_, hashes, _) in ngram_blocks(values, (5, 13, 26))]

    assert whole.size == max(0, size - 12)
    assert np.array_equal(np.concatenate([*parts, whole[:0]]), whole)
    if size > 16_390:
        assert np.array_equal(whole[16_380:16_384], ngram_hashes(values[16_380:16_396], 13))
