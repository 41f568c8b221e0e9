"""How keys, documents and edges travel: a partition's share of them as one string of bytes."""

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.steps.deduplicate.bands import Keyed
from jingyu.pipeline.steps.deduplicate.candidates import partition

KEY_BYTES: Final = 4
"""Bytes of a key that travel. Beside the partition, 32 bits tell keys apart: of 500,000 in one
partition 29 pairs meet by chance. Those documents are looked at in vain, and nothing else."""

_HEAD = np.dtype([("item", "<u4"), ("count", "<u4"), ("row_bytes", "<u4")])
_HALF = np.uint64(32)
_ROW_MASK = np.uint64((1 << 32) - 1)


def pack_keys(keyed: Keyed, partitions: int) -> Iterator[tuple[int, bytes]]:
    """Yields each partition that has keys, in order, with its keys and documents.

    A pair takes 6 bytes in an item of up to 65,536 documents, at most 8 in any.

    Args:
        keyed: Keys of documents of one item: their upper 32 bits are the same.
        partitions: Number of partitions.

    Raises:
        ValueError: The documents are of several items, or the number is impossible.
    """
    items = np.unique(keyed.documents >> _HALF)
    if items.size > 1:
        raise ValueError(f"documents of {items.size} items in one pack")
    chosen = partition(keyed.keys, partitions)
    largest = int((keyed.documents & _ROW_MASK).max(initial=0))
    row_bytes = -(-max(largest.bit_length(), 1) // 8)
    order = np.argsort(chosen, kind="stable")
    numbers, starts = np.unique(chosen[order], return_index=True)
    for number, rows in zip(numbers.tolist(), np.split(order, starts[1:]), strict=False):
        head = np.array([(items[0], rows.size, row_bytes)], _HEAD)
        keys = _bytes_of(keyed.keys[rows])[:, :KEY_BYTES]
        documents = _bytes_of(keyed.documents[rows])[:, :row_bytes]
        yield number, head.tobytes() + keys.tobytes() + documents.tobytes()


def unpack_keys(packs: Iterable[bytes]) -> Keyed:
    """Returns the keys, as far as they travel, and the documents of a partition's packs."""
    keyed = [_unpack(packed) for packed in packs]
    empty = np.zeros(0, np.uint64)
    return Keyed(
        np.concatenate([empty, *(each.keys for each in keyed)]),
        np.concatenate([empty, *(each.documents for each in keyed)]),
    )


def _unpack(packed: bytes) -> Keyed:
    item, count, row_bytes = np.frombuffer(packed, _HEAD, 1)[0].tolist()
    values = np.frombuffer(packed, np.uint8, offset=_HEAD.itemsize)
    keys, rows = values[: count * KEY_BYTES], values[count * KEY_BYTES :]
    documents = _numbers_of(rows.reshape(count, row_bytes))
    return Keyed(
        _numbers_of(keys.reshape(count, KEY_BYTES)), documents | (np.uint64(item) << _HALF)
    )


def unpack_edges(packed: bytes, columns: int = 2) -> NDArray[np.uint64]:
    """Returns the rows of one pack, or of several joined.

    Raises:
        ValueError: A row is cut.
    """
    return np.frombuffer(packed, "<u8").reshape(-1, columns).astype(np.uint64)


def pack_by(targets: NDArray[np.integer], rows: NDArray[np.generic]) -> Iterator[tuple[int, bytes]]:
    """Yields each target, in order, with the bytes of its rows."""
    order = np.argsort(targets, kind="stable")
    numbers, starts = np.unique(targets[order], return_index=True)
    for number, some in zip(numbers.tolist(), np.split(order, starts[1:]), strict=False):
        yield number, rows[some].tobytes()


def _bytes_of(numbers: NDArray[np.uint64]) -> NDArray[np.uint8]:
    return numbers.astype("<u8").view(np.uint8).reshape(-1, 8)


def _numbers_of(values: NDArray[np.uint8]) -> NDArray[np.uint64]:
    whole = np.zeros((len(values), 8), np.uint8)
    whole[:, : values.shape[1]] = values
    return whole.view("<u8")[:, 0].astype(np.uint64)
