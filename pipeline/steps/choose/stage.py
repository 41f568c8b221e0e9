"""Choose as a step: each file of an index is read by itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

from jingyu.pipeline.read.index.choice import Choice
from jingyu.pipeline.read.index.parts import Parts
from jingyu.pipeline.read.settings import Inputs
from jingyu.pipeline.steps.choose.wanted import write_wanted
from jingyu.pipeline.steps.work import Figures

Piece = tuple[str, str]
"""Where the wanted records of a file of the index are written, and the file."""


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
