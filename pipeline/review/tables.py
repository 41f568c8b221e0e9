"""Filled-in sheets, read as tables."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.read import storage
from jingyu.pipeline.review.columns import NEEDED, header_of, key_of
from jingyu.pipeline.review.sheet import METADATA_SHEET, sidecar_of
from jingyu.pipeline.review.workbook import Cells, is_old_workbook, is_workbook, read_workbook

_ENCODINGS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_DELIMITERS = ",;\t"
_HEADER_ROWS = 20
"""Within so many rows the header is looked for: reviewers put titles above it."""


@dataclass(frozen=True)
class Table:
    """The rows of a sheet that hold anything, and where its columns are."""

    name: str
    """The file, and the sheet of a workbook."""
    places: dict[str, int]
    """Position of each known column, from 0."""
    rows: list[tuple[int, dict[str, str]]]
    """Number of the row as spreadsheets count, and its cells."""


@dataclass(frozen=True)
class Filled:
    """What a filled-in file holds."""

    path: str
    tables: list[Table]
    metadata: dict[str, Any] | None
    """How the sample was drawn, if the file or its sidecar says so."""


def read_filled(path: str) -> Filled:
    """Returns the tables in a workbook or CSV file; their columns may stand in any order.

    Raises:
        InputError: The file is no spreadsheet, or no sheet of it has the columns.
    """
    metadata, sheets = sheets_in(path)
    tables = [_table(name, cells) for name, cells in sheets.items()]
    return Filled(path, _with_columns(path, tables), metadata or _sidecar(path))


def sheets_in(path: str) -> tuple[dict[str, Any], dict[str, Iterable[Cells]]]:
    """Returns what a workbook says of itself, and the rows of each sheet of it or of a CSV file.

    Raises:
        InputError: The file is no spreadsheet.
    """
    if not storage.exists(path):
        raise InputError(f"{path}: there is no such file; check the path")
    content = storage.read_bytes(path)
    if is_old_workbook(content):
        raise InputError(
            f"{path}: is an old or encrypted workbook; save it as .xlsx without a password, "
            "or as .csv"
        )
    if not is_workbook(content):
        return {}, {path: _csv_rows(path, content)}
    sheets = read_workbook(path, content)
    metadata = _metadata(path, sheets.pop(METADATA_SHEET, ()))
    return metadata, {f"{path}: sheet {title}": cells for title, cells in sheets.items()}


def _metadata(path: str, rows: Iterable[Cells]) -> dict[str, Any]:
    try:
        return {row[0]: json.loads(row[1]) for row in rows if any(row)}
    except (ValueError, LookupError) as error:
        raise InputError(
            f"{path}: its hidden sheet `{METADATA_SHEET}` is damaged; copy the answers into a "
            "fresh sheet of the same sample"
        ) from error


def _sidecar(path: str) -> dict[str, Any] | None:
    beside = sidecar_of(path)
    if not storage.exists(beside):
        return None
    try:
        metadata = json.loads(storage.read_bytes(beside))
    except ValueError as error:
        raise InputError(f"{beside}: is damaged; restore it, or draw the sample again") from error
    return metadata if isinstance(metadata, dict) else None


def _csv_rows(path: str, content: bytes) -> list[Cells]:
    text = _decoded(content)
    if text is None or "\0" in text:
        raise InputError(f"{path}: is no spreadsheet; give a filled-in .xlsx or .csv (UTF-8) file")
    top = text.splitlines()[:_HEADER_ROWS]
    delimiter = max(
        _DELIMITERS,
        key=lambda mark: max((len(_places(line.split(mark))) for line in top), default=0),
    )
    rows: list[Cells] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise InputError(
            f"{path}: row {len(rows) + 1}: is no row of a CSV file ({error}); open the file in a "
            "spreadsheet program and save it again"
        ) from error
    return rows


def _decoded(content: bytes) -> str | None:
    """Returns the text of a file in UTF-8, UTF-16 or, as Excel writes it in China, GB18030."""
    marked = _ENCODINGS.get(content[:2])
    for encoding in (marked,) if marked else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _table(name: str, rows: Iterable[Cells]) -> Table:
    """Returns what stands below the first row that names the ids, or else all known columns."""
    places: dict[str, int] = {}
    below: list[tuple[int, dict[str, str]]] = []
    for number, cells in enumerate(rows, 1):
        if "document_id" in places:
            if any(cell.strip() for cell in cells):
                below.append((number, _known(cells, places)))
        elif number <= _HEADER_ROWS:
            places = {**places, **_places(cells)}
    return Table(name, places, below)


def _places(cells: Sequence[str]) -> dict[str, int]:
    """Returns the position of each known column; of two of one name the first."""
    named = [(key_of(cell.strip(' "\ufeff')), position) for position, cell in enumerate(cells)]
    return {key: position for key, position in reversed(named) if key}


def _known(cells: Cells, places: dict[str, int]) -> dict[str, str]:
    return {
        key: cells[place].strip() if place < len(cells) else ""
        for key, place in places.items()
        if key in NEEDED
    }


def _with_columns(path: str, tables: list[Table]) -> list[Table]:
    """Returns the tables that have all columns that are needed; others are notes."""
    whole = [table for table in tables if all(key in table.places for key in NEEDED)]
    if whole:
        return whole
    best = max(tables, key=lambda table: len(table.places), default=Table(path, {}, []))
    missing = [header_of(key) for key in NEEDED if key not in best.places]
    raise InputError(
        f"{best.name}: row 1: has no column `{'`, `'.join(missing)}`; the header must name the "
        "columns as `jingyu sample` wrote them, in any order"
    )
