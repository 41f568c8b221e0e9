"""From wanted records to work items: the places of each crawl file, in pieces."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from jingyu.pipeline.read import storage
from jingyu.pipeline.read.sniff import Format
from jingyu.pipeline.steps.choose.wanted import COUNTED
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.chosen import Chosen, digest_of, packed
from jingyu.pipeline.store.items import WorkItem

_RECORDS_IN_ITEM = 4096


class Plan(NamedTuple):
    """What is read of an indexed crawl."""

    items: list[WorkItem]
    records_indexed: int
    index_bytes: int
    """Bytes of the index that were read to know it."""


def plan_of(wanted: Sequence[str], base: str, folder: str) -> Plan:
    """Returns the items that read the records of some files of wanted ones; writes their places.

    A record that an index names twice is read once.

    Args:
        wanted: The files.
        base: Where names of crawl files start.
        folder: Where the file of places is written.
    """
    tables = []
    figures = [0, 0]
    for path in wanted:
        with storage.open_to_read(path) as stream:
            file = pq.ParquetFile(stream)
            told = file.metadata.metadata or {}
            figures = [
                total + int(told[name]) for total, name in zip(figures, COUNTED, strict=True)
            ]
            tables.append(file.read())
    table = pa.concat_tables(tables).unify_dictionaries().combine_chunks()
    order = pc.sort_indices(
        pa.table(
            {
                "filename": table["filename"].cast(pa.string()),
                "offset": table["offset"],
            }
        ),
        sort_keys=[("filename", "ascending"), ("offset", "ascending")],
    )
    table = table.take(order)
    names = table["filename"].cast(pa.string()).to_numpy()
    offsets, lengths = table["offset"].to_numpy(), table["length"].to_numpy()
    is_new = np.ones(len(names), bool)
    is_new[1:] = (names[1:] != names[:-1]) | (offsets[1:] != offsets[:-1])
    names, offsets, lengths = names[is_new], offsets[is_new], lengths[is_new]
    places = packed(offsets, lengths)
    path = storage.join(folder, f"{digest_of(places)[:20]}.places")
    if not storage.exists(path):
        filesystem.write_bytes(path, places)
    items = [
        WorkItem(
            storage.StoredFile(str(names[start]), storage.join(base, str(names[start])), None, 0.0),
            Format.WARC,
            chosen=Chosen(
                path,
                start,
                end - start,
                int(lengths[start:end].sum()),
                digest_of(packed(offsets[start:end], lengths[start:end])),
            ),
        )
        for start, end in _pieces(names)
    ]
    return Plan(items, *figures)


def _pieces(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yields runs of equal names, long ones in pieces."""
    start = 0
    for end in range(1, len(names) + 1):
        is_end = end == len(names) or names[end] != names[start]
        if is_end or end - start == _RECORDS_IN_ITEM:
            yield start, end
            start = end
