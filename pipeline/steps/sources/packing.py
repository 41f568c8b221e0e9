"""How what meets and what items are told travels: as bytes, dealt into partitions."""

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.minhash import mix

OF_SITES: Final = b"s"
"""First byte of what an item is told of sites: rows of `judged.VERDICT`."""
OF_FILLINGS: Final = b"f"
"""First byte of what it is told of its pages that fill in a template: rows of `forms.FILLING`."""
OF_NAMES: Final = b"n"
"""First byte of what it is told of names: rows of `names.COMMON`."""


def said_under(said: Iterable[bytes], head: bytes, rows: np.dtype[np.void]) -> NDArray[np.void]:
    """Returns the rows of what an item was told under a first byte."""
    return np.frombuffer(b"".join(some[1:] for some in said if some[:1] == head), rows)


def partition_of(hashes: NDArray[np.uint64], partitions: int) -> NDArray[np.int64]:
    """Returns the partition of each hash."""
    return (mix(hashes) % np.uint64(partitions)).astype(np.int64)


def rows_by(targets: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Yields each target with the places of its rows."""
    for target in np.unique(targets).tolist():
        yield target, np.flatnonzero(targets == target)


def packed_table(table: pa.Table) -> bytes:
    """Returns a table as bytes."""
    held = pa.BufferOutputStream()
    with pa.ipc.new_stream(held, table.schema) as writer:
        writer.write_table(table)
    packed: bytes = held.getvalue().to_pybytes()
    return packed


def unpacked_table(packed: bytes) -> pa.Table:
    """Returns the table that bytes hold."""
    return pa.ipc.open_stream(packed).read_all()
