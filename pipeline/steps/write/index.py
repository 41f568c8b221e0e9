"""Write: from staged documents and decisions to a file of the index."""

import json
from collections.abc import Iterator
from dataclasses import asdict

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from jingyu.filters.decisions import Decisions, is_none
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.page.extract.plain import unfenced
from jingyu.pipeline.page.sign.winnowing import INDEX_WINDOW, fingerprints
from jingyu.pipeline.read import storage
from jingyu.pipeline.steps.deduplicate.grams import pack_grams
from jingyu.pipeline.steps.deduplicate.parts.index_part import Parameters
from jingyu.pipeline.steps.deduplicate.sequences import grams_of
from jingyu.pipeline.steps.deduplicate.short import pack_short
from jingyu.pipeline.steps.write.counted import write_counted
from jingyu.pipeline.steps.write.plan import IndexFile
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.decided import read_decisions
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.parquet import batches_of, in_groups
from jingyu.pipeline.store.row_groups import signatures_of
from jingyu.pipeline.store.row_writer import Described
from jingyu.schemas.index import INDEX, METADATA

# Signatures are hashes: no compression makes them smaller, and trying takes time.
_COMPRESSION = dict.fromkeys(INDEX.names, "zstd") | {"signature": "none", "fingerprints": "none"}
_STAGED = ("document_id", "url_key", "text_hash", "char_count", "signature", "text")


def write_index(part: IndexFile, layout: Layout, config: RunConfig) -> None:
    """Writes a file of the index: the documents that the rules let through, of some items."""
    path = storage.join(layout.folder("write"), "index", part.name)
    parameters = json.dumps(asdict(Parameters.of(config.signature)), sort_keys=True)
    schema = INDEX.with_metadata({METADATA: parameters})
    with filesystem.open_to_write(path) as stream:
        spool = Described(stream)
        with pq.ParquetWriter(
            spool,
            schema,
            compression=_COMPRESSION,
            use_dictionary=False,
            metadata_collector=spool.footers,
        ) as writer:
            rows = (batch for key in part.keys for batch in _of_item(key, layout, config))
            for batch in in_groups(rows, INDEX):
                writer.write_batch(batch.cast(schema))
                spool.drain()
        spool.drain()
    write_counted(path, spool.written(), {})


def _of_item(key: str, layout: Layout, config: RunConfig) -> Iterator[pa.RecordBatch]:
    """Yields the rows of an item's documents that the rules let through."""
    passed = read_decisions(key, layout, "sources").is_open
    decisions = read_decisions(key, layout, "deduplicate")
    # What duplicates a document of an earlier corpus is known by that corpus's index.
    passed &= is_none(decisions["duplicate_corpus"])
    start = 0
    for batch in batches_of(layout.staged(key).documents, _STAGED):
        here = np.flatnonzero(passed[start : start + batch.num_rows])
        yield _rows(batch.take(pa.array(here)), decisions, here + start, config)
        start += batch.num_rows


def _rows(
    rows: pa.RecordBatch, decisions: Decisions, places: NDArray[np.int64], config: RunConfig
) -> pa.RecordBatch:
    survivors = decisions["duplicate_of"][places]
    is_kept = decisions.is_open[places]
    ids = np.array(rows.column("document_id").to_pylist(), np.object_)
    packed = pack_short(signatures_of(rows.column("signature"))) if len(places) else []
    signatures = [each if kept else None for each, kept in zip(packed, is_kept, strict=True)]
    texts = rows.column("text").to_pylist()
    found = [
        fingerprints(unfenced(text), INDEX_WINDOW).astype("<u8").tobytes() if kept else None
        for text, kept in zip(texts, is_kept, strict=True)
    ]
    grams: list[bytes | None] = [None] * len(places)
    if config.output.index == "ngrams":
        grams = [
            pack_grams(grams_of(unfenced(text), config.signature.ngram)) if kept else None
            for text, kept in zip(texts, is_kept, strict=True)
        ]
    columns = {
        "document_id": rows.column("document_id"),
        "survivor_id": pa.array(np.where(is_kept, ids, survivors), pa.string()),
        **{name: rows.column(name) for name in ("url_key", "text_hash", "char_count")},
        "signature": pa.array(signatures, pa.binary()),
        "fingerprints": pa.array(found, pa.binary()),
        "ngrams": pa.array(grams, pa.binary()),
    }
    return pa.RecordBatch.from_arrays([columns[name] for name in INDEX.names], schema=INDEX)
