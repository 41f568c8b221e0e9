"""Which documents and rows go to which part of the output."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.config.output import Output
from jingyu.pipeline.store.decided import read_decisions
from jingyu.pipeline.store.layout import Layout

_ROWS_IN_FILE = 1_000_000
"""Rows after which a file of the ledger or of the index ends with its item."""
_BYTES_PER_CHARACTER = 3
REST = "rest"
"""Name of the band of all documents below the named ones."""


@dataclass(frozen=True)
class Slice:
    """Staged documents of one item."""

    key: str
    start: int
    stop: int


@dataclass(frozen=True)
class Shard:
    """A file of the corpus: the kept documents of a band in some slices."""

    name: str
    slices: tuple[Slice, ...]
    band: str | None = None
    """None where the config has no bands."""
    min_quality: float = -np.inf
    max_quality: float = np.inf
    """Documents of this quality belong to a better band."""


@dataclass(frozen=True)
class LedgerPart:
    """A file of the ledger: all rows of some items."""

    name: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class IndexFile:
    """A file of the index: the documents of some items."""

    name: str
    keys: tuple[str, ...]


def plan_ledger(pages: Mapping[str, int]) -> list[LedgerPart]:
    """Returns the files of the ledger.

    Args:
        pages: Page-bearing records of each item, in the order of items.
    """
    return [LedgerPart(name, keys) for name, keys in _grouped(pages)]


def plan_index(pages: Mapping[str, int]) -> list[IndexFile]:
    """Returns the files of the index, which hold the same items as those of the ledger.

    Pages count, not staged documents: of these a wider pass has more.

    Args:
        pages: Page-bearing records of each item, in the order of items.
    """
    return [IndexFile(name, keys) for name, keys in _grouped(pages)]


def _grouped(sizes: Mapping[str, int]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yields names of files and the items whose rows they hold."""
    parts: list[list[str]] = [[]]
    rows = 0
    for key, count in sizes.items():
        if rows and rows + count > _ROWS_IN_FILE:
            parts.append([])
            rows = 0
        parts[-1].append(key)
        rows += count
    for number, part in enumerate(parts):
        yield f"part-{number:05d}.parquet", tuple(part)


def plan_shards(keys: Sequence[str], layout: Layout, output: Output) -> list[Shard]:
    """Returns the files of the corpus: staged documents in their order, cut by size of text."""
    limits = [*output.quality_bands.values(), -np.inf]
    names = [*output.quality_bands, REST]
    uppers = [np.inf, *limits[:-1]]
    target = output.shard_mib * (1 << 20)
    shards = []
    weights = {key: _weights(key, layout) for key in keys}
    for band, lower, upper in zip(names, limits, uppers, strict=True):
        folder = f"{band}/" if output.quality_bands else ""
        sizes = {
            key: np.where((quality >= lower) & (quality < upper), size, 0.0)
            for key, (size, quality) in weights.items()
        }
        for number, slices in enumerate(_cut(sizes, target)):
            name = f"{folder}part-{number:05d}.parquet"
            shards.append(Shard(name, tuple(slices), band if folder else None, lower, upper))
    return shards


def _weights(key: str, layout: Layout) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Returns the bytes that each staged document adds to the corpus, and its quality."""
    table = layout.staged(key).table(["char_count", "quality"])
    sizes = table["char_count"].to_numpy() * float(_BYTES_PER_CHARACTER)
    return np.where(read_decisions(key, layout, "caps").is_open, sizes, 0.0), table[
        "quality"
    ].to_numpy()


def _cut(sizes: Mapping[str, NDArray[np.float64]], target: float) -> Iterator[list[Slice]]:
    """Yields runs of slices whose sizes add up to about the target, none if all sizes are 0."""
    slices: list[Slice] = []
    filled = 0.0
    for key, size in sizes.items():
        start, ends = 0, np.cumsum(size)
        while start < len(size) and ends[-1] > (ends[start - 1] if start else 0.0):
            done = ends[start - 1] if start else 0.0
            stop = int(np.searchsorted(ends, done + target - filled)) + 1
            stop = min(stop, len(size))
            slices.append(Slice(key, start, stop))
            filled += ends[stop - 1] - done
            start = stop
            if filled >= target:
                yield slices
                slices, filled = [], 0.0
    if slices:
        yield slices
