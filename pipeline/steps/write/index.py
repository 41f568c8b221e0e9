"""Write: from staged documents and verdicts to a file of the index."""

import json
from dataclasses import asdict
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from jingyu.filters.select import KEPT
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.read import storage
from jingyu.pipeline.steps.deduplicate.parts.index_part import METADATA, Parameters
from jingyu.pipeline.steps.deduplicate.shingles import shingle_hashes
from jingyu.pipeline.steps.verdicts import Verdicts, read_verdicts
from jingyu.pipeline.steps.write.plan import IndexFile
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.staging import Spool, batches_of
from jingyu.schemas.index import INDEX

_STAGED = ("document_id", "url_key", "text_hash", "char_count", "signature", "text")


def write_index(part: IndexFile, layout: Layout, config: RunConfig) -> None:
    """Writes a file of the index: the documents that the rules let through, of some items."""
    path = storage.join(layout.write_folder, "index", part.name)
    parameters = json.dumps(asdict(Parameters.of(config.signature)), sort_keys=True)
    schema = INDEX.with_metadata({METADATA: parameters})
    with filesystem.open_to_write(path) as stream:
        spool = Spool(stream)
        with pq.ParquetWriter(
            spool,
            schema,
            compression="zstd",
            use_dictionary=False,
            column_encoding={"shingles.list.element": "DELTA_BINARY_PACKED"},
        ) as writer:
            for key in part.keys:
                verdicts, start = read_verdicts(key, layout), 0
                for batch in batches_of(layout.staged(key).documents, _STAGED):
                    here = slice(start, start + batch.num_rows)
                    start = here.stop
                    writer.write_batch(_rows(batch, verdicts, here, config).cast(schema))
                    spool.drain()
        spool.drain()


def _rows(
    batch: pa.RecordBatch, verdicts: Verdicts, here: slice, config: RunConfig
) -> pa.RecordBatch:
    # What duplicates a document of an earlier corpus is known by that corpus's index.
    is_ours = np.array([corpus is None for corpus in verdicts.duplicate_corpus[here]], np.bool_)
    passed = np.flatnonzero((verdicts.rejecting[here] == KEPT) & is_ours)
    rows = batch.take(pa.array(passed))
    survivors = verdicts.duplicate_of[here][passed]
    is_kept = ~verdicts.is_duplicate[here][passed]
    ids = np.array(rows.column("document_id").to_pylist(), np.object_)
    empty = pa.array(~is_kept)
    shingles: list[Any] = [None] * len(passed)
    if config.output.index == "shingles":
        texts = rows.column("text").to_pylist()
        shingles = [
            shingle_hashes(text, config.signature.ngram) if kept else None
            for text, kept in zip(texts, is_kept, strict=True)
        ]
    columns = {
        "document_id": rows.column("document_id"),
        "survivor_id": pa.array(np.where(is_kept, ids, survivors), pa.string()),
        **{name: rows.column(name) for name in ("url_key", "text_hash", "char_count")},
        "signature": pc.if_else(empty, None, rows.column("signature")),
        "shingles": pa.array(shingles, INDEX.field("shingles").type),
    }
    return pa.RecordBatch.from_arrays([columns[name] for name in INDEX.names], schema=INDEX)
