"""How rows are written to Parquet, so that a file appears whole or not at all."""

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.parquet import ROWS_IN_GROUP


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
