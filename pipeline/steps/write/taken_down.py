"""Takedown: which documents of an item the lists name, whatever else was decided on them."""

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from jingyu.filters.decisions import Decisions
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.config.takedown_lists import Entry, read_takedown
from jingyu.pipeline.steps.write.takedown import Takedown
from jingyu.pipeline.store.decided import read_decisions
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.row_groups import batches, signatures_of, taken
from jingyu.schemas.decisions import REJECTED, Decision


def takedown_of(config: RunConfig) -> Takedown:
    """Returns what a config takes down.

    Raises:
        ConfigError: A list cannot be read or is wrong.
    """
    similarity = config.deduplication.min_similarity
    return _takedown(config.takedown.lists, config.signature.hashes, similarity)


@functools.cache
def _takedown(lists: tuple[str, ...], hashes: int, min_similarity: float) -> Takedown:
    return Takedown.of(read_takedown(lists), hashes, min_similarity)


def taken_down(key: str, layout: Layout, takedown: Takedown) -> dict[int, Entry]:
    """Returns the entry that names each staged document of an item, if one does."""
    found: dict[int, Entry] = {}
    if takedown:
        for start, batch in batches(layout.staged(key).documents, takedown.columns):
            signatures = _signatures(batch)
            named = takedown.named(batch, signatures)
            found |= {start + row: entry for row, entry in named.items()}
    return found


def end_taken_down(decisions: Decisions, named: Mapping[int, Entry]) -> None:
    """Ends the way of documents that entries name, whatever was decided on them."""
    if named:
        rows = np.array(sorted(named), np.int64)
        evidence = [named[row].name for row in rows.tolist()]
        decisions.overrule(rows, Decision(REJECTED, "takedown", "taken_down"), evidence=evidence)


def _signatures(batch: pa.RecordBatch) -> Any:
    names = batch.schema.names
    return signatures_of(batch.column("signature")) if "signature" in names else None


def described(key: str, layout: Layout, named: Mapping[int, Entry]) -> dict[str, dict[str, Any]]:
    """Returns what proof needs of documents that are taken down, by id."""
    if not named:
        return {}
    rows = np.array(sorted(named), np.int64)
    survivors = read_decisions(key, layout, "deduplicate")["duplicate_of"]
    decided = read_decisions(key, layout, "caps")
    otherwise = [
        None if is_open else reason
        for is_open, reason in zip(decided.is_open, decided["reason"], strict=True)
    ]
    columns = ["document_id", "url", "text_hash", "signature"]
    found = {}
    for here, batch in taken(layout.staged(key).documents, columns, rows):
        for row, described in zip(rows[here].tolist(), batch.to_pylist(), strict=True):
            described["signature"] = described["signature"].hex()
            more = {
                "entry": named[row].name,
                "duplicate_of": survivors[row],
                "otherwise": otherwise[row],
            }
            found[described.pop("document_id")] = described | more
    return found
