"""Staged files: what a step leaves for the next ones."""

import contextlib
import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from jingyu.pipeline.read import storage
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.items import WorkItem

ROWS_IN_GROUP = 1000
SECTIONS, WIDTH = "sections", "width-"
"""How files begin that say what a pass measured and how wide it was, beside what it staged."""
TABLE = ".arrow"
"""How files of `write_table` end."""


@dataclass(frozen=True)
class ExtractSummary:
    """What reading one work item yielded; written last, so that it says that all is there."""

    records: dict[str, int] = field(default_factory=dict)
    """Records read, by WARC type."""
    page_count: int = 0
    """Page-bearing records, as counted while reading."""
    document_count: int = 0
    """Rows staged as documents."""
    ended_count: int = 0
    """Rows staged for the ledger."""
    first_offset: int | None = None
    """Where the first record of the item starts."""
    end_offset: int | None = None
    """Where the next item's first record must start."""
    skipped_bytes: int = 0
    """Bytes that belong to no record."""
    sha256: str | None = None
    """Digest of the item's bytes."""


class Staged:
    """The staged files of one work item."""

    def __init__(self, folder: str, key: str) -> None:
        self.key = key
        self.documents = storage.join(folder, f"{key}.documents.parquet")
        self.ended = storage.join(folder, f"{key}.ledger.parquet")
        self._summary = storage.join(folder, f"{key}.json")

    @classmethod
    def complete_in(cls, folder: str) -> frozenset[str]:
        """Returns the keys of the items that are staged whole."""
        names = filesystem.names_in(folder)
        keys = (name.removesuffix(".json") for name in names if name.endswith(".json"))
        return frozenset(k for k in keys if k != SECTIONS and not k.startswith(WIDTH))

    def read_summary(self) -> ExtractSummary:
        """Returns what reading the item yielded."""
        return ExtractSummary(**json.loads(storage.read_bytes(self._summary)))

    def write_summary(self, summary: ExtractSummary) -> None:
        """Declares the item staged whole."""
        filesystem.write_bytes(self._summary, json.dumps(asdict(summary)).encode())

    def table(self, columns: Sequence[str]) -> pa.Table:
        """Returns columns of the staged documents."""
        return read_parquet(self.documents, columns)


class ProgressFile:
    """Tells others on this machine how far an item is, at most twice a second."""

    _SECONDS = 0.5

    def __init__(self, path: str) -> None:
        self._path = path
        self._next = 0.0

    def __call__(self, offset: int, records: int, documents: int) -> None:
        now = time.monotonic()
        if now >= self._next and storage.is_local(self._path):
            self._next = now + self._SECONDS
            state = {"offset": offset, "records": records, "documents": documents}
            filesystem.write_bytes(self._path, json.dumps(state).encode())


@dataclass(frozen=True)
class Extracted:
    """Items that are staged, with what reading them yielded."""

    items: dict[str, WorkItem]
    summaries: dict[str, ExtractSummary]

    @property
    def keys(self) -> list[str]:
        """Names of the staged items, in the order of the inputs."""
        return list(self.items)

    @property
    def documents(self) -> int:
        """Staged documents."""
        return sum(summary.document_count for summary in self.summaries.values())


def parquet_file(stream: Any, path: str) -> pq.ParquetFile:
    """Returns the Parquet file of a stream and its path.

    Of a file on this machine columns are read when they are wanted: Arrow's threads, which read
    those of others ahead, take longer to be told of a small file than to read it.
    """
    return pq.ParquetFile(stream, pre_buffer=not storage.is_local(path))


def read_parquet(path: str, columns: Sequence[str] | None = None) -> pa.Table:
    """Returns a Parquet file's columns."""
    names = list(columns) if columns is not None else None
    with storage.open_to_read(path) as stream:
        # `pq.read_table` takes twice as long on a small file: it makes a data set of it.
        return parquet_file(stream, path).read(columns=names, use_threads=False)


def read_table(path: str) -> pa.Table:
    """Returns what `write_table` wrote."""
    # Threads take longer to be told of a small file than to read it.
    options = pa.ipc.IpcReadOptions(use_threads=False)
    return pa.ipc.open_file(pa.py_buffer(storage.read_bytes(path)), options=options).read_all()


def write_table(path: str, table: pa.Table) -> None:
    """Writes a table as an Arrow file, whole or not at all.

    A small Arrow file opens in a tenth of the time of a Parquet file, and verdicts are read by
    each later step.
    """
    held = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_file(held, table.schema, options=options) as writer:
        writer.write_table(table)
    filesystem.write_bytes(path, held.getvalue().to_pybytes())


class Spool:
    """What a Parquet writer writes to: memory, until `drain` carries it on to the file.

    So a full disk is an error here, in Python: in a destructor of Arrow it can end the process.
    """

    closed = False

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._held: list[bytes] = []
        self._position = 0

    def write(self, content: Any) -> int:
        """Holds the bytes."""
        self._held.append(bytes(content))
        self._position += len(self._held[-1])
        return len(self._held[-1])

    def tell(self) -> int:
        """Returns how many bytes were written."""
        return self._position

    def flush(self) -> None:
        """Does nothing: `drain` decides when bytes move on."""

    def drain(self) -> None:
        """Writes what is held to the file."""
        held, self._held = self._held, []
        for content in held:
            self._stream.write(content)


class RowWriter:
    """Writes rows of a schema to a Parquet stream in batches.

    The file is read by each later step and then of no use: LZ4 takes a fifth more of the disk than
    zstd and half of its time, and values that hardly repeat need neither dictionary nor statistics.
    """

    def __init__(self, stream: Any, schema: pa.Schema, rows_in_group: int = ROWS_IN_GROUP) -> None:
        self._schema = schema
        self._spool = Spool(stream)
        self._writer = pq.ParquetWriter(
            self._spool, schema, compression="lz4", use_dictionary=False, write_statistics=False
        )
        self._names = frozenset(schema.names)
        self._rows: list[Mapping[str, Any]] = []
        self._rows_in_group = rows_in_group
        self.count = 0

    def append(self, row: Mapping[str, Any]) -> None:
        """Adds a row; missing columns are null.

        Raises:
            KeyError: The row has a column that the schema lacks.
        """
        if not row.keys() <= self._names:
            unknown = sorted(row.keys() - self._names)
            raise KeyError(f"the schema has no column {', '.join(unknown)}")
        self._rows.append(row)
        self.count += 1
        if len(self._rows) >= self._rows_in_group:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            batch = pa.RecordBatch.from_pylist(self._rows, schema=self._schema)
            self._writer.write_batch(batch)
            self._spool.drain()
            self._rows.clear()

    def close(self) -> None:
        """Writes what is left and ends the file."""
        self._flush()
        self._writer.close()
        self._spool.drain()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, at: object) -> None:
        if kind is None:
            self.close()
        else:
            self._writer.close()


@contextlib.contextmanager
def row_writer(path: str, schema: pa.Schema) -> Iterator[RowWriter]:
    """Yields a writer of rows whose file appears whole when the block ends well."""
    with filesystem.open_to_write(path) as stream, RowWriter(stream, schema) as writer:
        yield writer


def batches_of(path: str, columns: Iterable[str] | None = None) -> Iterator[pa.RecordBatch]:
    """Yields a Parquet file's rows in batches, one row group in memory at a time."""
    with storage.open_to_read(path) as stream:
        file = parquet_file(stream, path)
        names = list(columns) if columns is not None else None
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
