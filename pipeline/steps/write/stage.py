"""Write as a step: the files of the corpus, the ledger and the index."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.steps.work import Figures
from jingyu.pipeline.steps.write.output import OutputFile, write_output
from jingyu.pipeline.store.layout import Layout


@dataclass(frozen=True)
class WriteOutput:
    """Writes files of the output, each by itself."""

    config: RunConfig
    layout: Layout
    name: ClassVar[str] = "write"

    @contextmanager
    def worker(self) -> Iterator[Callable[[OutputFile], Figures]]:
        """Yields what writes a file."""

        def write(file: OutputFile) -> Figures:
            write_output(file, self.config, self.layout)
            return {"files_written": 1}

        yield write
