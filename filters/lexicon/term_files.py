"""Files of terms: plain text, CSV, TSV and YAML."""

import csv
import io
from pathlib import Path

from jingyu.filters.lexicon.terms import Defaults, LexiconError, Row, TermList, checked
from jingyu.filters.lexicon.yaml_terms import parse_yaml

_COLUMNS = ("term", "category", "severity", "exempt")
_DELIMITERS = {".csv": ",", ".tsv": "\t"}


def read_terms(path: Path, defaults: Defaults) -> TermList:
    """Returns the terms of a file: `.csv`, `.tsv`, `.yaml`, `.yml`, any other as plain text.

    Raises:
        LexiconError: The file cannot be read or a term in it cannot be used.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LexiconError(f"{path}: cannot be read ({reason}); check the path") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise LexiconError(f"{path}:{line}: is not UTF-8; save the file as UTF-8") from error
    return parse_terms(text, str(path), defaults)


def parse_terms(text: str, name: str, defaults: Defaults) -> TermList:
    """Returns the terms of a file's text; the end of its name tells the format.

    Plain text has a term a line; `#` starts a comment, and a line that starts with `!` is a
    harmless longer word. CSV and TSV begin with a line of column names: `term`, then any of
    `category`, `severity` and `exempt` (words parted by `|`). For YAML see `parse_yaml`.

    Raises:
        LexiconError: A term cannot be used, or there is none; all such lines are named.
    """
    suffix = Path(name).suffix.lower()
    if suffix in {".yaml", ".yml"}:
        return parse_yaml(text, name, defaults)
    if suffix in _DELIMITERS:
        return checked(_table_rows(text, name, _DELIMITERS[suffix]), (), name, defaults)
    rows, harmless = plain_rows(text)
    return checked(rows, harmless, name, defaults)


def plain_rows(text: str) -> tuple[list[Row], list[str]]:
    """Returns the terms of plain text, and its harmless longer words."""
    lines = [
        (number, bare)
        for number, line in enumerate(text.splitlines(), 1)
        if (bare := line.partition("#")[0].strip())
    ]
    rows = [Row(number, line) for number, line in lines if not line.startswith("!")]
    return rows, [line[1:].strip() for _, line in lines if line.startswith("!")]


def _table_rows(text: str, name: str, delimiter: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    rows = []
    try:
        for cells in reader:
            line, stripped = reader.line_num, [cell.strip() for cell in cells]
            if not any(stripped) or stripped[0].startswith("#"):
                continue
            if header is None:
                header = _header(stripped, f"{name}:{line}")
            elif len(stripped) > len(header):
                raise LexiconError(
                    f"{name}:{line}: {len(stripped)} cells under {len(header)} column names; put a "
                    "cell that holds the delimiter in double quotes"
                )
            else:
                rows.append(_row(line, dict(zip(header, stripped, strict=False))))
    except csv.Error as error:
        raise LexiconError(f"{name}:{reader.line_num}: {error}; check the quotes") from error
    return rows


def _header(cells: list[str], place: str) -> list[str]:
    unknown = [cell for cell in cells if cell not in _COLUMNS]
    if "term" not in cells or unknown or len(set(cells)) < len(cells):
        raise LexiconError(
            f"{place}: the first line names the columns: term, and any of "
            f"{', '.join(_COLUMNS[1:])}, each once; found {', '.join(cells)}"
        )
    return cells


def _row(line: int, cells: dict[str, str]) -> Row:
    exempt = tuple(word.strip() for word in cells.get("exempt", "").split("|") if word.strip())
    return Row(line, cells["term"], cells.get("category", ""), cells.get("severity", ""), exempt)
