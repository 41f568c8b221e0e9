"""Rows of JSONL, JSON, CSV, TSV and Parquet files as plain objects."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.read import storage
from jingyu.pipeline.read.csv_limit import long_values

Row = dict[str, Any]
# A worked solution or a passage may be longer than the module's own limit of 131,072.
_LONGEST_CELL = 1 << 28


def read_rows(path: str) -> list[Row]:
    """Returns the rows of a file, whose ending says its format.

    Objects of JSON stand in a list or, one list, in an object; those of JSONL one a line.

    Raises:
        InputError: The file has another ending, cannot be read, is damaged or holds no row.
    """
    ending = ending_of(path)
    if ending not in READERS:
        raise InputError(f"{path}: is none of {', '.join(READERS)}; convert it or leave it out")
    try:
        content = storage.read_bytes(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    rows = list(READERS[ending](content, path))
    if not rows:
        raise InputError(f"{path}: holds no rows; complete the file or leave it out")
    return rows


def ending_of(path: str) -> str:
    """Returns what follows the last full stop of a path, in lower case."""
    return path.rpartition(".")[2].lower()


def _json_lines(content: bytes, path: str) -> Iterator[Row]:
    for number, line in enumerate(_text(content, path).split("\n"), 1):
        if line.strip():
            yield _object(_parsed(line, f"{path}, line {number}"), f"{path}, line {number}")


def _json(content: bytes, path: str) -> Iterator[Row]:
    found = _parsed(_text(content, path), path)
    if isinstance(found, dict):
        lists = [value for value in found.values() if isinstance(value, list)]
        if len(lists) != 1:
            raise InputError(
                f"{path}: is an object with {len(lists)} lists, so that its rows are not known; "
                "make it a list of objects"
            )
        (found,) = lists
    if not isinstance(found, list):
        raise InputError(f"{path}: is no list of objects; make it one")
    for number, value in enumerate(found):
        yield _object(value, f"{path}, row {number}")


def _commas(content: bytes, path: str) -> Iterator[Row]:
    return _table(content, path, ",")


def _tabs(content: bytes, path: str) -> Iterator[Row]:
    return _table(content, path, "\t")


def _table(content: bytes, path: str, delimiter: str) -> Iterator[Row]:
    text = io.StringIO(_text(content, path), newline="")
    with long_values(_LONGEST_CELL):
        try:
            yield from csv.DictReader(text, delimiter=delimiter, restkey="")
        except csv.Error as error:
            raise InputError(f"{path}: is no whole table: {error}; write it again") from error


def _parquet(content: bytes, path: str) -> Iterator[Row]:
    try:
        rows: list[Row] = pq.read_table(pa.BufferReader(content)).to_pylist()
    except pa.ArrowException as error:
        raise InputError(f"{path}: is not a whole Parquet file; write it again") from error
    return iter(rows)


def _text(content: bytes, path: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: is not UTF-8 at byte {error.start}; convert it, for instance with "
            "`iconv -f GB18030 -t UTF-8`"
        ) from error


def _parsed(text: str, place: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{place}: is no JSON ({type(error).__name__}); write it again") from error


def _object(value: Any, place: str) -> Row:
    if not isinstance(value, dict):
        raise InputError(f"{place}: is no object with named fields; make it one")
    return value


READERS: Final[dict[str, Callable[[bytes, str], Iterator[Row]]]] = {
    "jsonl": _json_lines,
    "ndjson": _json_lines,
    "json": _json,
    "csv": _commas,
    "tsv": _tabs,
    "parquet": _parquet,
}
"""How each format is read, by its ending."""
