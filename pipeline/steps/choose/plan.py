"""Work items of an indexed crawl: its wanted records by file and place."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jingyu.pipeline.read import storage
from jingyu.pipeline.read.sniff import Format
from jingyu.pipeline.steps.choose.runs import (
    PARTITIONS,
    each_once,
    places_in,
    read_places,
    runs_of,
    together,
)
from jingyu.pipeline.steps.choose.wanted import COUNTED
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.chosen import Chosen, digest_of, packed
from jingyu.pipeline.store.items import WorkItem
from jingyu.pipeline.store.tables import TABLE, read_table, write_table

_RECORDS_IN_ITEM = 4096
_PLACES_TOGETHER = 1 << 20
_LARGEST = (1 << 63) - 1
_THREADS = 16

ITEMS: Final = pa.schema(
    [
        pa.field("filename", pa.string()),
        pa.field("first", pa.int64()),
        pa.field("count", pa.int64()),
        pa.field("size", pa.int64()),
        pa.field("digest", pa.string()),
    ]
)
"""Items of some partitions: `Chosen`, and the file that each is of."""


class Known(NamedTuple):
    """What files of wanted records tell of themselves."""

    records_indexed: int
    index_bytes: int
    """Bytes of the index that were read to know it."""
    counts: NDArray[np.int64]
    """Places of each partition."""

    def pieces(self) -> list[tuple[int, ...]]:
        """Returns the partitions that are arranged together."""
        return together(self.counts, _PLACES_TOGETHER)


def known_of(wanted: Sequence[str]) -> Known:
    """Returns what files of wanted records tell of themselves."""
    with ThreadPoolExecutor(_THREADS) as pool:
        told = list(pool.map(places_in, wanted))
    records, read = (sum(int(each[name]) for each, _ in told) for name in COUNTED)
    counts = sum((counts for _, counts in told), np.zeros(PARTITIONS, np.int64))
    return Known(records, read, counts)


def arrange(target: str, wanted: Sequence[str], partitions: Sequence[int]) -> int:
    """Writes the items that read the records of some partitions, and their places beside them.

    A record that an index names twice is read once.

    Args:
        target: File of the items.
        wanted: Files of wanted records.
        partitions: The partitions.

    Returns:
        How many records there are.
    """
    rows: list[tuple[Any, ...]] = []
    first = 0
    with filesystem.open_to_write(_places(target)) as out:
        for partition in partitions:
            places = each_once(read_places(wanted, [partition]))
            for start, end in runs_of(places.codes, _RECORDS_IN_ITEM):
                offsets, lengths = places.offsets[start:end], places.lengths[start:end]
                content = packed(offsets, lengths)
                out.write(content)
                count = end - start
                size = min(sum(lengths.tolist()), _LARGEST)  # whatever an index states
                name = places.names[places.codes[start]]
                rows.append((name, first, count, size, digest_of(content)))
                first += count
    columns = zip(*rows, strict=True) if rows else [()] * len(ITEMS)
    arrays = [pa.array(values, field.type) for values, field in zip(columns, ITEMS, strict=True)]
    write_table(target, pa.Table.from_arrays(arrays, schema=ITEMS))
    return first


def _places(target: str) -> str:
    return f"{target.removesuffix(TABLE)}.places"


def items_of(arranged: Sequence[str], base: str) -> list[WorkItem]:
    """Returns the items of files that `arrange` wrote, by name and place.

    Args:
        arranged: The files.
        base: Where names of crawl files start.
    """
    items = [
        WorkItem(
            storage.StoredFile(row["filename"], storage.join(base, row["filename"]), None, 0.0),
            Format.WARC,
            chosen=Chosen(_places(path), row["first"], row["count"], row["size"], row["digest"]),
        )
        for path in arranged
        for row in read_table(path).to_pylist()
    ]
    return sorted(items, key=lambda item: (item.file.name, item.chosen.first if item.chosen else 0))
