"""Rows of Parquet files by number, one row group in memory at a time."""

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jingyu.pipeline.store.parquet import parquet_file


def batches(
    path: str, columns: Sequence[str], rows: NDArray[np.int64] | None = None
) -> Iterator[tuple[int, pa.RecordBatch]]:
    """Yields row groups, each after the number of its first row.

    Args:
        path: Parquet file.
        columns: Columns that are read.
        rows: Rows that are wanted, ascending: groups without any are passed over. None wants all.
    """
    start = 0
    with parquet_file(path) as file:
        for group in range(file.num_row_groups):
            end = start + file.metadata.row_group(group).num_rows
            is_wanted = rows is None or np.diff(np.searchsorted(rows, [start, end]))[0] > 0
            if end > start and is_wanted:
                table = file.read_row_group(group, columns=list(columns), use_threads=False)
                yield start, table.combine_chunks().to_batches()[0]
            start = end


def taken(
    path: str, columns: Sequence[str], rows: NDArray[np.int64]
) -> Iterator[tuple[slice, pa.RecordBatch]]:
    """Yields some rows, a row group at a time, each batch after the slice of `rows` that it holds.

    Args:
        path: Parquet file.
        columns: Columns that are read.
        rows: Rows that are wanted, ascending.
    """
    for start, batch in batches(path, columns, rows):
        here = slice(*np.searchsorted(rows, [start, start + batch.num_rows]))
        yield here, batch.take(pa.array(rows[here] - start))


def signatures_of(column: pa.Array) -> NDArray[np.uint32]:
    """Returns a matrix of signatures, one a row, without a copy; all must be of one length."""
    _, offsets, packed = column.buffers()
    ends = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
    whole = np.frombuffer(packed, np.uint8)[ends[0] : ends[-1]]
    return whole.view("<u4").reshape(len(column), -1)
