"""The parts of an output before they are published, by what was told when they were written."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

from jingyu.pipeline.read import storage
from jingyu.pipeline.steps.write.counted import read_counted
from jingyu.pipeline.steps.write.statistics import Statistics, add_to
from jingyu.pipeline.store.in_turn import in_turn
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.row_writer import Written

_OF_THE_RUN: Final = frozenset({"origins", "claims"})
"""Statistics of a shard that only tell something added up over the run."""


@dataclass(frozen=True)
class Parts:
    """Files of one kind, in the order of their names; none of them is read for this.

    Attributes:
        written: The files.
        each: Statistics of each, without what only tells something added up over the run.
        total: Statistics of all.
    """

    written: dict[str, Written]
    each: dict[str, Statistics]
    total: Statistics

    @classmethod
    def of(cls, layout: Layout, names: Sequence[str]) -> Self:
        """Returns what was written beside files."""
        folder = layout.folder("write")
        found = cls({}, {}, {})
        told = in_turn(read_counted, [storage.join(folder, name) for name in names], folder)
        for name, counted in zip(names, told, strict=True):
            found.written[name] = counted.written
            add_to(found.total, counted.statistics)
            kept = {k: v for k, v in counted.statistics.items() if k not in _OF_THE_RUN}
            found.each[name] = kept if name.startswith("corpus/") else {}
        return found

    def described(self) -> list[dict[str, Any]]:
        """Returns what the manifest says of the files."""
        return [{"path": name, **asdict(written)} for name, written in self.written.items()]

    @property
    def rows(self) -> int:
        """Rows of all files."""
        return sum(written.rows for written in self.written.values())
