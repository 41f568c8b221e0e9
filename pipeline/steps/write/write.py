"""Write: from staged documents and verdicts to a file of the corpus or of the ledger."""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from jingyu.filters.select import KEPT
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.read import storage
from jingyu.pipeline.steps.outcomes import Outcomes, read_outcomes
from jingyu.pipeline.steps.select.grounds import grounds_of
from jingyu.pipeline.steps.verdicts import DUPLICATE_REASONS, NEAR
from jingyu.pipeline.steps.write.corpus_rows import corpus_rows
from jingyu.pipeline.steps.write.origins import count_origins
from jingyu.pipeline.steps.write.plan import LedgerPart, Shard, Slice
from jingyu.pipeline.steps.write.statistics import add_up, corpus_statistics, ledger_statistics
from jingyu.pipeline.steps.write.takedown import Takedown
from jingyu.pipeline.steps.write.taken_down import described, taken_down
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.staging import ROWS_IN_GROUP, Spool, batches_of, read_parquet
from jingyu.schemas.corpus import CORPUS
from jingyu.schemas.ledger import LEDGER, ledger_rows
from jingyu.schemas.provenance import PROVENANCE
from jingyu.schemas.staging import STAGING

_COMPRESSION_LEVEL = 3
_ORDER = ("source_file", "offset", "ordinal")
_STAGED = [name for name in CORPUS.names if name in STAGING.names]


def write_shard(shard: Shard, layout: Layout, takedown: Takedown | None = None) -> None:
    """Writes a file of the corpus, then its statistics.

    What is taken down leaves its shard; the plan of shards does not know of it, so that all other
    shards stay as they are.
    """
    path = storage.join(layout.write_folder, "corpus", shard.name)
    statistics: list[dict[str, Any]] = []
    with filesystem.open_to_write(path) as stream:
        spool = Spool(stream)
        with _writer(spool, CORPUS) as writer:
            for batch in _in_groups(_kept(shard, layout, takedown)):
                writer.write_batch(batch, row_group_size=batch.num_rows)
                spool.drain()
                statistics.append(corpus_statistics(batch) | count_origins(batch))
        spool.drain()
    _write_statistics(path, statistics)


def write_ledger(
    part: LedgerPart, layout: Layout, config: RunConfig, takedown: Takedown | None = None
) -> None:
    """Writes a file of the ledger, then its statistics."""
    path = storage.join(layout.write_folder, "ledger", part.name)
    statistics: list[dict[str, Any]] = []
    with filesystem.open_to_write(path) as stream:
        spool = Spool(stream)
        with _writer(spool, LEDGER) as writer:
            for key in part.keys:
                rows = item_ledger(key, layout, config, takedown)
                for batch in rows.to_batches(max_chunksize=64 * ROWS_IN_GROUP):
                    writer.write_batch(batch)
                    spool.drain()
                    statistics.append(ledger_statistics(batch))
                if takedown:
                    named = taken_down(key, layout, takedown)
                    statistics.append({"taken_down": described(key, layout, named)})
        spool.drain()
    _write_statistics(path, statistics)


def item_ledger(
    key: str, layout: Layout, config: RunConfig, takedown: Takedown | None = None
) -> pa.Table:
    """Returns the ledger rows of an item, in the order of its records."""
    staged = layout.staged(key)
    documents = read_parquet(staged.documents, PROVENANCE.names).combine_chunks()
    outcomes = read_outcomes(key, layout, takedown)
    batches = documents.to_batches()
    decided = [_decided(batches[0], outcomes, config)] if batches else []
    ended = read_parquet(staged.ended)
    rows = pa.concat_tables([ended.cast(LEDGER), pa.Table.from_batches(decided, LEDGER)])
    return rows.sort_by([(name, "ascending") for name in _ORDER]).combine_chunks()


