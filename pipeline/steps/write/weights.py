"""How much of the corpus each item is: what shards are planned by, gathered of many items."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar, Final, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jingyu.pipeline.config.output import Output
from jingyu.pipeline.read import storage
from jingyu.pipeline.steps.work import Figures
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.decided import read_decisions
from jingyu.pipeline.store.in_turn import in_turn
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.tables import TABLE, read_table, write_table

_BYTES_PER_CHARACTER: Final = 3
_ITEMS_IN_FILE: Final = 256
_WEIGHTS: Final = pa.schema(
    [("key", pa.string()), ("documents", pa.int64()), ("sizes", pa.list_(pa.float64()))]
)

Sizes = NDArray[np.float64]


class Band(NamedTuple):
    """Qualities of documents: from `lower` to less than `upper`."""

    lower: float
    upper: float


class Weighed(NamedTuple):
    """What an item is of the corpus.

    Attributes:
        key: The item.
        documents: Staged documents, kept or not.
        sizes: Bytes of its kept texts, by band, about.
    """

    key: str
    documents: int
    sizes: tuple[float, ...]


@dataclass(frozen=True)
class Group:
    """Items that are weighed together.

    Attributes:
        name: File of what they weigh.
        keys: The items.
    """

    name: str
    keys: tuple[str, ...]


def bands_of(output: Output) -> list[Band]:
    """Returns the bands of an output, the best first; the last takes what is left."""
    limits = [*output.quality_bands.values(), -np.inf]
    return [Band(*each) for each in zip(limits, [np.inf, *limits[:-1]], strict=True)]


def sizes_of(key: str, layout: Layout, band: Band) -> Sizes:
    """Returns the bytes that each staged document of an item adds to a band of the corpus."""
    (sizes,) = _sizes(key, layout, [band])
    return sizes


def weigh(key: str, layout: Layout, bands: Sequence[Band]) -> Weighed:
    """Returns what an item is of the corpus."""
    sizes = _sizes(key, layout, bands)
    return Weighed(key, len(sizes[0]), tuple(float(each.sum()) for each in sizes))


def _sizes(key: str, layout: Layout, bands: Sequence[Band]) -> list[Sizes]:
    table = layout.staged(key).table(["char_count", "quality"])
    quality = table["quality"].to_numpy()
    sizes = table["char_count"].to_numpy() * float(_BYTES_PER_CHARACTER)
    sizes = np.where(read_decisions(key, layout, "caps").is_open, sizes, 0.0)
    return [np.where((quality >= low) & (quality < high), sizes, 0.0) for low, high in bands]


@dataclass(frozen=True)
class WeighItems:
    """Writes what items weigh, in a file for each group: the launcher reads one for hundreds."""

    bands: tuple[Band, ...]
    layout: Layout
    name: ClassVar[str] = "weigh"

    def groups(self, keys: Sequence[str]) -> list[Group]:
        """Returns all items, in groups that depend on nothing but their order."""
        starts = range(0, len(keys), _ITEMS_IN_FILE)
        return [
            Group(f"part-{number:05d}{TABLE}", tuple(keys[start : start + _ITEMS_IN_FILE]))
            for number, start in enumerate(starts)
        ]

    def missing(self, groups: Sequence[Group]) -> list[Group]:
        """Returns the groups that are not weighed yet."""
        done = filesystem.names_in(self._folder)
        return [group for group in groups if group.name not in done]

    def weighed(self, groups: Sequence[Group]) -> list[Weighed]:
        """Returns what all items weigh, in their order."""
        paths = [storage.join(self._folder, group.name) for group in groups]
        tables = in_turn(read_table, paths, self._folder)
        return [
            Weighed(row["key"], row["documents"], tuple(row["sizes"]))
            for table in tables
            for row in table.to_pylist()
        ]

    @contextmanager
    def worker(self) -> Iterator[Callable[[Group], Figures]]:
        """Yields what weighs a group."""

        def weigh_group(group: Group) -> Figures:
            found = in_turn(
                lambda key: weigh(key, self.layout, self.bands), group.keys, self._folder
            )
            rows = [each._asdict() for each in found]
            path = storage.join(self._folder, group.name)
            write_table(path, pa.Table.from_pylist(rows, _WEIGHTS))
            return {"items_weighed": len(rows)}

        yield weigh_group

    @property
    def _folder(self) -> str:
        return storage.join(self.layout.folder("write"), "weights")
