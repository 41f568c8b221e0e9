"""Staged documents without a crawl: what deduplication reads, and what it wrote."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from jingyu.filters.decisions import Decisions
from jingyu.pipeline.page.sign.minhash import signature, text_hash
from jingyu.pipeline.page.sign.winnowing import fingerprints
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.decided import read_decisions, write_decisions
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.parquet import ROWS_IN_GROUP


class Found(NamedTuple):
    """Decisions, one a document, in the order of the documents.

    Attributes:
        survivors: Number of the document that each names, or -1 if it is kept.
        similarities: Similarity to it; NaN if it is kept.
    """

    survivors: NDArray[np.int64]
    similarities: NDArray[np.float64]


def document_ids(count: int) -> list[str]:
    """Returns an id for each number, in no order."""
    generator = np.random.default_rng(7)
    return [
        (high + f"{number:016x}")
        for number, high in enumerate(
            f"{value:016x}" for value in generator.integers(0, 2**63, count).tolist()
        )
    ]


def staged_table(texts: Sequence[str]) -> pa.Table:
    """Returns the staged columns that deduplication reads, of texts."""
    signatures = np.stack([signature(text) for text in texts])
    hashes = np.array([text_hash(text) for text in texts], np.uint64)
    table = table_of(signatures, hashes, [len(text) for text in texts])
    found = [fingerprints(text).astype("<u8").tobytes() for text in texts]
    place = table.schema.get_field_index("fingerprints")
    return table.set_column(place, "fingerprints", pa.array(found, pa.binary())).append_column(
        "text", pa.array(texts, pa.large_string()).cast(pa.string())
    )


def table_of(
    signatures: NDArray[np.uint32], text_hashes: NDArray[np.uint64], char_counts: Sequence[int]
) -> pa.Table:
    """Returns the staged columns that deduplication reads of signatures."""
    count = len(signatures)
    width = signatures.shape[1] * 4
    packed = pa.py_buffer(np.ascontiguousarray(signatures, "<u4").tobytes())
    fixed = pa.FixedSizeBinaryArray.from_buffers(pa.binary(width), count, [None, packed])
    quality = np.random.default_rng(8).integers(0, 100, count) / 100
    return pa.table(
        {
            "document_id": document_ids(count),
            "source_tier": pa.nulls(count, pa.string()),
            "script": ["simplified"] * count,
            "registered_domain": [f"site{number % 1000}.cn" for number in range(count)],
            "url_key": np.zeros(count, np.uint64),
            "text_hash": pa.array(text_hashes),
            "quality": pa.array(quality),
            "char_count": pa.array(char_counts, pa.int64()),
            "captured_at": pa.array(np.arange(count) // 3, pa.timestamp("us")),
            "fingerprints": pa.array([b""] * count, pa.binary()),
            "signature": fixed.cast(pa.binary()),
        }
    )


def stage(table: pa.Table, layout: Layout, items: int) -> list[str]:
    """Writes the documents as so many items; returns the items' keys."""
    keys = [f"item{number:05d}" for number in range(items)]
    size = -(-table.num_rows // items)
    for number, key in enumerate(keys):
        stage_item(table.slice(number * size, size), layout, key)
    return keys


def stage_item(rows: pa.Table, layout: Layout, key: str) -> None:
    """Writes documents as an item."""
    with filesystem.open_to_write(layout.staged(key).documents) as stream:
        pq.write_table(rows, stream, compression="zstd", row_group_size=ROWS_IN_GROUP)
    write_decisions("select", key, layout, Decisions.none(rows.num_rows))


def found(keys: Sequence[str], layout: Layout, ids: Sequence[str]) -> Found:
    """Returns what was decided, by the documents' places in `ids`."""
    place = {document: number for number, document in enumerate(ids)}
    survivors = np.full(len(ids), -1, np.int64)
    similarities = np.full(len(ids), np.nan)
    for key in keys:
        here = [
            place[i] for i in layout.staged(key).table(["document_id"])["document_id"].to_pylist()
        ]
        decisions = read_decisions(key, layout, "deduplicate")
        for number, named, similarity in zip(
            here, decisions["duplicate_of"], decisions["similarity"], strict=True
        ):
            if named is not None:
                survivors[number], similarities[number] = place[named], similarity
    return Found(survivors, similarities)
