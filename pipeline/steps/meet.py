"""Work on all that is sent to one target."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import apache_beam as beam
from apache_beam.pvalue import PCollection

Packed = tuple[int, bytes]
"""A target, and packed rows for it."""

_WAVES = 4


@dataclass
class Meet(beam.PTransform[PCollection[Any], Any]):
    """Brings together what is sent to one target, and does some work there.

    Beam's local runner copies a shuffle twice when it reads it, so a quarter at a time is shuffled.
    """

    work: beam.DoFn
    outputs: Sequence[str]

    @beam.typehints.no_annotations
    def expand(self, sent: PCollection[Any]) -> tuple[Any, ...]:
        waves = sent | "Part" >> beam.Partition(_Wave(), _WAVES)
        done = [
            wave
            | f"Meet{number}" >> beam.GroupByKey()
            | f"Work{number}" >> beam.ParDo(self.work).with_outputs(*self.outputs)
            for number, wave in enumerate(waves)
        ]
        return tuple(
            [wave[output] for wave in done] | f"Merge{output.capitalize()}" >> beam.Flatten()
            for output in self.outputs
        )


class _Wave(beam.PartitionFn):
    def partition_for(self, element: Any, num_partitions: int, *_: Any, **__: Any) -> int:
        target: int = element[0]
        return target % num_partitions
