import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.steps.deduplicate.bands import Keyed
from jingyu.pipeline.steps.deduplicate.candidates import join
from jingyu.pipeline.steps.deduplicate.packs import (
    KEY_BYTES,
    pack_by,
    pack_keys,
    unpack_edges,
    unpack_keys,
)

LARGEST = 2**64 - 1
ITEM = 3 << 32

_keys = st.integers(0, 6).map(lambda number: number * (LARGEST // 6))
pairs = st.lists(st.tuples(_keys, st.integers(0, 300) | st.just(2**32 - 1)), max_size=40)


def _keyed(rows: list[tuple[int, int]]) -> Keyed:
    table = np.array(rows, np.uint64).reshape(-1, 2)
    return Keyed(table[:, 0], table[:, 1] | np.uint64(ITEM))


@given(rows=pairs)
def test_keys_travel_by_their_lower_bytes_and_documents_whole(rows: list[tuple[int, int]]) -> None:
    keyed = _keyed(rows)

    found = unpack_keys(packed for _, packed in pack_keys(keyed, 1))

    assert found.keys.tolist() == (keyed.keys & np.uint64(256**KEY_BYTES - 1)).tolist()
    assert found.documents.tolist() == keyed.documents.tolist()


@settings(max_examples=50)
@given(rows=pairs, partitions=st.integers(1, 9))
def test_partitions_joined_apart_give_the_edges_of_the_whole(
    rows: list[tuple[int, int]], partitions: int
) -> None:
    keyed = _keyed(rows)

    packs = dict(pack_keys(keyed, partitions))

    edges = {tuple(e) for packed in packs.values() for e in join(*unpack_keys([packed])).tolist()}
    assert list(packs) == sorted(packs)
    assert sorted(edges) == [tuple(edge) for edge in join(*keyed).tolist()]


@pytest.mark.parametrize(("row", "size"), [(255, 5), (256, 6), (65_536, 7), (2**32 - 1, 8)])
def test_rows_take_as_few_bytes_as_the_item_needs(row: int, size: int) -> None:
    ((_, packed),) = pack_keys(_keyed([(5, row)]), 1)

    assert len(packed) - 12 == size


def test_documents_of_several_items_are_refused() -> None:
    keyed = Keyed(np.array([1, 2], np.uint64), np.array([1, ITEM], np.uint64))

    with pytest.raises(ValueError, match="documents of 2 items"):
        list(pack_keys(keyed, 4))


def test_no_packs_hold_nothing() -> None:
    assert [column.size for column in unpack_keys([])] == [0, 0]
    assert list(pack_keys(_keyed([]), 4)) == []


def test_rows_are_packed_by_target_in_their_order() -> None:
    edges = np.array([[1, 2], [3, 4], [5, 6]], np.uint64)

    packed = dict(pack_by(np.array([7, 0, 7]), edges))

    assert list(packed) == [0, 7]
    assert unpack_edges(packed[7]).tolist() == [[1, 2], [5, 6]]
    assert unpack_edges(packed[7] + packed[0]).tolist() == [[1, 2], [5, 6], [3, 4]]


def test_cut_rows_are_refused() -> None:
    with pytest.raises(ValueError, match=r"size|multiple|reshape"):
        unpack_edges(bytes(15))
