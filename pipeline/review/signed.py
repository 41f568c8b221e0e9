"""Sheets of sites that people have signed, and the register and block list that they feed."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

from jingyu.filters.settings.errors import ConfigError, InputError
from jingyu.filters.source.register_files import load_sources
from jingyu.filters.source.source import TIERS, Source
from jingyu.filters.source.source_list import entry_of_site
from jingyu.pipeline.review.tables import sheets_in
from jingyu.pipeline.review.workbook import Cells
from jingyu.pipeline.store import filesystem

_YES: Final = frozenset({"是", "登记", "yes", "y", "true", "1", "√", "✓"})
_NO: Final = frozenset({"否", "不登记", "no", "n", "false", "0", "×", "✗"})
_NEEDED: Final = ("sign", "tier", "site", "name")
_TIER: Final = "general"
_CATEGORY: Final = "reviewed"
_STATED_BY: Final = "review"
_FORMS: Final = (".csv", ".yaml", ".yml")


@dataclass(frozen=True)
class Signed:
    """What people said of the sites of sheets.

    Attributes:
        sources: Entries of a register, of the sites that were signed.
        refused: Entries of a block list, of those that were not.
        open: Rows that nobody has answered yet.
    """

    sources: tuple[Source, ...]
    refused: tuple[str, ...]
    open: int


def signed_in(paths: Sequence[str], day: date) -> Signed:
    """Returns what the rows of filled-in sheets say.

    A row that says yes gives an entry of the tier that it names, or else `general`.

    Args:
        paths: Sheets as `jingyu sources --sheet` writes them, as CSV or saved as a workbook.
        day: Day that the entries are stated on.

    Raises:
        InputError: A sheet lacks a column, or a row is wrong or contradicts another; each error has
            its place and the fix.
    """
    answers: dict[str, tuple[Source | None, str]] = {}
    problems: list[str] = []
    left_open = 0
    for place, cells in _rows(paths):
        if not cells["sign"]:
            left_open += 1
            continue
        try:
            match, source = _answer(cells, day)
        except ValueError as error:
            problems.append(f"{place}: {error}")
            continue
        known = answers.setdefault(match, (source, place))
        if (known[0] is None) != (source is None):
            problems.append(f"{place}: `{match}` is answered otherwise at {known[1]}; agree on one")
    if problems:
        raise InputError("\n".join(problems))
    sources = tuple(source for source, _ in answers.values() if source)
    return Signed(sources, tuple(m for m, (source, _) in answers.items() if not source), left_open)


def _rows(paths: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    for path in paths:
        _, sheets = sheets_in(path)
        for name, rows in sheets.items():
            yield from _cells(name, list(rows))


def _cells(name: str, rows: Sequence[Cells]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yields the place of each row below the head, and its cells by column."""
    head = [cell.strip(' "\ufeff').partition(" ")[0] for cell in rows[0]] if rows else []
    missing = [key for key in _NEEDED if key not in head]
    if missing:
        raise InputError(
            f"{name}: row 1: has no column `{'`, `'.join(missing)}`; give a sheet as "
            "`jingyu sources --sheet` writes it"
        )
    for number, row in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in row):
            padded = [*row, *[""] * (len(head) - len(row))]
            cells = {key: padded[head.index(key)].strip().lstrip("'") for key in _NEEDED}
            yield f"{name}: row {number}", cells


def _answer(cells: dict[str, str], day: date) -> tuple[str, Source | None]:
    """Returns the entry of a site, and of one that was signed its source.

    Raises:
        ValueError: The row is wrong.
    """
    answer, tier = cells["sign"].lower(), cells["tier"].lower() or _TIER
    match = entry_of_site(cells["site"])
    if match is None:
        raise ValueError(f"no register can name `{cells['site']}`; restore the site")
    if answer not in _YES | _NO:
        raise ValueError(f"`{cells['sign']}` is no answer; write 是 or 否 (yes or no)")
    if answer in _NO:
        return match, None
    if tier not in TIERS:
        raise ValueError(f"`{cells['tier']}` is no tier; write one of {', '.join(TIERS)}")
    told: dict[str, Any] = {"match": match, "name": cells["name"] or cells["site"]}
    told |= {"category": _CATEGORY, "tier": tier, "stated_by": _STATED_BY, "stated_on": day}
    return match, Source.model_validate(told)


def add_to_register(path: str, sources: Sequence[Source]) -> int:
    """Adds entries to a register, and returns how many it has then.

    An entry takes the place of the one with its `match`; the rest stays as it is.

    Raises:
        ConfigError: The file is there and is no register, or its name is none of one.
    """
    form = Path(path).suffix.lower()
    if form not in _FORMS:
        raise ConfigError(f"{path}: name the register {', '.join(_FORMS)}")
    held = load_sources(Path(path)) if Path(path).exists() else []
    merged = {source.match: source for source in (*held, *sources)}
    rows = [
        source.model_dump(mode="json", exclude_unset=True) for _, source in sorted(merged.items())
    ]
    content = _as_csv(rows) if form == ".csv" else _as_yaml(rows)
    filesystem.write_bytes(path, content.encode())
    return len(rows)


def _as_csv(rows: Sequence[dict[str, Any]]) -> str:
    names = [name for name in Source.model_fields if any(name in row for row in rows)]
    held = io.StringIO(newline="")
    writer = csv.DictWriter(held, names or ["match"], lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return held.getvalue()


def _as_yaml(rows: Sequence[dict[str, Any]]) -> str:
    text: str = yaml.safe_dump({"sources": list(rows)}, allow_unicode=True, sort_keys=False)
    return text
