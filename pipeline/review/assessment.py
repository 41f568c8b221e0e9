"""Assessment of sources: what a trial crawl found of each, pass or fail, and a sample of it."""

import json
from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.read import storage
from jingyu.pipeline.review.sites import sites_of
from jingyu.pipeline.store.layout import MANIFEST
from jingyu.pipeline.store.parquet import read_parquet

SAMPLE: Final = 10
"""Pages of a source that are named."""
_CLAUSE: Final = "GB/T 45654-2025 5.1 a)"
_OF_PAGES: Final = ("document_id", "site", "url", "outcome", "stage", "reason")
_OF_SITES: Final = (
    "site", "source_name", "source_tier", "pages", "bad_pages", "least_bad_ratio",
    "most_bad_ratio", "verdict", "against",
)  # fmt: skip
_SETTINGS: Final = ("bad_reasons", "max_bad_ratio", "min_pages", "confidence")

Row = dict[str, Any]


def assessment(out: str) -> Row:
    """Returns what a finished run on a trial crawl says of each source.

    `fail`: more of its pages are bad than `verdicts.max_bad_ratio`. `pass`: not more. `too_few`:
    the trial had less than `verdicts.min_pages` pages of it, which say nothing.

    Raises:
        InputError: The folder holds no finished run, or its config calls no page a bad one.
    """
    try:
        manifest = json.loads(storage.read_bytes(storage.join(out, MANIFEST)))
    except (OSError, ValueError) as error:
        raise InputError(f"{out}: holds no finished run; give its output folder") from error
    settings = manifest["config"]["verdicts"]
    if not settings["bad_reasons"]:
        raise InputError(
            f"{out}: its config calls no page a bad one; name reasons in `verdicts.bad_reasons`"
        )
    rows = sites_of(out).sort_by("site").select(_OF_SITES).to_pylist()
    samples = _samples(out, [part["path"] for part in manifest["parts"]])
    return {
        "clause": _CLAUSE,
        "created_at": manifest.get("created_at"),
        "inputs": manifest.get("inputs", []),
        **{name: settings[name] for name in _SETTINGS},
        "sources": [
            row | {"bad_ratio": row["bad_pages"] / row["pages"], "result": result_of(row, settings)}
            | {"sample": samples.get(row["site"], [])}
            for row in rows
        ],
    }  # fmt: skip


def result_of(site: Row, settings: Row) -> str:
    """Returns `pass`, `fail` or `too_few`."""
    if site["pages"] < settings["min_pages"]:
        return "too_few"
    return "fail" if site["bad_pages"] > settings["max_bad_ratio"] * site["pages"] else "pass"


def _samples(out: str, parts: list[str]) -> dict[str, list[Row]]:
    """Returns a few pages of each site: those of the least ids, which are as good as drawn."""
    held: dict[str, list[Row]] = {}
    for table in _ledger(out, parts):
        for row in table.to_pylist():
            site = row.pop("site")
            chosen = held.setdefault(site, [])
            chosen.append(row)
            if len(chosen) > 2 * SAMPLE:
                held[site] = _least(chosen)
    return {site: _least(rows) for site, rows in held.items()}


def _least(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: str(row["document_id"]))[:SAMPLE]


def _ledger(out: str, parts: list[str]) -> Iterator[pa.Table]:
    for part in sorted(parts):
        if part.startswith("ledger/"):
            table = read_parquet(storage.join(out, part), _OF_PAGES)
            yield table.filter(pc.is_valid(table["site"]))
