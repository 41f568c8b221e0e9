"""Write: from staged documents and decisions to a file of the corpus or of the ledger."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from jingyu.filters.decisions import Decisions
from jingyu.filters.lexicon.settings import configured_subjects
from jingyu.pipeline.config.config import RunConfig, digest_of, resolved
from jingyu.pipeline.read import storage
from jingyu.pipeline.steps.clean.changes import read_changes
from jingyu.pipeline.steps.write.corpus_rows import corpus_rows
from jingyu.pipeline.steps.write.origins import count_origins
from jingyu.pipeline.steps.write.plan import LedgerPart, Shard
from jingyu.pipeline.steps.write.statistics import (
    Statistics,
    add_up,
    corpus_statistics,
    ledger_statistics,
)
from jingyu.pipeline.steps.write.takedown import Takedown
from jingyu.pipeline.steps.write.taken_down import described, end_taken_down, taken_down
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.corpus import document_columns, nested
from jingyu.pipeline.store.decided import read_decisions, read_decisions_on_ended
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.parquet import ROWS_IN_GROUP, batches_of, in_groups, read_parquet
from jingyu.pipeline.store.row_writer import Spool
from jingyu.pipeline.store.tables import TABLE, write_table
from jingyu.pipeline.store.tallies import (
    Tallies,
    corpus_tallies,
    ledger_tallies,
    merged,
    signal_tallies,
)
from jingyu.schemas.corpus import DOCUMENT, corpus_schema
from jingyu.schemas.decisions import DECISION
from jingyu.schemas.ledger import IN_BRIEF, LEDGER, LENGTH
from jingyu.schemas.provenance import DAMAGE_OF_DECODING, PROVENANCE
from jingyu.schemas.staging import RULED, STAGING

_COMPRESSION_LEVEL = 3
_GROUPS_AT_ONCE = 20
"""Row groups that are tallied at once: a tally costs 30 ms, few of them for its rows."""
_OF_THE_PASS = frozenset({"sources", "gate", "language"})
_ORDER = ("source_file", "offset", "ordinal")
_UNKNOWN = (LENGTH.name, "rights")
"""What the ledger does not tell of records that no text was extracted of."""
_ENDED = [name for name in LEDGER.names if name not in _UNKNOWN]
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
        spool = Spool(stream)
        with _writer(spool, schema) as writer:
            for batch in in_groups(_kept(shard, layout, takedown), DOCUMENT):
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
    _write_statistics(path, statistics, tallies)


def write_ledger(
    part: LedgerPart, layout: Layout, config: RunConfig, takedown: Takedown | None = None
) -> None:
    """Writes a file of the ledger, then its statistics."""
    path = storage.join(layout.folder("write"), "ledger", part.name)
    signals = _ruled(config)
    statistics: list[Statistics] = []
    tallies: list[Tallies] = []
    with filesystem.open_to_write(path) as stream:
        spool = Spool(stream)
        with _writer(spool, with_limits(LEDGER, config)) as writer:
            for key in part.keys:
                rows = item_ledger(key, layout, takedown)
                tallies += [ledger_tallies(rows), _lost_signals(key, layout, takedown, signals)]
                for batch in rows.to_batches(max_chunksize=64 * ROWS_IN_GROUP):
                    writer.write_batch(batch)
                    spool.drain()
                    statistics.append(ledger_statistics(batch))
                if takedown:
                    named = taken_down(key, layout, takedown)
                    statistics.append({"taken_down": described(key, layout, named)})
        spool.drain()
    _write_statistics(path, statistics, tallies)


def _ruled(config: RunConfig) -> list[str]:
    """Returns the signals that the corpus of a config has."""
    columns = document_columns(corpus_schema(configured_subjects(config.lexicon)))
    return [name for name in columns if name in RULED.names]


def _lost_signals(
    key: str, layout: Layout, takedown: Takedown | None, signals: Sequence[str]
) -> Tallies:
    """Returns how the signals of an item's documents are distributed that are not kept.

    What a narrower pass would not have staged does not count.
    """
    decisions = _decisions(key, layout, takedown)
    is_lost = ~decisions.is_open & ~np.isin(decisions["stage"].astype(str), list(_OF_THE_PASS))
    outcomes = pa.array(decisions["outcome"][is_lost], pa.string())
    return signal_tallies(layout.staged(key).table(signals).filter(pa.array(is_lost)), outcomes)


def with_limits(schema: pa.Schema, config: RunConfig) -> pa.Schema:
    """Returns a schema whose files carry what let their documents through."""
    told = resolved(config)
    return schema.with_metadata(
        {
            b"jingyu.config": json.dumps(told, ensure_ascii=False),
            b"jingyu.config_sha256": digest_of(told),
        }
    )


def item_ledger(key: str, layout: Layout, takedown: Takedown | None = None) -> pa.Table:
    """Returns the ledger rows of an item, in the order of its records."""
    rows = pa.concat_tables([_ended(key, layout), _documents(key, layout, takedown)])
    return rows.sort_by([(name, "ascending") for name in _ORDER]).combine_chunks()


def _ended(key: str, layout: Layout) -> pa.Table:
    """Returns the rows of records whose way ended in extract, or earlier by narrower criteria."""
    rows = _with_nothing_known(read_parquet(layout.staged(key).ended, _ENDED))
    anew = read_decisions_on_ended(key, layout)
    if anew is None or anew.is_open.all():
        return rows.cast(LEDGER)
    is_anew = pa.array(~anew.is_open)
    replaced = dict(zip(DECISION.names, anew.ledger(), strict=True))
    columns = [
        pc.if_else(is_anew, replaced[name], rows[name].combine_chunks())
        if name in replaced
        else rows[name]
        for name in LEDGER.names
    ]
    return pa.Table.from_arrays(columns, schema=LEDGER)


def _with_nothing_known(rows: pa.Table) -> pa.Table:
    """Returns rows of records that no text was extracted of, as rows of the ledger."""
    for name in _UNKNOWN:
        field = LEDGER.field(name)
        rows = rows.append_column(field, pa.nulls(rows.num_rows, field.type))
    return rows.select(LEDGER.names)


def _struct(columns: Sequence[pa.Array]) -> pa.Array:
    return pa.StructArray.from_arrays(columns, fields=list(LEDGER.field("rights").type))


def _documents(key: str, layout: Layout, takedown: Takedown | None) -> pa.Table:
    names = [*PROVENANCE.names, LENGTH.name, *IN_BRIEF]
    documents = read_parquet(layout.staged(key).documents, names)
    decided = _decisions(key, layout, takedown).ledger()
    rights = [documents[name].combine_chunks() for name in IN_BRIEF]
    known = documents.select([*PROVENANCE.names, LENGTH.name]).columns
    columns = [*known, *decided, _struct(rights)]
    rows = pa.Table.from_arrays(columns, schema=LEDGER)
    return _as_the_pass_tells(rows)


def _as_the_pass_tells(rows: pa.Table) -> pa.Table:
    """Returns rows of documents with no more than a narrower pass had seen of them.

    That is no damage of decoding, no length and no rights of those that it would have ended.
    """
    is_told = pc.invert(pc.is_in(rows["stage"], pa.array(sorted(_OF_THE_PASS))))
    for name in (LENGTH.name, "rights"):
        place = rows.schema.get_field_index(name)
        told = pc.if_else(is_told, rows[name].combine_chunks(), None)
        rows = rows.set_column(place, rows.schema.field(name), told)
    stages, damage = rows["stage"].to_pylist(), rows["damage"].to_pylist()
    seen = [
        [name for name in found if name not in DAMAGE_OF_DECODING]
        if stage in _OF_THE_PASS
        else found
        for stage, found in zip(stages, damage, strict=True)
    ]
    place = rows.schema.get_field_index("damage")
    field = rows.schema.field("damage")
    return rows.set_column(place, field, pa.array(seen, field.type))


def _decisions(key: str, layout: Layout, takedown: Takedown | None) -> Decisions:
    """Returns all that was decided on an item's documents."""
    decisions = read_decisions(key, layout, "caps")
    if takedown:
        end_taken_down(decisions, taken_down(key, layout, takedown))
    return decisions


def _kept(shard: Shard, layout: Layout, takedown: Takedown | None) -> Iterator[pa.RecordBatch]:
    """Yields the documents of a shard, as `DOCUMENT`."""
    for piece in shard.slices:
        decisions = _decisions(piece.key, layout, takedown)
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
                more: dict[str, Sequence[Any]] = {
                    "duplicate_count": decisions["duplicate_count"][here].tolist(),
                    "band": [shard.band] * len(rows),
                }
                yield corpus_rows(batch.take(pa.array(rows)), here.tolist(), changes, more)
            start += batch.num_rows


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


def _write_statistics(
    path: str, statistics: list[dict[str, Any]], tallies: Sequence[Tallies]
) -> None:
    for name, table in merged(tallies).items():
        write_table(tally_path(path, name), table)
    # Last: what has it is whole.
    filesystem.write_bytes(statistics_path(path), json.dumps(add_up(statistics)).encode())


def tally_path(path: str, name: str) -> str:
    """Returns where a table of what was counted in an output file is staged."""
    return f"{path.removesuffix('.parquet')}.{name}{TABLE}"


def statistics_path(path: str) -> str:
    """Returns where the statistics of an output file are staged; written after the file."""
    return f"{path.removesuffix('.parquet')}.json"
