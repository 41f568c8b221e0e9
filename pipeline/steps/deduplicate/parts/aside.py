"""What was read of documents, kept in files until the documents of their clusters are there.

A runner on one machine holds in memory, several times, whatever travels. The n-grams of clusters
would be most of it: in their place a number travels, which says where in a file they stand.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.store import filesystem


def put_aside(path: str, readings: Iterable[bytes]) -> NDArray[np.int64]:
    """Writes readings one after the other; returns their sizes in bytes."""
    with filesystem.open_to_write(path) as stream:
        return np.array([stream.write(each) for each in readings], np.int64)


def read_aside(path: str, rows: NDArray[np.void]) -> bytes:
    """Returns what a file has of rows, end to end, by their columns `read_at` and `read_bytes`."""
    read: Any = rows[rows["read_bytes"] > 0]
    if not read.size:
        return b""
    held = np.memmap(path, np.uint8, "r").data
    starts = read["read_at"].astype(np.int64)
    places = zip(starts.tolist(), (starts + read["read_bytes"]).tolist(), strict=True)
    return b"".join(held[start:end] for start, end in places)
