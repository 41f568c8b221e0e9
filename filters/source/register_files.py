"""Registers of sources in YAML, CSV and Parquet files."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from jingyu.filters.settings.errors import ConfigError
from jingyu.filters.settings.places import Places, nearest, parse
from jingyu.filters.source.register import Register, register
from jingyu.filters.source.source import Source

BUILTIN = "builtin"
"""Names the register of mainland institutions and media that comes with the program."""

_MOST_ERRORS = 50
_TOP = ("defaults", "sources")
_REQUIRED = "is missing; every source has `match`, `name`, `category` and `tier`"

_Row = tuple[str, Mapping[str, Any]]


def builtin_path() -> Path:
    """Returns where the part of the shipped register stands that is written by hand."""
    return Path(str(resources.files("jingyu.configs") / "lists" / "sources.yaml"))


def load_register(paths: Sequence[str | Path]) -> Register:
    """Returns the register that files make together; an entry of a later file replaces an earlier.

    A path is `builtin` or a file: YAML (`.yaml`, `.yml`) with a list `sources`, and values for all
    of them in `defaults`; CSV (`.csv`, with a head line) or Parquet (`.parquet`) with the same
    columns, an empty cell meaning the default. YAML of 100,000 sources takes minutes to read, the
    others seconds.

    Raises:
        ConfigError: A file cannot be read or is wrong; each error has its file, line and the fix.
    """
    lists = (builtin_sources() if path == BUILTIN else load_sources(Path(path)) for path in paths)
    return register(source for sources in lists for source in sources)


def builtin_sources() -> list[Source]:
    """Returns the sources of the shipped register.

    They are what `load_sources` makes of the file, as a test makes sure: so they are not checked
    again in each process.
    """
    blank = Source(match="a.cn", name="-", category="a", tier="general")
    with builtin_path().with_name("register.csv").open(encoding="utf-8", newline="") as stream:
        return [blank.model_copy(update=_values(row)) for row in csv.DictReader(stream)]


def _values(row: dict[str, Any]) -> dict[str, Any]:
    stated_on = date.fromisoformat(row["stated_on"])
    return row | {"origin": row["origin"] or None, "stated_on": stated_on}


def load_sources(path: Path) -> list[Source]:
    """Returns the sources in one file, in its order.

    Raises:
        ConfigError: As of `load_register`; up to 50 errors are listed, the rest counted.
    """
    sources: list[Source] = []
    errors: list[str] = []
    places: dict[str, str] = {}
    for place, row in _rows(path):
        try:
            source = Source.model_validate(row)
        except ValidationError as error:
            errors.extend(_sentences(place, error))
            continue
        if source.match in places:
            first = places[source.match]
            errors.append(f"{place}: `{source.match}` stands at {first} already; keep one of them")
        places.setdefault(source.match, place)
        sources.append(source)
    if errors:
        more = len(errors) - _MOST_ERRORS
        rest = [f"{path}: and {more} more errors"] if more > 0 else []
        raise ConfigError("\n".join([*errors[:_MOST_ERRORS], *rest]))
    return sources


def _rows(path: Path) -> Iterator[_Row]:
    kinds = {".yaml": _in_yaml, ".yml": _in_yaml, ".csv": _in_csv, ".parquet": _in_parquet}
    kind = kinds.get(path.suffix.lower())
    if not kind:
        raise ConfigError(f"{path}: is no register; give a file that ends in {', '.join(kinds)}")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot read the register: {error}") from error
    return kind(path, content)


def _text_of(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{path}:{line}: is not UTF-8; save the file as UTF-8") from error


def _in_yaml(path: Path, content: bytes) -> Iterator[_Row]:
    values, places = parse(_text_of(path, content), path)
    if not isinstance(values, dict) or not isinstance(values.get("sources"), list):
        raise ConfigError(f"{path}: has no list `sources`; write one with an entry per source")
    for key in values:
        if key not in _TOP:
            raise ConfigError(f"{places.of((key,))} — {nearest(str(key), _TOP)}")
    defaults = values.get("defaults") or {}
    if not isinstance(defaults, dict):
        raise ConfigError(f"{places.of(('defaults',))} — is no mapping of keys to values")
    for number, row in enumerate(values["sources"]):
        place = _line(places, number)
        if not isinstance(row, dict):
            raise ConfigError(f"{place}: is no mapping; write `- {{match: …, name: …, …}}`")
        yield place, defaults | row


def _line(places: Places, number: int) -> str:
    line, _ = places.marks["sources", number]
    return f"{places.path}:{line}"


def _in_csv(path: Path, content: bytes) -> Iterator[_Row]:
    reader = csv.DictReader(io.StringIO(_text_of(path, content), newline=""), strict=True)
    _check_columns(f"{path}:1", reader.fieldnames or ())
    try:
        for row in reader:
            place = f"{path}:{reader.line_num}"
            if None in row:
                raise ConfigError(f"{place}: has more cells than the head line; quote commas")
            yield place, {key: value for key, value in row.items() if value}
    except csv.Error as error:
        raise ConfigError(f"{path}:{reader.reader.line_num}: is not CSV: {error}") from error


def _in_parquet(path: Path, content: bytes) -> Iterator[_Row]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(content))
    except (pa.ArrowException, OSError) as error:
        raise ConfigError(f"{path}: is not Parquet: {error}") from error
    _check_columns(str(path), table.column_names)
    for number, row in enumerate(table.to_pylist(), 1):
        yield f"{path}: row {number}", {k: v for k, v in row.items() if v is not None}


def _check_columns(place: str, names: Iterable[str]) -> None:
    known = Source.model_fields
    for name in names:
        if name not in known:
            raise ConfigError(f"{place}: {nearest(name, known)}")


def _sentences(place: str, error: ValidationError) -> Iterator[str]:
    for detail in error.errors():
        key = ".".join(map(str, detail["loc"]))
        message = detail["msg"].removeprefix("Value error, ")
        if detail["type"] == "extra_forbidden":
            message = nearest(key, Source.model_fields)
        elif detail["type"] == "missing":
            message = _REQUIRED
        elif detail["type"] == "literal_error":
            choices = detail["ctx"]["expected"]
            message = f"`{detail['input']}` is not known; write {choices}"
        yield f"{place}: {key} — {message}" if key else f"{place}: {message}"
