"""Rows of CSV files as records."""

import codecs
import csv
from collections.abc import Generator, Iterator, Sequence
from typing import BinaryIO

from jingyu.pipeline.read.csv_limit import long_values
from jingyu.pipeline.read.lines import contents
from jingyu.pipeline.read.names import is_tabbed
from jingyu.pipeline.read.record import ROW, Record
from jingyu.pipeline.read.rows import Columns, lacks_payload, record_of
from jingyu.pipeline.read.sniff import NoPages, UnreadableInput, is_utf8, not_utf8

_DELIMITERS = ",;\t"
_HEAD_BYTES = 1 << 16
_VALUES = 4
"""Values of a row that are read."""


def read_csv(
    stream: BinaryIO, *, name: str, columns: Columns, max_record_bytes: int
) -> Generator[Record]:
    """Yields the rows of a CSV file, but for the first, which names the columns.

    The `offset` of a row is its number.

    Values are separated by what the first row has most of: comma, semicolon or tab. Empty values
    are none. Rows that are longer than the first, or lack the page, have damage `malformed_row`,
    and lines that are longer than four values may be (of page, text, address and date)
    `record_too_large`.

    Args:
        stream: The file, UTF-8: plain, gzip or zstd.
        name: Its name, for messages and for what separates values.
        columns: Which columns hold what.
        max_record_bytes: Size up to which a value is held.

    Raises:
        UnreadableInput: It is not UTF-8, or no column holds text or HTML.
        OSError: The stream failed.
    """
    with long_values(max_record_bytes):
        yield from _read(stream, name, columns, max_record_bytes)


def _read(stream: BinaryIO, name: str, columns: Columns, most: int) -> Iterator[Record]:
    damages: list[str] = []
    lines = _lines(stream, name, damages, most)
    first = next(lines, "")
    if not first.strip():
        raise NoPages(f"{name}: holds nothing")
    delimiter = "\t" if is_tabbed(name) else max(_DELIMITERS, key=first.count)
    try:
        header = [cell.strip() for cell in next(csv.reader([first], delimiter=delimiter))]
    except csv.Error as error:
        raise UnreadableInput(f"{name}: its first row names no columns: {error}") from error
    if max(map(len, header), default=0) > most:
        raise UnreadableInput(f"{name}: its first row names no columns: it is too long")
    if not columns.has_payload(header):
        raise lacks_payload(name, header, columns)
    rows = csv.reader(lines, delimiter=delimiter)
    number = 0
    while (cells := _next_row(rows, most)) is not None:
        if cells or isinstance(cells, str):
            yield _record(cells, header, columns, number)
            number += 1
    yield from (Record(number, 0, None, ROW, damage=damage) for damage in damages[:1])


def _next_row(rows: Iterator[list[str]], most: int) -> list[str] | str | None:
    """Returns the cells of the next row, or why it has none; none if there is no row."""
    try:
        cells = next(rows, None)
    except csv.Error as error:
        return "record_too_large" if "field limit" in str(error) else "malformed_row"
    return "record_too_large" if cells and max(map(len, cells)) > most else cells


def _record(
    cells: Sequence[str] | str, header: Sequence[str], columns: Columns, number: int
) -> Record:
    if isinstance(cells, str):
        return Record(number, 0, 1, ROW, damage=cells)
    values = {
        column: cell.encode("utf-8", "surrogateescape").decode("utf-8", "replace") or None
        for column, cell in zip(header, cells, strict=False)
    }
    record = record_of(values, columns, number, 1)
    if len(cells) > len(header):
        record.damage, record.payload = "malformed_row", b""
    return record


def _lines(stream: BinaryIO, name: str, damages: list[str], most: int) -> Iterator[str]:
    """Yields lines with their ends; what could not be read is told in `damages`.

    In place of a line that cannot be held stands a value that is larger than `most`.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    held: list[str] = []
    length = 0
    is_first = True

    def line(end: str) -> str:
        return "".join([*held, end]) if length <= _VALUES * most else "x" * (most + 1) + "\n"

    for content, damage in contents(stream):
        if is_first and not is_utf8(content[:_HEAD_BYTES]):
            raise not_utf8(name, "GB18030")
        text = decoder.decode(content)
        text = text.removeprefix("\ufeff") if is_first else text
        is_first = is_first and not content
        damages += [damage] if damage else []
        *whole, rest = text.split("\n")
        for end in whole:
            length += len(end)
            yield line(f"{end}\n")
            held.clear()
            length = 0
        length += len(rest)
        if length > _VALUES * most:
            held.clear()
        else:
            held.append(rest)
    rest = decoder.decode(b"", final=True)
    length += len(rest)
    yield line(rest)
