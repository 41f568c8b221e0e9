import pytest
from datasketch import MinHashLSH

from jingyu.pipeline.config.deduplication import Deduplication


@pytest.mark.parametrize("similarity", [0.5, 0.7, 0.9])
def test_bands_that_are_not_given_are_those_that_datasketch_chooses(similarity: float) -> None:
    settings = Deduplication(bands=None, rows=None, min_similarity=similarity)
    theirs = MinHashLSH(threshold=similarity, num_perm=48, weights=(0.1, 0.9))

    assert settings.banding(48) == (theirs.b, theirs.r)


def test_bands_that_are_given_are_taken() -> None:
    assert Deduplication(bands=3, rows=5).banding(48) == (3, 5)
