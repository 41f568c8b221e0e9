"""From wanted records to work items: the places of each crawl file, in pieces."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

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
    names, codes = _names(pa.concat_tables(column.select(["filename"]) for column in tables))
    table = pa.concat_tables(column.select(["offset", "length"]) for column in tables)
    offsets, lengths = table["offset"].to_numpy(), table["length"].to_numpy()
    order = np.lexsort((offsets, codes))
    codes, offsets, lengths = codes[order], offsets[order], lengths[order]
    is_new = np.ones(len(codes), bool)
    is_new[1:] = (codes[1:] != codes[:-1]) | (offsets[1:] != offsets[:-1])
    codes, offsets, lengths = codes[is_new], offsets[is_new], lengths[is_new]
    places = packed(offsets, lengths)
    path = storage.join(folder, f"{digest_of(places)[:20]}.places")
    if not storage.exists(path):
        filesystem.write_bytes(path, places)
    items = [
        WorkItem(
            storage.StoredFile(name, storage.join(base, name), None, 0.0),
            Format.WARC,
            chosen=Chosen(
                path,
                start,
                end - start,
                sum(lengths[start:end].tolist()),  # exact, whatever an index states
                digest_of(packed(offsets[start:end], lengths[start:end])),
            ),
        )
        for start, end in _pieces(codes)
        for name in (names[codes[start]],)
    ]
    return Plan(items, *figures)


def _names(table: pa.Table) -> tuple[list[str], NDArray[np.int64]]:
    """Returns the names of files, ascending, and the number of that of each record.

    The records of a whole crawl have more bytes of names than an array of Arrow can hold.
    """
    column = table.unify_dictionaries()["filename"]
    if not column.num_chunks:
        return [], np.empty(0, np.int64)
    found = column.chunk(0).dictionary.to_pylist()
    names = sorted(found)
    numbers = {name: number for number, name in enumerate(names)}
    ranks = np.array([numbers[name] for name in found], np.int64)
    codes = np.concatenate([chunk.indices.to_numpy() for chunk in column.chunks])
    return names, ranks[codes]


def _pieces(codes: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yields runs of records of one file, long ones in pieces."""
    ends = [*(np.flatnonzero(codes[1:] != codes[:-1]) + 1).tolist(), len(codes)]
    start = 0
    for end in ends:
        for first in range(start, end, _RECORDS_IN_ITEM):
            yield first, min(first + _RECORDS_IN_ITEM, end)
        start = end
