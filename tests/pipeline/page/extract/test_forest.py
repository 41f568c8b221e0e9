"""What adding up leaves does with trees that no model states."""

from typing import Any

import numpy as np
import pytest

from jingyu.pipeline.page.extract.forest import logistic, sum_leaves

ROW = np.ones(2, np.float32)
COLUMNS = np.zeros(2, np.int32)
LIMITS = np.zeros(2, np.float32)
LEAVES = np.array([0, 5, 0, 7], np.int32)


def sums(leaves: np.ndarray[tuple[int], np.dtype[np.int32]]) -> list[int]:
    found: list[int] = np.frombuffer(
        sum_leaves(ROW, COLUMNS, LIMITS, leaves, 2, 1), np.int32
    ).tolist()
    return found


def test_each_row_has_the_sum_of_its_leaves() -> None:
    assert sums(LEAVES) == [12, 12]


def test_sums_beyond_32_bits_begin_anew() -> None:
    assert sums(np.array([0, 2**31 - 1, 0, 2], np.int32)) == [-(2**31) + 1] * 2


@pytest.mark.parametrize("rows", [2**63 - 1, 2**62, 2**61 + 1, 3, 0, -1])
def test_rows_beyond_the_matrix_are_refused(rows: int) -> None:
    nothing = np.zeros(0, np.float32), np.zeros(0, np.int32)

    with pytest.raises(ValueError, match="do not fit"):
        sum_leaves(nothing[0], nothing[1], nothing[0], nothing[1], rows, 1)
    with pytest.raises(ValueError, match="do not fit"):
        sum_leaves(ROW, nothing[1], nothing[0], nothing[1], rows, 1)


@pytest.mark.parametrize("depth", [-(2**31), -1, 0, 9, 2**31 - 1])
def test_trees_of_no_depth_or_a_large_one_are_refused(depth: int) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        sum_leaves(ROW, COLUMNS, LIMITS, LEAVES, 2, depth)


@pytest.mark.parametrize("askew", range(4))
def test_numbers_that_are_not_aligned_are_refused(askew: int) -> None:
    arrays: list[Any] = [ROW, COLUMNS, LIMITS, LEAVES]
    kept = arrays[askew]
    arrays[askew] = np.frombuffer(b"\0" + kept.tobytes(), np.uint8)[1:].view(kept.dtype)
    given = (*arrays, 2, 1)

    with pytest.raises(ValueError, match="aligned"):
        sum_leaves(*given)


def test_scores_become_probabilities() -> None:
    sums = np.array([-3, 1, 2**31 - 1, -(2**31)], np.int32).tobytes()

    found = np.frombuffer(logistic(sums, -1, 4), np.float32)

    assert found.tolist() == [float(np.float32(1 / (1 + np.e))), 0.5, 1, 0]


@pytest.mark.parametrize(("sums", "units"), [(b"123", 1), (b"1234", 0), (b"", -1)])
def test_what_are_no_scores_is_refused(sums: bytes, units: int) -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        logistic(sums, 0, units)
