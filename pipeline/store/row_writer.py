"""How rows are written to Parquet, so that a file appears whole or not at all."""

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Written:
    """A file of an output, as it was written.

    Attributes:
        rows: Rows, as its footer says.
        bytes: Its size.
        sha256: Its digest.
    """

    rows: int
    bytes: int
    sha256: str


class Described(Spool):
    """A spool that takes the digest of what it carries on, so that nobody reads it again for it."""

    def __init__(self, stream: Any) -> None:
        super().__init__(stream)
        self._digest = hashlib.sha256()
        self.footers: list[pq.FileMetaData] = []
        """Is given to the writer, which leaves the footer here."""

    def write(self, content: Any) -> int:
        """Holds the bytes."""
        self._digest.update(content)
        return super().write(content)

    def written(self) -> Written:
        """Returns what was written, once the writer is closed."""
        (footer,) = self.footers
        return Written(footer.num_rows, self.tell(), self._digest.hexdigest())


Row = Mapping[str, Any]
Refuse = Callable[[Row, Exception], None]
"""Is told a row and why no file can hold it."""

_UNWRITABLE = (pa.ArrowException, ValueError, TypeError, OverflowError)


class RowWriter:
    """Writes rows of a schema to a Parquet stream in batches.

    The file is read by each later step and then of no use: LZ4 takes a fifth more of the disk than
    zstd and half of its time, and values that hardly repeat need neither dictionary nor statistics.
    """

    def __init__(
        self,
        stream: Any,
        schema: pa.Schema,
        refuse: Refuse | None = None,
        rows_in_group: int = ROWS_IN_GROUP,
    ) -> None:
        """Takes what becomes of rows whose values no file can hold; without it, they raise."""
        self._schema = schema
        self._refuse = refuse
        self._spool = Spool(stream)
        self._writer = pq.ParquetWriter(
            self._spool, schema, compression="lz4", use_dictionary=False, write_statistics=False
        )
        self._names = frozenset(schema.names)
        self._rows: list[Row] = []
        self._rows_in_group = rows_in_group
        self.count = 0

    def append(self, row: Row) -> None:
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
            rows, self._rows = self._rows, []
            self._writer.write_batch(self._batch(rows))
            self._spool.drain()

    def _batch(self, rows: list[Row]) -> pa.RecordBatch:
        try:
            return pa.RecordBatch.from_pylist(rows, schema=self._schema)
        except _UNWRITABLE:
            if not self._refuse:
                raise
        kept = []
        for row in rows:
            try:
                pa.RecordBatch.from_pylist([row], schema=self._schema)
            except _UNWRITABLE as error:
                self.count -= 1
                self._refuse(row, error)
            else:
                kept.append(row)
        return pa.RecordBatch.from_pylist(kept, schema=self._schema)

    def close(self) -> None:
        """Writes what is left and ends the file."""
        self._flush()
        self._flush()  # what no file can hold may have come back as another row
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
def row_writer(path: str, schema: pa.Schema, refuse: Refuse | None = None) -> Iterator[RowWriter]:
    """Yields a writer of rows whose file appears whole when the block ends well."""
    with filesystem.open_to_write(path) as stream, RowWriter(stream, schema, refuse) as writer:
        yield writer
