"""The source gate: sources whose share of bad pages is too large are left out whole."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jingyu.filters.select import KEPT
from jingyu.filters.settings.errors import ConfigError
from jingyu.filters.source.source_list import source_list
from jingyu.filters.source.wilson import wilson
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.steps.select.grounds import grounds_of
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.staging import read_table, write_table

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

    Beside them stand the rows of each item that go for it.
    """
    settings = config.source_gate
    name = settings.source
    bad = [
        place
        for place, ground in enumerate(grounds_of(config))
        if ground.stage == "select" and ground.reason in settings.bad_reasons
    ]
    counts = [_counts(key, layout, name, bad) for key in keys] if bad else []
    rows = [
        row | {"kind": name, "bad_ratio": row["bad_pages"] / row["pages"]}
        for row in _added_up(counts).to_pylist()
        if row["source"]
        and row["pages"] >= settings.min_pages
        and wilson(row["bad_pages"], row["pages"])[0] > settings.max_bad_ratio
    ]
    ratios = {row["source"]: row["bad_ratio"] for row in rows}
    for key in keys if ratios else ():
        _write_dropped_rows(key, layout, name, ratios)
    # Written last: it says that all is there.
    write_table(layout.dropped_sources, pa.Table.from_pylist(rows, _DROPPED))


def _write_dropped_rows(key: str, layout: Layout, name: str, ratios: Mapping[str, float]) -> None:
    rejecting = read_table(layout.verdicts(key))["rejecting"].to_numpy()
    sources = layout.staged(key).table([name])[name].to_pylist()
    found = [
        (row, ratios[source])
        for row, (source, place) in enumerate(zip(sources, rejecting.tolist(), strict=True))
        if place == KEPT and source in ratios
    ]
    if found:
        dropped, shares = zip(*found, strict=True)
        columns = {"row": pa.array(dropped, pa.int64()), "bad_ratio": pa.array(shares)}
        write_table(layout.dropped_rows(key), pa.table(columns))


def _counts(key: str, layout: Layout, name: str, bad: Sequence[int]) -> pa.Table:
    rejecting = read_table(layout.verdicts(key))["rejecting"].to_numpy()
    sources = layout.staged(key).table([name])[name]
    is_bad = np.isin(rejecting, bad).astype(np.int64)
    ones = np.ones(len(rejecting), np.int64)
    return _added_up([pa.table({"source": sources, "pages": ones, "bad_pages": is_bad})])


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
