"""Pairs of documents that share a key."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

MAX_PARTITIONS: Final = 2**16
"""So that a partition's number fits 16 bits, which numpy sorts in linear time."""

_HALF = np.uint64(32)


def join(keys: NDArray[np.uint64], documents: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Returns edges between documents that share a key, sorted, each once.

    The documents of a key are linked as a star from the smallest of them, so
    there are never more edges than keys, and what belongs together stays
    connected. The smaller document of an edge stands first.

    Args:
        keys: Key of each row.
        documents: Document of each row.
    """
    is_shared = _shared(keys)
    keys, documents = keys[is_shared], documents[is_shared]
    order = np.lexsort((documents, keys))
    keys, documents = keys[order], documents[order]
    # The first row starts a key's rows too: it differs from its own complement.
    starts = np.flatnonzero(np.diff(keys, prepend=~keys[:1]) != 0)
    centers = np.repeat(documents[starts], np.diff(starts, append=keys.size))
    edges = np.stack([centers, documents], axis=1)
    return _distinct(edges[centers != documents])


def partition(keys: NDArray[np.uint64], partitions: int) -> NDArray[np.uint16]:
    """Returns the partition of each key, from 0: equal ranges of the keys, in their order.

    Raises:
        ValueError: There is no partition, or more than `MAX_PARTITIONS`.
    """
    if not 1 <= partitions <= MAX_PARTITIONS:
        raise ValueError(f"partitions must be 1 to {MAX_PARTITIONS}, not {partitions}")
    return (((keys >> _HALF) * np.uint64(partitions)) >> _HALF).astype(np.uint16)


def pack(keys: NDArray[np.uint64], documents: NDArray[np.uint64]) -> bytes:
    """Returns pairs as 16 bytes each, little-endian; packs may be joined end to end.

    Edges travel in the same way: `pack(*edges.T)`.
    """
    return np.stack([keys, documents], axis=1).astype("<u8").tobytes()


def unpack(packed: bytes) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Returns the keys and the documents of one pack, or of several joined.

    Raises:
        ValueError: The length is not a multiple of 16 bytes.
    """
    pairs = np.frombuffer(packed, "<u8").reshape(-1, 2).astype(np.uint64)
    return pairs[:, 0], pairs[:, 1]


def pack_partitions(
    keys: NDArray[np.uint64], documents: NDArray[np.uint64], partitions: int
) -> Iterator[tuple[int, bytes]]:
    """Yields each partition that has pairs, in order, with its pairs packed."""
    chosen = partition(keys, partitions)
    order = np.argsort(chosen, kind="stable")
    numbers, starts = np.unique(chosen[order], return_index=True)
    for number, rows in zip(numbers.tolist(), np.split(order, starts[1:]), strict=False):
        yield number, pack(keys[rows], documents[rows])


def _shared(keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Returns whether a row's key stands in another row too.

    Most keys stand alone: dropping those first leaves little to sort by two columns.
    """
    order = np.argsort(keys)
    is_repeated = np.diff(keys[order]) == 0
    is_shared = np.zeros(keys.size, np.bool_)
    is_shared[order[1:][is_repeated]] = True
    is_shared[order[:-1][is_repeated]] = True
    return is_shared


def _distinct(edges: NDArray[np.uint64]) -> NDArray[np.uint64]:
    edges = edges[np.lexsort((edges[:, 1], edges[:, 0]))]
    is_new = np.ones(len(edges), np.bool_)
    is_new[1:] = (edges[1:] != edges[:-1]).any(axis=1)
    return edges[is_new]
