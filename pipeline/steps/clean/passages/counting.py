"""In how many documents, and of how many hosts, windows stand, and in which document first."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.steps.clean.counts import add_up, is_shared

WINDOW_COUNT: Final = np.dtype(
    [("window", "<u8"), ("host", "<u8"), ("holder", "<u8"), ("documents", "<u4")]
)
"""How many documents of a host have a window, and the least name of one: where it stays."""

REPEATED: Final = np.dtype([("window", "<u8"), ("holder", "<u8"), ("documents", "<u4")])
"""The same of a window that enough documents have, over all hosts."""


class Limits(NamedTuple):
    """When a window is of a passage.

    Attributes:
        min_documents: Least documents that have it.
        min_hosts: Least hosts that these are of; a document without a host is one of its own.
    """

    min_documents: int
    min_hosts: int


def count_windows(
    hashes: NDArray[np.uint64], names: NDArray[np.uint64], hosts: NDArray[np.uint64]
) -> NDArray[np.void]:
    """Returns the counts of windows, each once for a document, in no order.

    Args:
        hashes: Hashes of windows.
        names: Name of the document that each stands in.
        hosts: Hash of that document's host, 0 where there is none.
    """
    counts = np.zeros(hashes.size, WINDOW_COUNT)
    counts["window"], counts["holder"], counts["documents"] = hashes, names, 1
    counts["host"] = np.where(hosts == 0, names, hosts)
    # Nearly all stand in one document, once.
    is_again = is_shared(hashes)
    return add_up_windows([counts[~is_again], np.unique(counts[is_again])])


def add_up_windows(parts: Sequence[NDArray[np.void]]) -> NDArray[np.void]:
    """Returns the counts of all parts together, in no order; no document is in two of them."""
    counts = np.concatenate([np.zeros(0, WINDOW_COUNT), *parts])
    is_again = is_shared(counts["window"])
    return np.concatenate([counts[~is_again], add_up([counts[is_again]], ("window", "host"))])


def find_repeated(parts: Sequence[NDArray[np.void]], limits: Limits) -> NDArray[np.void]:
    """Returns the windows of passages, `REPEATED`, sorted; all counts of a window must be there.

    Args:
        parts: Rows of `WINDOW_COUNT`, of which no document is in two.
        limits: When a window is of a passage.
    """
    every = np.concatenate([np.zeros(0, WINDOW_COUNT), *parts])
    # What one document has is most of it, and goes before anything is sorted by two columns.
    may_be = is_shared(every["window"]) | (every["documents"] >= limits.min_documents)
    counts = add_up([every[may_be]], ("window", "host"))
    is_first = np.ones(counts.size, np.bool_)
    is_first[1:] = counts["window"][1:] != counts["window"][:-1]
    starts = np.flatnonzero(is_first)
    hosts = np.diff(starts, append=counts.size)
    chosen = hosts >= limits.min_hosts
    total = np.zeros(starts.size, REPEATED)
    total["window"] = counts["window"][starts]
    if starts.size:
        total["holder"] = np.minimum.reduceat(counts["holder"], starts)
        total["documents"] = np.add.reduceat(counts["documents"], starts)
    return total[chosen & (total["documents"] >= limits.min_documents)]
