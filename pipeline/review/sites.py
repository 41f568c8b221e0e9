"""The sites of a finished run, sorted by what they would add, with sample texts."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.read import storage
from jingyu.pipeline.review.corpus import open_corpus
from jingyu.pipeline.store.parquet import read_parquet
from jingyu.schemas.sites import SITES, VERDICTS

SAMPLES: Final = 5
_SHOWN: Final = 120
_UNTOLD = frozenset({"trusted", "fine", "unknown"})

Site = dict[str, Any]
"""A row of `SITES`, with `name` (what most kept pages call it) and `samples` (their beginnings)."""


def sites_of(out: str) -> pa.Table:
    """Returns the rows of `SITES` of a finished run.

    Raises:
        InputError: The folder holds none.
    """
    folder = storage.join(out, "sites")
    paths = sorted(each.path for each in storage.find(folder)) if storage.exists(folder) else []
    if not paths:
        raise InputError(f"{out}: has no sites/; give the output folder of a finished run")
    return pa.concat_tables([read_parquet(path, SITES.names) for path in paths])


def proposed(sites: pa.Table, count: int) -> list[Site]:
    """Returns the sites that would add most: the better verdict first, then more characters.

    Sites of the register are none of them: nobody has to sign these.
    """
    rows: list[Site] = sites.filter(pc.is_null(sites["source_name"])).to_pylist()
    fitting = [row for row in rows if row["verdict"] in _UNTOLD and row["passed_pages"]]
    fitting.sort(key=lambda row: (_rank(row), -row["passed_chars"], row["site"]))
    return fitting[:count]


def condemned(sites: pa.Table, count: int) -> list[Site]:
    """Returns the sites that most speaks against: the worse verdict first, then more pages."""
    rows: list[Site] = sites.filter(
        pc.not_equal(pc.list_value_length(sites["against"]), 0)
    ).to_pylist()
    rows.sort(key=lambda row: (-_rank(row), -len(row["against"]), -row["pages"], row["site"]))
    return rows[:count]


def _rank(row: Site) -> int:
    return VERDICTS.index(row["verdict"])


def with_samples(out: str, chosen: Sequence[Site]) -> list[Site]:
    """Returns sites with the names that their pages give them, and beginnings of kept texts."""
    names, texts = _of_corpus(out, {row["site"] for row in chosen})
    return [
        row
        | {"name": _most(names[row["site"]])}
        | {"samples": [text for _, text in sorted(texts[row["site"]])]}
        for row in chosen
    ]


def _of_corpus(
    out: str, wanted: Collection[str]
) -> tuple[dict[str, Counter[str]], dict[str, list[tuple[str, str]]]]:
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    texts: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for batch in open_corpus(out).batches(["site", "site_name", "document_id", "text"]):
        is_wanted = pc.is_in(batch.column("site"), pa.array(sorted(wanted), pa.string()))
        for row in batch.filter(is_wanted).to_pylist():
            site = row["site"]
            names[site][row["site_name"] or ""] += 1
            # Ids are hashes: the smallest are a random draw, the same in each run.
            drawn = [*texts[site], (row["document_id"], row["text"][:_SHOWN])]
            texts[site] = sorted(drawn)[:SAMPLES]
    return names, texts


def _most(names: Counter[str]) -> str | None:
    told = [(-count, name) for name, count in names.items() if name]
    return min(told)[1] if told else None
