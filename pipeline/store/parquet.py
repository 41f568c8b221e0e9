"""Parquet files: read whole, or a row group at a time."""

import contextlib
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from jingyu.pipeline.read import storage
from jingyu.pipeline.read.stores import store_of

ROWS_IN_GROUP: Final = 1000
"""Rows of a row group in what is staged and published."""


@contextlib.contextmanager
def parquet_file(path: str) -> Iterator[pq.ParquetFile]:
    """Yields the Parquet file of a path, local or on a store.

    Of a file on this machine columns are read when they are wanted: Arrow's threads, which read
    those of others ahead, take longer to be told of a small file than to read it.
    """
    if storage.is_local(path):
        status = os.stat(path)
        state = status.st_ino, status.st_mtime_ns, status.st_size
        yield _opened(path, state, threading.get_ident())
    else:
        store = store_of(path)
        with pq.ParquetFile(store.path(path), filesystem=store.files, pre_buffer=True) as file:
            yield file


@lru_cache(maxsize=32)  # each step reads the files of an item anew, some several times
def _opened(path: str, state: tuple[int, ...], thread: int) -> pq.ParquetFile:  # noqa: ARG001
    """Returns an open file; to open one of 244 columns takes 20 times as long as to read one.

    Args:
        path: Where it lies.
        state: What tells it from another that lay there before.
        thread: Who reads it: no two read from one at a time.
    """
    return pq.ParquetFile(path)


def forget_open_files() -> None:
    """Lets go of the files that are open: a copy of this process closes all, whoever has them."""
    _opened.cache_clear()


def read_parquet(path: str, columns: Sequence[str] | None = None) -> pa.Table:
    """Returns columns of a Parquet file, or all."""
    names = list(columns) if columns is not None else None
    # `pq.read_table` takes twice as long on a small file: it makes a data set of it.
    with parquet_file(path) as file:
        return file.read(columns=names, use_threads=False)


def batches_of(path: str, columns: Iterable[str] | None = None) -> Iterator[pa.RecordBatch]:
    """Yields a Parquet file's rows in batches, one row group in memory at a time."""
    names = list(columns) if columns is not None else None
    with parquet_file(path) as file:
        for group in range(file.num_row_groups):
            rows = file.read_row_group(group, columns=names, use_threads=False)
            yield from rows.combine_chunks().to_batches()


def in_groups(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Yields the same rows in batches of a row group's size, whatever batches they came in."""
    held: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        held.append(batch)
        count += batch.num_rows
        while count >= ROWS_IN_GROUP:
            rows = pa.Table.from_batches(held, schema)
            yield from rows.slice(0, ROWS_IN_GROUP).combine_chunks().to_batches()
            held = rows.slice(ROWS_IN_GROUP).to_batches()
            count -= ROWS_IN_GROUP
    yield from pa.Table.from_batches(held, schema).combine_chunks().to_batches()
