"""The source gate: sources whose share of bad pages is too large are left out whole."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jingyu.filters.decisions import Decisions
from jingyu.filters.settings.errors import ConfigError
from jingyu.filters.source.settings import SourceGate
from jingyu.filters.source.source_list import source_list
from jingyu.filters.source.wilson import wilson
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.store.decided import read_decisions, write_decisions
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.tables import read_table, write_table
from jingyu.schemas.decisions import REJECTED, Decision

_OF_THE_PASS = ("sources", "gate", "language")
"""Stages of decisions that a narrower pass would have made."""
_PREFIXES = {"host": "full:", "registered_domain": ""}
_DROPPED = pa.schema(
    [
        ("kind", pa.string()),
        ("source", pa.string()),
        ("pages", pa.int64()),
        ("bad_pages", pa.int64()),
        ("bad_ratio", pa.float64()),
    ]
)


def write_dropped_sources(keys: Sequence[str], layout: Layout, config: RunConfig) -> None:
    """Writes the sources that are left out, sorted, with their counts over all staged pages.

    It writes the decisions on their documents, too, in a file for each item that has some.
    """
    settings = config.source_gate
    counts = [_counts(key, layout, settings) for key in keys] if settings.bad_reasons else []
    rows = [
        row | {"kind": settings.source, "bad_ratio": row["bad_pages"] / row["pages"]}
        for row in _added_up(counts).to_pylist()
        if row["source"]
        and row["pages"] >= settings.min_pages
        and wilson(row["bad_pages"], row["pages"])[0] > settings.max_bad_ratio
    ]
    ratios = {row["source"]: row["bad_ratio"] for row in rows}
    for key in keys if ratios else ():
        _drop(key, layout, settings, ratios)
    # Written last: it says that all is there.
    write_table(layout.dropped_sources, pa.Table.from_pylist(rows, _DROPPED))


def _drop(key: str, layout: Layout, settings: SourceGate, ratios: Mapping[str, float]) -> None:
    """Ends the way of an item's documents of sources that are left out."""
    is_open = read_decisions(key, layout, "select").is_open
    sources = layout.staged(key).table([settings.source])[settings.source].to_pylist()
    rows = [row for row in np.flatnonzero(is_open).tolist() if sources[row] in ratios]
    if rows:
        decisions = Decisions.none(len(sources))
        bad = Decision(REJECTED, "sources", "bad_source", None, settings.max_bad_ratio)
        measured = [ratios[sources[row]] for row in rows]
        decisions.end(np.array(rows), bad, measured=measured)
        write_decisions("sources", key, layout, decisions)


def _counts(key: str, layout: Layout, settings: SourceGate) -> pa.Table:
    """Returns the pages and the bad pages of each source.

    Pages that a pass just as wide as the config turns away do not count, so that the gate decides
    alike over what a wider pass staged.
    """
    decisions = read_decisions(key, layout, "select")
    sources = layout.staged(key).table([settings.source])[settings.source]
    is_let_in = ~np.isin(decisions["stage"].astype(str), _OF_THE_PASS)
    is_bad = (decisions["stage"] == "select") & np.isin(
        decisions["reason"].astype(str), settings.bad_reasons
    )
    return _added_up(
        [
            pa.table(
                {
                    "source": sources.filter(pa.array(is_let_in)),
                    "pages": np.ones(int(is_let_in.sum()), np.int64),
                    "bad_pages": is_bad[is_let_in].astype(np.int64),
                }
            )
        ]
    )


def _added_up(counts: Sequence[pa.Table]) -> pa.Table:
    if not counts:
        return pa.table({"source": pa.array([], pa.string()), "pages": [], "bad_pages": []})
    grouped = pa.concat_tables(counts).group_by("source")
    added = grouped.aggregate([("pages", "sum"), ("bad_pages", "sum")])
    named = added.rename_columns(["source", "pages", "bad_pages"])
    return named.take(pc.sort_indices(named, [("source", "ascending")]))


def dropped_sources(layout: Layout) -> list[dict[str, object]]:
    """Returns the sources that are left out."""
    rows: list[dict[str, object]] = read_table(layout.dropped_sources).to_pylist()
    return rows


def as_block_list(dropped: Sequence[dict[str, object]]) -> str:
    """Returns dropped sources as a list for `sources.block_lists` of later runs.

    Hosts that no such list can name, such as `[2001:db8::1]`, stand in it as comments.
    """
    return "\n".join(["# sources with too many bad pages", *map(_line, dropped), ""])


def _line(row: dict[str, object]) -> str:
    entry = f"{_PREFIXES[str(row['kind'])]}{row['source']}"
    told = f"# {row['bad_pages']} of {row['pages']} pages bad"
    try:
        source_list([entry])
    except ConfigError:
        return f"# no list can name {entry!r}  {told}"
    return f"{entry}  {told}"
