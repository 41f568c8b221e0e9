"""Write as a Beam transform."""

from collections.abc import Iterator
from dataclasses import dataclass

import apache_beam as beam
from apache_beam.pvalue import PCollection

from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.steps.write.output import OutputFile, write_output
from jingyu.pipeline.store.layout import Layout


@dataclass
class WriteOutput(beam.PTransform[PCollection[OutputFile], PCollection[str]]):
    """Writes the files of the corpus, the ledger and the index: `pipeline.steps.write.output`."""

    config: RunConfig
    layout: Layout

    def expand(self, files: PCollection[OutputFile]) -> PCollection[str]:
        step = beam.ParDo(_WriteFile(self.config, self.layout))
        written: PCollection[str] = files | "WriteFile" >> step
        return written


@dataclass
class _WriteFile(beam.DoFn):
    config: RunConfig
    layout: Layout

    def process(self, file: OutputFile) -> Iterator[str]:
        write_output(file, self.config, self.layout)
        yield file.name
