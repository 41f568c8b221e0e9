"""Caps of sources: none is more of the corpus than the register allows it to be."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jingyu.filters.decisions import Decisions
from jingyu.filters.source.register import Register
from jingyu.pipeline.store.decided import read_decisions, write_decisions
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.tables import read_table, write_table
from jingyu.schemas.decisions import REJECTED, Decision

_BUCKETS: Final = 1 << 16
"""Documents are dealt to so many buckets by their ids; a capped source keeps the first buckets, as
many as fit its share."""
_DIGITS: Final = 4
"""Hexadecimal digits of an id that say its bucket."""
_CAPPED = pa.schema(
    [
        ("source", pa.string()),
        ("max_share", pa.float64()),
        ("share", pa.float64()),
        ("buckets", pa.int64()),
    ]
)


class _Counted(NamedTuple):
    """Characters of capped sources by bucket, a row each, and of all other sources together."""

    capped: NDArray[np.float64]
    others: float


def caps_of(register: Register) -> dict[str, float]:
    """Returns the largest share of the corpus, by characters, of each source that has one."""
    caps = ((source.name, source.max_share) for source in register.sources)
    return {name: share for name, share in caps if share is not None}


def write_caps(keys: Sequence[str], layout: Layout, caps: Mapping[str, float]) -> None:
    """Writes which documents go since their source would be too much of the corpus.

    They are drawn by their ids, so that neither their order nor how files are cut matters.

    Args:
        keys: The items.
        layout: Where things are.
        caps: Largest share of the corpus, by characters, of each source that has one.
    """
    names = sorted(caps)
    counted = _count(keys, layout, names) if names else _Counted(np.zeros((0, _BUCKETS)), 0.0)
    limits = np.array([caps[name] for name in names])
    sizes = counted.capped.sum(axis=1)
    total = counted.others + sizes.sum()
    allowed = fitting(sizes, limits, counted.others)
    fits = np.cumsum(counted.capped, axis=1) <= allowed[:, None]
    buckets = np.where(sizes <= allowed, _BUCKETS, fits.sum(axis=1))
    shares = sizes / total if total else sizes
    rows = [
        {"source": name, "max_share": limit, "share": share, "buckets": bucket}
        for name, limit, share, bucket in zip(
            names, limits.tolist(), shares.tolist(), buckets.tolist(), strict=True
        )
        if bucket < _BUCKETS
    ]
    table = pa.Table.from_pylist(rows, _CAPPED)
    for key in keys if rows else ():
        _write_rows(key, layout, {row["source"]: row for row in rows})
    write_table(layout.capped_sources, table)


def fitting(
    sizes: NDArray[np.float64], limits: NDArray[np.float64], others: float
) -> NDArray[np.float64]:
    """Returns how much of each capped source fits, so that no share of what is left is too large.

    Args:
        sizes: Characters of each.
        limits: Largest share of each, above 0 to 1.
        others: Characters of all other sources.
    """
    # A source is whole in a corpus of at least so many characters: those that need most are cut.
    whole_at = sizes / limits
    total = others + float(sizes.sum())
    for least in np.sort(whole_at)[::-1]:
        if total >= least:
            break
        is_cut = whole_at >= least
        total = (others + float(sizes[~is_cut].sum())) / (1 - float(limits[is_cut].sum()))
    return np.minimum(sizes, limits * total)


def _count(keys: Sequence[str], layout: Layout, names: Sequence[str]) -> _Counted:
    capped, others = np.zeros((len(names), _BUCKETS)), 0.0
    for key in keys:
        places, buckets, sizes = _kept(key, layout, names)
        is_capped = places >= 0
        np.add.at(capped, (places[is_capped], buckets[is_capped]), sizes[is_capped])
        others += float(sizes[~is_capped].sum())
    return _Counted(capped, others)


def _kept(
    key: str, layout: Layout, names: Sequence[str]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Returns of each staged document its source, its bucket and its characters.

    The source is a place in `names`, -1 for all others; documents that are not kept have 0
    characters.
    """
    table = layout.staged(key).table(["source_name", "document_id", "char_count"])
    number = {name: place for place, name in enumerate(names)}
    places = np.array([number.get(n, -1) for n in table["source_name"].to_pylist()], np.int64)
    ids = table["document_id"].to_pylist()
    buckets = np.array([int(each[:_DIGITS], 16) for each in ids], np.int64)
    is_kept = read_decisions(key, layout, "clean").is_open
    return places, buckets, np.where(is_kept, table["char_count"].to_numpy(), 0.0)


def _write_rows(key: str, layout: Layout, capped: Mapping[str, Mapping[str, float]]) -> None:
    names = sorted(capped)
    places, buckets, sizes = _kept(key, layout, names)
    firsts = np.array([capped[name]["buckets"] for name in names])
    rows = np.flatnonzero((places >= 0) & (sizes > 0) & (buckets >= firsts[places]))
    if rows.size:
        over = [capped[names[place]] for place in places[rows]]
        decisions = Decisions.none(len(sizes))
        decision = Decision(REJECTED, "sources", "over_share")
        shares, limits = ([row[name] for row in over] for name in ("share", "max_share"))
        decisions.end(rows, decision, measured=shares, limit=limits)
        write_decisions("caps", key, layout, decisions)


def capped_sources(layout: Layout) -> list[dict[str, object]]:
    """Returns the sources that were cut to their share."""
    rows: list[dict[str, object]] = read_table(layout.capped_sources).to_pylist()
    return rows
