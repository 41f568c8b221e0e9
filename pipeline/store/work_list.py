"""Work items as a collection, by way of a file: a job graph that held them would grow too large."""

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import apache_beam as beam
from apache_beam.pvalue import PBegin, PCollection

from jingyu.pipeline.read import storage
from jingyu.pipeline.store import filesystem


def write_work_list(path: str, work: Sequence[Any]) -> None:
    """Writes work items where workers can read them."""
    filesystem.write_bytes(path, pickle.dumps(tuple(work)))


def read_work_list(path: str) -> tuple[Any, ...]:
    """Returns the work items that a run wrote."""
    work: tuple[Any, ...] = pickle.loads(storage.read_bytes(path))  # noqa: S301  (our own file)
    return work


@dataclass
class ReadWorkList(beam.PTransform[PBegin, PCollection[Any]]):
    """Yields the work items of a file, dealt to all workers.

    Source: Dataflow refuses job graphs of more than 10 MB, which mC4 met with its list of files
    (https://github.com/tensorflow/datasets/issues/2711).
    """

    path: str

    def expand(self, begin: PBegin) -> PCollection[Any]:
        work: PCollection[Any] = (
            begin
            | "WorkList" >> beam.Create([self.path], reshuffle=False)
            | "ReadWorkList" >> beam.ParDo(_ReadWorkList())
            | "DealWork" >> beam.Reshuffle()
        )
        return work


class _ReadWorkList(beam.DoFn):
    def process(self, path: str) -> Iterator[Any]:
        yield from read_work_list(path)