def _decided(documents: pa.RecordBatch, outcomes: Outcomes, config: RunConfig) -> pa.RecordBatch:
    verdicts = outcomes.verdicts
    grounds = [np.array(column, np.object_) for column in zip(*grounds_of(config), strict=True)]
    stage, reasons, found = (column[verdicts.rejecting] for column in grounds)
    limits = found.astype(np.float64)
    is_rejected, is_duplicate = verdicts.rejecting != KEPT, verdicts.is_duplicate
    is_near = verdicts.kind == NEAR
    reasons[is_duplicate] = np.array(DUPLICATE_REASONS, np.object_)[verdicts.kind[is_duplicate]]
    limits[is_near] = config.deduplication.min_similarity
    measured = np.where(is_near, verdicts.similarity, verdicts.measured)
    choices = [is_rejected, is_duplicate]
    outcome = np.select(choices, ["rejected", "duplicate"], "kept").astype(np.object_)
    stage[is_duplicate] = "deduplicate"
    evidence = np.full(len(outcome), None, np.object_)
    for row, cleaned in outcomes.cleaned.items():
        evidence[row] = ", ".join(cleaned.items) or None
        if cleaned.reason:
            outcome[row], stage[row], reasons[row] = "rejected", "clean", cleaned.reason
            measured[row], limits[row] = cleaned.measured, cleaned.limit
    for row, (share, largest) in outcomes.capped.items():
        outcome[row], stage[row], reasons[row] = "rejected", "sources", "over_share"
        measured[row], limits[row] = share, largest
    for row, entry in outcomes.taken_down.items():
        outcome[row], stage[row], reasons[row] = "rejected", "takedown", "taken_down"
        measured[row] = limits[row] = np.nan
        evidence[row] = entry.name
    return ledger_rows(
        documents,
        outcome=outcome,
        stage=stage,
        reason=reasons,
        measured=pa.array(measured, from_pandas=True),
        limit=pa.array(limits, from_pandas=True),
        evidence=evidence,
        duplicate_of=verdicts.duplicate_of,
        duplicate_corpus=verdicts.duplicate_corpus,
        similarity=pa.array(verdicts.similarity, from_pandas=True),
    )


def _kept(shard: Shard, layout: Layout, takedown: Takedown | None) -> Iterator[pa.RecordBatch]:
    for piece in shard.slices:
        outcomes = read_outcomes(piece.key, layout, takedown)
        yield from _kept_in(piece, shard, outcomes, layout.staged(piece.key).documents)


def _kept_in(piece: Slice, shard: Shard, outcomes: Outcomes, path: str) -> Iterator[pa.RecordBatch]:
    start = 0
    is_in_piece = np.zeros(len(outcomes.is_kept), np.bool_)
    is_in_piece[piece.start : piece.stop] = True
    is_wanted = outcomes.is_kept & is_in_piece
    for batch in batches_of(path, _STAGED):
        quality = batch.column("quality").to_numpy()
        here = slice(start, start + batch.num_rows)
        start = here.stop
        is_in_band = (quality >= shard.min_quality) & (quality < shard.max_quality)
        rows = np.flatnonzero(is_wanted[here] & is_in_band)
        if len(rows):
            yield corpus_rows(batch.take(pa.array(rows)), rows + here.start, outcomes)


def _in_groups(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yields the same rows in batches of a row group's size, whatever batches they came in."""
    held = pa.Table.from_batches([], CORPUS)
    for batch in batches:
        held = pa.concat_tables([held, pa.Table.from_batches([batch])])
        while held.num_rows >= ROWS_IN_GROUP:
            yield from held.slice(0, ROWS_IN_GROUP).combine_chunks().to_batches()
            held = held.slice(ROWS_IN_GROUP)
    yield from held.combine_chunks().to_batches()


def _writer(stream: Any, schema: pa.Schema) -> pq.ParquetWriter:
    return pq.ParquetWriter(
        stream,
        schema,
        compression="zstd",
        compression_level=_COMPRESSION_LEVEL,
        sorting_columns=pq.SortingColumn.from_ordering(
            schema, [(name, "ascending") for name in _ORDER]
        ),
    )


def _write_statistics(path: str, statistics: list[dict[str, Any]]) -> None:
    filesystem.write_bytes(statistics_path(path), json.dumps(add_up(statistics)).encode())


def statistics_path(path: str) -> str:
    """Returns where the statistics of an output file are staged; written after the file."""
    return f"{path.removesuffix('.parquet')}.json"
