"""Rows of Parquet and JSONL files as records."""

import contextlib
import json
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from jingyu.pipeline.read.dates import parse_date
from jingyu.pipeline.read.lines import read_lines
from jingyu.pipeline.read.record import ROW, Record
from jingyu.pipeline.read.sniff import UnreadableInput

_BATCH_ROWS = 256
_MOST_TOLD = 20
_COLUMN_NAME = re.compile(r"(?!.*\d{5})[\w .:/-]{0,32}")
"""Neither an address of mail, nor a number of a person, nor text."""
_SAMPLE_ROWS = 100


@dataclass(frozen=True)
class Columns:
    """Names of the columns that are read; those that a file lacks are passed over."""

    text_column: str | None = "text"
    """Holds plain text."""
    html_column: str | None = "html"
    """Holds HTML; preferred to text."""
    url_column: str | None = "url"
    date_column: str | None = "date"

    @property
    def payloads(self) -> tuple[tuple[str, str], ...]:
        """Columns that may hold the page, preferred first, with their media types."""
        found = ((self.html_column, "text/html"), (self.text_column, "text/plain"))
        return tuple((column, media_type) for column, media_type in found if column)

    def has_payload(self, present: Container[str]) -> bool:
        """Returns whether a column that may hold the page is among some."""
        return any(column in present for column, _ in self.payloads)


DEFAULT_COLUMNS = Columns()


def read_parquet(
    file: str | BinaryIO, *, name: str | None = None, columns: Columns = DEFAULT_COLUMNS
) -> Iterator[Record]:
    """Yields the rows of a Parquet file, read batch by batch; `offset` is the row's number.

    Args:
        file: Path or seekable stream.
        name: What messages call the file; the path if not given.
        columns: Which columns hold what.

    Raises:
        UnreadableInput: It is not a Parquet file, or has no column of text or HTML.
        OSError: The file cannot be read.
    """
    name = name or str(file)
    try:
        parquet = pq.ParquetFile(file)
    except pa.ArrowInvalid as error:
        raise UnreadableInput(
            f"{name}: is not a whole Parquet file; write it again or leave it out"
        ) from error
    schema = parquet.schema_arrow
    if not columns.has_payload(schema.names):
        raise lacks_payload(name, schema.names, columns)
    wanted = [column for column, _ in columns.payloads] + [columns.url_column, columns.date_column]
    present = [column for column in wanted if column in schema.names]
    row = 0
    try:
        for batch in parquet.iter_batches(batch_size=_BATCH_ROWS, columns=present):
            for values in _rows(batch):
                yield record_of(values, columns, row, 1)
                row += 1
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        # Arrow says so of pages that are damaged: what follows cannot be read.
        yield Record(row, 0, None, ROW, damage="unreadable_rows")


def _rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    """Yields the rows of a batch; of a value that Python cannot hold, what can be had of it."""
    try:
        yield from batch.to_pylist()
    except (UnicodeDecodeError, OverflowError, ValueError):
        for row in range(batch.num_rows):
            columns = zip(batch.schema.names, batch.columns, strict=True)
            yield {name: _value(column[row]) for name, column in columns}


def _value(scalar: pa.Scalar) -> object:
    """Returns a value: text that is no UTF-8 as its bytes, a date beyond Python's as none."""
    try:
        return scalar.as_py()
    except UnicodeDecodeError:
        return bytes(scalar.as_buffer())
    except (OverflowError, ValueError):
        return None


def read_jsonl(
    stream: BinaryIO,
    *,
    name: str | None = None,
    columns: Columns = DEFAULT_COLUMNS,
    max_record_bytes: int = 1 << 28,
) -> Iterator[Record]:
    """Yields the lines of a JSONL file; `offset` and `length` count its uncompressed bytes.

    Lines that are no JSON object, or lack text and HTML, have damage `malformed_row`. Empty lines
    are no rows.

    Args:
        stream: The file: plain, gzip or zstd.
        name: What messages call the file; the stream's name if not given.
        columns: Which keys hold what.
        max_record_bytes: Length up to which a line is read.

    Raises:
        UnreadableInput: There are objects, and none of the first 100 has a key of text or HTML.
        OSError: The stream failed.
    """
    name = name or str(getattr(stream, "name", "input"))
    held: list[Record] | None = []
    lacking: list[str] | None = None
    for line in read_lines(stream, max_record_bytes):
        values = _parsed(line.content)
        record = record_of(values or {}, columns, line.offset, line.length)
        record.damage = line.damage or record.damage
        if held is None:
            yield record
            continue
        held.append(record)
        has_payload = columns.has_payload(values or {})
        lacking = lacking or (list(values) if values and not has_payload else None)
        if has_payload or len(held) == _SAMPLE_ROWS:
            if lacking and not has_payload:
                break
            yield from held
            held = None
    if held is not None and lacking:
        raise lacks_payload(name, lacking, columns)
    yield from held or ()


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None


def record_of(values: Mapping[str, Any], columns: Columns, offset: int, length: int) -> Record:
    """Returns a row as a record.

    Args:
        values: Its values by column.
        columns: Which columns hold what.
        offset: Where the row stands in the file.
        length: How much of the file it is.
    """
    record = Record(offset, 0, length, ROW, damage="malformed_row")
    url = values.get(columns.url_column or "")
    record.url = _whole(url) if isinstance(url, str) and url else None
    record.captured_at = _utc(values.get(columns.date_column or ""))
    for column, media_type in columns.payloads:
        payload = values.get(column)
        if isinstance(payload, str | bytes):
            record.is_text = isinstance(payload, str)
            record.payload = _encoded(payload) if isinstance(payload, str) else payload
            record.payload_bytes = len(record.payload)
            record.content_type = media_type
            record.damage = None
            break
        if column in values and payload is None:
            record.damage = None  # a row that is empty
    return record


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _whole(text).encode()


def _whole(text: str) -> str:
    """Returns a text without halves of characters, which JSON may escape."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _utc(value: object) -> datetime | None:
    if isinstance(value, str):
        return parse_date(value)
    if isinstance(value, datetime):
        zoned = value if value.tzinfo else value.replace(tzinfo=UTC)
        with contextlib.suppress(OverflowError):  # of the first and last hours that there are
            return zoned.astimezone(UTC).replace(microsecond=0)
        return None
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return None


def lacks_payload(name: str, present: Sequence[str], columns: Columns) -> UnreadableInput:
    """Returns the error of a file without a column that may hold the page."""
    wanted = " or ".join(column for column, _ in columns.payloads)
    return UnreadableInput(
        f"{name}: has no column {wanted}, only {_told(present)}; name the one that holds the "
        "page in `inputs.text_column` or `inputs.html_column`"
    )


def _told(present: Sequence[str]) -> str:
    """Returns columns as a message names them: without names, the first row may be of data."""
    told = [name if _COLUMN_NAME.fullmatch(name) else "…" for name in present[:_MOST_TOLD]]
    return ", ".join(told) + (", …" if len(present) > _MOST_TOLD else "")
