"""Pairs of documents that share a key."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.steps.deduplicate.bands import is_passage

MAX_PARTITIONS: Final = 2**16
"""So that a partition's number fits 16 bits, which numpy sorts in linear time."""

MAX_HOLDERS: Final = 32
"""Documents that may meet by one passage. What more have is furniture, a licence or a disclaimer;
it says nothing of one document within another, and would make one cluster of a whole crawl."""

_PAIRS_IN_PARTITION = 500_000
_MIN_PARTITIONS = 4
_HALF = np.uint64(32)


def join(keys: NDArray[np.uint64], documents: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Returns edges between documents that share a key, sorted, each once.

    The documents of a key are linked as a star from the smallest of them, so
    there are never more edges than keys, and what belongs together stays
    connected. The smaller document of an edge stands first. A passage that more than
    `MAX_HOLDERS` documents have links none.

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
    counts = np.diff(starts, append=keys.size)
    centers = np.repeat(documents[starts], counts)
    edges = np.stack([centers, documents], axis=1)
    is_common = np.repeat(counts > MAX_HOLDERS, counts) & is_passage(keys)
    return _distinct(edges[(centers != documents) & ~is_common])


def partitions_for(documents: int, keys_of_each: int) -> int:
    """Returns how many partitions the keys of documents need, from 4 to `MAX_PARTITIONS`.

    A partition has about 500,000 keys: 8 MB, and four times that while they are sorted.
    """
    wanted = -(-documents * keys_of_each // _PAIRS_IN_PARTITION)
    return min(max(wanted, _MIN_PARTITIONS), MAX_PARTITIONS)


def partition(keys: NDArray[np.uint64], partitions: int) -> NDArray[np.uint16]:
    """Returns the partition of each key, from 0: equal ranges of the keys, in their order.

    Raises:
        ValueError: There is no partition, or more than `MAX_PARTITIONS`.
    """
    if not 1 <= partitions <= MAX_PARTITIONS:
        raise ValueError(f"partitions must be 1 to {MAX_PARTITIONS}, not {partitions}")
    return (((keys >> _HALF) * np.uint64(partitions)) >> _HALF).astype(np.uint16)


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
