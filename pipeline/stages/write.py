"""Write as a Beam transform."""

from collections.abc import Iterator
from dataclasses import dataclass

import apache_beam as beam
from apache_beam.pvalue import PCollection

from filters.rule import Rule
from pipeline.layout import Layout
from pipeline.work.plan import LedgerPart, Shard
from pipeline.work.write import write_ledger, write_shard


@dataclass
class WriteOutput(beam.PTransform[PCollection[Shard | LedgerPart], PCollection[str]]):
    """Writes the files of the corpus and of the ledger: `pipeline.work.write`."""

    rules: tuple[Rule, ...]
    min_similarity: float
    layout: Layout

    def expand(self, parts: PCollection[Shard | LedgerPart]) -> PCollection[str]:
        step = beam.ParDo(_WritePart(self.rules, self.min_similarity, self.layout))
        written: PCollection[str] = parts | "WritePart" >> step
        return written


@dataclass
class _WritePart(beam.DoFn):
    rules: tuple[Rule, ...]
    min_similarity: float
    layout: Layout

    def process(self, part: Shard | LedgerPart) -> Iterator[str]:
        if isinstance(part, Shard):
            write_shard(part, self.layout)
        else:
            write_ledger(part, self.layout, self.rules, self.min_similarity)
        yield part.name
