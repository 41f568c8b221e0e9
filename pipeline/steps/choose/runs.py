"""Places by partition: what a file of an index names, so that no process reads all of them.

A file of runs is written with as many places in memory as a run has, and each partition of it is
read by itself.
"""

import json
import zlib
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import IO, Any, Final, NamedTuple, Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from jingyu.pipeline.store.parquet import parquet_file

PARTITIONS: Final = 256
"""A crawl of 120 million wanted records has half a million in each."""

PLACES: Final = pa.schema(
    [
        pa.field("filename", pa.dictionary(pa.int32(), pa.string())),
        pa.field("offset", pa.int64()),
        pa.field("length", pa.int64()),
        pa.field("host", pa.uint64()),
    ]
)
"""Places of records in crawl files, with a key of the host that each is of."""

_RUN = 1 << 20
_THREADS = 16
_OF_GROUPS: Final = b"partitions"


class Places(NamedTuple):
    """Places of a partition, in columns."""

    names: list[str]
    """Of crawl files, ascending."""
    codes: NDArray[np.int64]
    """Which of them each place is in."""
    offsets: NDArray[np.int64]
    lengths: NDArray[np.int64]
    hosts: NDArray[np.uint64]

    def take(self, rows: NDArray[Any]) -> "Places":
        """Returns some of the places."""
        columns = (self.codes, self.offsets, self.lengths, self.hosts)
        return Places(self.names, *(column[rows] for column in columns))


def partition_of(text: str) -> int:
    """Returns the partition of a name: the same on every machine."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) % PARTITIONS


class RunsWriter:
    """Writes places into a file, a row group for each partition of each run."""

    def __init__(self, out: IO[bytes]) -> None:
        self._writer = pq.ParquetWriter(out, PLACES)
        self._groups: list[int] = []
        self._begin()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if kind is None:
            self._end_run()
            self.tell({_OF_GROUPS: json.dumps(self._groups).encode()})
        self._writer.close()

    def tell(self, figures: Mapping[bytes, bytes]) -> None:
        """Adds to the file's metadata."""
        self._writer.add_key_value_metadata(dict(figures))

    def add(self, partition: int, place: tuple[str, int, int], host: int = 0) -> None:
        """Adds a place, file name, offset and length, with the key of a host."""
        name, offset, length = place
        self._codes.append(self._names.setdefault(name, len(self._names)))
        self._offsets.append(offset)
        self._lengths.append(length)
        self._hosts.append(host)
        self._partitions.append(partition)
        if len(self._codes) >= _RUN:
            self._end_run()

    def _begin(self) -> None:
        self._names: dict[str, int] = {}
        self._codes, self._partitions = array("i"), array("i")
        self._offsets, self._lengths, self._hosts = array("q"), array("q"), array("Q")

    def _end_run(self) -> None:
        partitions = np.array(self._partitions)
        order = np.argsort(partitions, kind="stable")
        ends = np.searchsorted(partitions[order], np.arange(PARTITIONS + 1))
        for partition in range(PARTITIONS):
            rows = order[ends[partition] : ends[partition + 1]]
            if len(rows):
                self._groups.append(partition)
                self._writer.write_batch(self._batch(rows))
        self._begin()

    def _batch(self, rows: NDArray[np.int64]) -> pa.RecordBatch:
        names = np.array(list(self._names), object)
        used, codes = np.unique(np.array(self._codes)[rows], return_inverse=True)
        filenames = pa.DictionaryArray.from_arrays(
            pa.array(codes, pa.int32()), pa.array(names[used], pa.string())
        )
        columns = (np.array(column)[rows] for column in (self._offsets, self._lengths, self._hosts))
        return pa.RecordBatch.from_arrays([filenames, *map(pa.array, columns)], schema=PLACES)


def places_in(path: str) -> tuple[Mapping[bytes, bytes], NDArray[np.int64]]:
    """Returns what a file tells of itself, and how many places each partition of it has."""
    with parquet_file(path) as file:
        told = file.metadata.metadata
        counts = np.zeros(PARTITIONS, np.int64)
        for group, partition in enumerate(json.loads(told[_OF_GROUPS])):
            counts[partition] += file.metadata.row_group(group).num_rows
        return told, counts


def known_counts(paths: Sequence[str]) -> NDArray[np.int64]:
    """Returns how many places each partition of some files has."""
    with ThreadPoolExecutor(_THREADS) as pool:
        counts = [counts for _, counts in pool.map(places_in, paths)]
    return sum(counts, np.zeros(PARTITIONS, np.int64))


def together(counts: NDArray[np.int64], least: int) -> list[tuple[int, ...]]:
    """Returns partitions in order, some of them together, each but the last with so many places."""
    pieces: list[tuple[int, ...]] = []
    held: list[int] = []
    places = 0
    for partition, count in enumerate(counts.tolist()):
        if count:
            held.append(partition)
            places += count
        if places >= least:
            pieces.append(tuple(held))
            held, places = [], 0
    return [*pieces, tuple(held)] if held or not pieces else pieces


def read_places(paths: Sequence[str], partitions: Collection[int]) -> Places:
    """Returns the places of some partitions in some files, in their order."""
    with ThreadPoolExecutor(_THREADS) as pool:
        found = pool.map(lambda path: _groups_of(path, partitions), paths)
        tables = [table for each in found for table in each]
    table = pa.concat_tables(tables) if tables else PLACES.empty_table()
    names, codes = _names(table)
    offsets, lengths, hosts = (table[name].to_numpy() for name in ("offset", "length", "host"))
    return Places(names, codes, offsets, lengths, hosts)


def _groups_of(path: str, partitions: Collection[int]) -> list[pa.Table]:
    with parquet_file(path) as file:
        groups = json.loads(file.metadata.metadata[_OF_GROUPS])
        wanted = [group for group, each in enumerate(groups) if each in partitions]
        return [file.read_row_group(group, use_threads=False) for group in wanted]


def _names(table: pa.Table) -> tuple[list[str], NDArray[np.int64]]:
    """Returns the names of files, ascending, and the number of that of each record."""
    column = table.unify_dictionaries()["filename"]
    if not column.num_chunks:
        return [], np.empty(0, np.int64)
    found = column.chunk(0).dictionary.to_pylist()
    names = sorted(found)
    numbers = {name: number for number, name in enumerate(names)}
    ranks = np.array([numbers[name] for name in found], np.int64)
    codes = np.concatenate([chunk.indices.to_numpy() for chunk in column.chunks])
    return names, ranks[codes]


def each_once(places: Places) -> Places:
    """Returns places by file and offset; of those that are named twice the first."""
    places = places.take(np.lexsort((places.offsets, places.codes)))
    codes, offsets = places.codes, places.offsets
    is_new = np.ones(len(codes), bool)
    is_new[1:] = (codes[1:] != codes[:-1]) | (offsets[1:] != offsets[:-1])
    return places.take(is_new)


def runs_of(codes: NDArray[np.int64], most: int) -> Iterator[tuple[int, int]]:
    """Yields where runs of equal codes begin and end, long ones in pieces."""
    ends: Iterable[int] = [*(np.flatnonzero(codes[1:] != codes[:-1]) + 1).tolist(), len(codes)]
    start = 0
    for end in ends:
        for first in range(start, end, most):
            yield first, min(first + most, end)
        start = end
