"""Write: from staged documents and decisions to a file of the corpus or of the ledger."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from jingyu.filters.decisions import Decisions
from jingyu.filters.lexicon.settings import configured_subjects
from jingyu.pipeline.config.config import RunConfig, digest_of, resolved
from jingyu.pipeline.page.extract.plain import plain_text
from jingyu.pipeline.read import storage
from jingyu.pipeline.steps.clean.changes import read_changes
from jingyu.pipeline.steps.write.corpus_rows import corpus_rows
from jingyu.pipeline.steps.write.counted import write_counted
from jingyu.pipeline.steps.write.ledger_rows import (
    OF_THE_PASS,
    ORDER,
    all_decisions,
    item_ledger,
)
from jingyu.pipeline.steps.write.origins import count_origins
from jingyu.pipeline.steps.write.plan import LedgerPart, Shard
from jingyu.pipeline.steps.write.sampling import sampling_weight
from jingyu.pipeline.steps.write.statistics import (
    Statistics,
    add_up,
    corpus_statistics,
    ledger_statistics,
)
from jingyu.pipeline.steps.write.takedown import Takedown
from jingyu.pipeline.steps.write.taken_down import described, taken_down
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.corpus import document_columns, nested
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.parquet import ROWS_IN_GROUP, batches_of, in_groups
from jingyu.pipeline.store.row_writer import Described, Written
from jingyu.pipeline.store.staging import Staged
from jingyu.pipeline.store.tables import TABLE, write_table
from jingyu.pipeline.store.tallies import (
    Tallies,
    corpus_tallies,
    duplicate_tallies,
    ledger_tallies,
    merged,
    signal_tallies,
)
from jingyu.schemas.corpus import DOCUMENT, corpus_schema
from jingyu.schemas.ledger import LEDGER
from jingyu.schemas.staging import RULED, STAGING

_COMPRESSION_LEVEL = 3
_GROUPS_AT_ONCE = 20
"""Row groups that are tallied at once: a tally costs 30 ms, few of them for its rows."""
_STAGED = [name for name in DOCUMENT.names if name in STAGING.names]


def write_shard(
    shard: Shard, layout: Layout, config: RunConfig, takedown: Takedown | None = None
) -> None:
    """Writes a file of the corpus, then its statistics.

    What is taken down leaves its shard. The plan of shards does not know of it, so that all other
    shards stay as they are.
    """
    path = storage.join(layout.folder("write"), "corpus", shard.name)
    schema = with_limits(corpus_schema(configured_subjects(config.lexicon)), config)
    columns = [name for name in document_columns(schema) if name != "text"]
    held: list[pa.RecordBatch] = []
    statistics: list[Statistics] = []
    tallies: list[Tallies] = []
    with filesystem.open_to_write(path) as stream:
        spool = Described(stream)
        with _writer(spool, schema) as writer:
            for batch in in_groups(_kept(shard, layout, config, takedown), DOCUMENT):
                writer.write_batch(nested(batch, schema), row_group_size=batch.num_rows)
                spool.drain()
                statistics.append(corpus_statistics(batch) | count_origins(batch))
                held.append(batch.select(columns))
                if len(held) == _GROUPS_AT_ONCE:
                    tallies.append(corpus_tallies(pa.Table.from_batches(held)))
                    held.clear()
        spool.drain()
    if held:
        tallies.append(corpus_tallies(pa.Table.from_batches(held)))
    _write_statistics(path, spool.written(), statistics, tallies)


def write_ledger(
    part: LedgerPart, layout: Layout, config: RunConfig, takedown: Takedown | None = None
) -> None:
    """Writes a file of the ledger, then its statistics."""
    path = storage.join(layout.folder("write"), "ledger", part.name)
    signals = _ruled(config)
    statistics: list[Statistics] = []
    tallies: list[Tallies] = []
    with filesystem.open_to_write(path) as stream:
        spool = Described(stream)
        with _writer(spool, with_limits(LEDGER, config)) as writer:
            for key in part.keys:
                decisions = all_decisions(key, layout, takedown)
                rows = item_ledger(key, layout, decisions)
                lost = _lost_signals(layout.staged(key), decisions, signals)
                tallies += [ledger_tallies(rows), duplicate_tallies(rows), lost]
                for batch in rows.to_batches(max_chunksize=64 * ROWS_IN_GROUP):
                    writer.write_batch(batch)
                    spool.drain()
                    statistics.append(ledger_statistics(batch))
                if takedown:
                    named = taken_down(key, layout, takedown)
                    statistics.append({"taken_down": described(key, layout, named)})
        spool.drain()
    _write_statistics(path, spool.written(), statistics, tallies)


def _ruled(config: RunConfig) -> list[str]:
    """Returns the signals that the corpus of a config has."""
    columns = document_columns(corpus_schema(configured_subjects(config.lexicon)))
    return [name for name in columns if name in RULED.names]


def _lost_signals(staged: Staged, decisions: Decisions, signals: Sequence[str]) -> Tallies:
    """Returns how the signals of an item's documents are distributed that are not kept.

    What a narrower pass would not have staged does not count.
    """
    is_lost = ~decisions.is_open & ~np.isin(decisions["stage"].astype(str), list(OF_THE_PASS))
    outcomes = pa.array(decisions["outcome"][is_lost], pa.string())
    return signal_tallies(staged.table(signals).filter(pa.array(is_lost)), outcomes)


def with_limits(schema: pa.Schema, config: RunConfig) -> pa.Schema:
    """Returns a schema whose files carry what let their documents through."""
    told = resolved(config)
    return schema.with_metadata(
        {
            b"jingyu.config": json.dumps(told, ensure_ascii=False),
            b"jingyu.config_sha256": digest_of(told),
        }
    )


def _kept(
    shard: Shard, layout: Layout, config: RunConfig, takedown: Takedown | None
) -> Iterator[pa.RecordBatch]:
    """Yields the documents of a shard, as `DOCUMENT`."""
    plain = plain_text if config.extraction.format == "markdown" else str
    for piece in shard.slices:
        decisions = all_decisions(piece.key, layout, takedown)
        is_wanted = decisions.is_open
        is_wanted[: piece.start] = is_wanted[piece.stop :] = False
        changes = {change.row: change for change in read_changes(piece.key, layout)}
        start = 0
        for batch in batches_of(layout.staged(piece.key).documents, _STAGED):
            quality = batch.column("quality").to_numpy()
            is_in_band = (quality >= shard.min_quality) & (quality < shard.max_quality)
            rows = np.flatnonzero(is_wanted[start : start + batch.num_rows] & is_in_band)
            if len(rows):
                here = rows + start
                domains = decisions["duplicate_domain_count"][here]
                more: dict[str, Sequence[Any]] = {
                    "duplicate_count": decisions["duplicate_count"][here].tolist(),
                    "duplicate_domain_count": domains.tolist(),
                    "sampling_weight": sampling_weight(domains).tolist(),
                    "band": [shard.band] * len(rows),
                }
                yield corpus_rows(batch.take(pa.array(rows)), here.tolist(), changes, more, plain)
            start += batch.num_rows


def _writer(spool: Described, schema: pa.Schema) -> pq.ParquetWriter:
    return pq.ParquetWriter(
        spool,
        schema,
        metadata_collector=spool.footers,
        compression="zstd",
        compression_level=_COMPRESSION_LEVEL,
        sorting_columns=pq.SortingColumn.from_ordering(
            schema, [(name, "ascending") for name in ORDER]
        ),
    )


def _write_statistics(
    path: str, written: Written, statistics: list[Statistics], tallies: Sequence[Tallies]
) -> None:
    for name, table in merged(tallies).items():
        write_table(tally_path(path, name), table)
    write_counted(path, written, add_up(statistics))


def tally_path(path: str, name: str) -> str:
    """Returns where a table of what was counted in an output file is staged."""
    return f"{path.removesuffix('.parquet')}.{name}{TABLE}"
