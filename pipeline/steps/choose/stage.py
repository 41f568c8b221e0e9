"""Choose in steps: what files of an index name, by partition, and what is read of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

from jingyu.pipeline.read.index.choice import Choice
from jingyu.pipeline.read.index.parts import Parts
from jingyu.pipeline.read.settings import Inputs
from jingyu.pipeline.steps.choose.plan import arrange
from jingyu.pipeline.steps.choose.robotstxt import write_robotstxt
from jingyu.pipeline.steps.choose.wanted import write_wanted
from jingyu.pipeline.steps.work import Figures

Piece = tuple[str, str]
"""Where the wanted records of a file of the index are written, and the file."""

Partitions = tuple[str, tuple[str, ...], tuple[int, ...]]
"""Where the result is written, files of places, and partitions of theirs."""


@dataclass(frozen=True)
class ChooseRecords:
    """Writes which records that an index names are wanted."""

    inputs: Inputs
    name: ClassVar[str] = "choose"

    @contextmanager
    def worker(self) -> Iterator[Callable[[Piece], Figures]]:
        """Yields what reads a file of the index."""
        section = self.inputs.index
        parts = Parts(section)
        choice = Choice.of(section, self.inputs.statuses)

        def choose(piece: Piece) -> Figures:
            target, path = piece
            known, wanted = write_wanted(target, path, parts, choice)
            return {"records_indexed": known, "records_wanted": wanted}

        yield choose


@dataclass(frozen=True)
class ArrangeRecords:
    """Writes the items that read wanted records, by file and place."""

    name: ClassVar[str] = "arrange"

    @contextmanager
    def worker(self) -> Iterator[Callable[[Partitions], Figures]]:
        """Yields what arranges some partitions."""
        yield lambda piece: {"records_arranged": arrange(*piece)}


@dataclass(frozen=True)
class ReadRobotsTxt:
    """Writes the robots.txt files of hosts of wanted pages, as they were crawled."""

    inputs: Inputs
    name: ClassVar[str] = "robotstxt"

    @contextmanager
    def worker(self) -> Iterator[Callable[[Partitions], Figures]]:
        """Yields what reads those of some partitions."""
        yield lambda piece: {"captures_read": write_robotstxt(*piece, self.inputs)}
