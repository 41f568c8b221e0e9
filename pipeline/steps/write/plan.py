"""Which documents and rows go to which part of the output."""

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from jingyu.pipeline.config.output import Output
from jingyu.pipeline.steps.write.weights import Sizes, Weighed, bands_of, sizes_of
from jingyu.pipeline.store.layout import Layout

_ROWS_IN_FILE = 1_000_000
"""Rows after which a file of the ledger or of the index ends with its item."""
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


def plan_shards(weighed: Sequence[Weighed], layout: Layout, output: Output) -> list[Shard]:
    """Returns the files of the corpus: staged documents in their order, cut by size of text.

    Only of items in which a shard ends single documents are looked at.

    Args:
        weighed: What each item is of the corpus, in the order of items.
        layout: Where they are.
        output: How large shards are, and which bands there are.
    """
    names = [*output.quality_bands, REST]
    target = output.shard_mib * (1 << 20)
    shards = []
    for place, (name, band) in enumerate(zip(names, bands_of(output), strict=True)):
        folder = f"{name}/" if output.quality_bands else ""
        sizes = [(each.key, each.documents, each.sizes[place]) for each in weighed]
        documents = functools.partial(sizes_of, layout=layout, band=band)
        for number, slices in enumerate(_cut(sizes, documents, target)):
            path = f"{folder}part-{number:05d}.parquet"
            shards.append(Shard(path, tuple(slices), name if folder else None, *band))
    return shards


def _cut(
    sizes: Iterable[tuple[str, int, float]], documents: Callable[[str], Sizes], target: float
) -> Iterator[list[Slice]]:
    """Yields runs of slices whose sizes add up to about the target, none if all sizes are 0.

    Args:
        sizes: Of each item its key, its documents and their size together.
        documents: Returns the size of each document of an item.
        target: Size of a run.
    """
    slices: list[Slice] = []
    filled = 0.0
    for key, count, size in sizes:
        # Sizes are whole numbers, so that their sum is the same however they are added up.
        if filled + size < target:
            if size:
                slices.append(Slice(key, 0, count))
                filled += size
            continue
        start, ends = 0, np.cumsum(documents(key))
        while start < count and ends[-1] > (ends[start - 1] if start else 0.0):
            done = ends[start - 1] if start else 0.0
            stop = int(np.searchsorted(ends, done + target - filled)) + 1
            stop = min(stop, count)
            slices.append(Slice(key, start, stop))
            filled += ends[stop - 1] - done
            start = stop
            if filled >= target:
                yield slices
                slices, filled = [], 0.0
    if slices:
        yield slices
