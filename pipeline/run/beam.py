"""Steps on a Beam runner."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import apache_beam as beam
from apache_beam.metrics.metric import Metrics
from apache_beam.pvalue import PCollection, TaggedOutput

from jingyu.pipeline.steps.work import FIGURES, Dataflow, Figures, Function, Map
from jingyu.pipeline.store.carried import NOTHING, Carried
from jingyu.pipeline.store.work_list import read_work_list

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

_WAVES = 4


def map_on_beam(
    pipeline: beam.Pipeline, step: Map, work_list: str, carried: Carried = NOTHING
) -> None:
    """Adds to a pipeline that a step is done for each piece of work of a list."""
    _ = _work(pipeline, work_list) | step.name.capitalize() >> beam.ParDo(_Do(step, carried))


def flow_on_beam(
    pipeline: beam.Pipeline, step: Dataflow, work_list: str, carried: Carried = NOTHING
) -> None:
    """Adds a dataflow over the pieces of work of a list to a pipeline."""
    step.build(OnBeam(_work(pipeline, work_list), step.name, carried))


def _work(pipeline: beam.Pipeline, work_list: str) -> PCollection[Any]:
    """Returns the pieces of work of a list, dealt to all workers."""
    work: PCollection[Any] = (
        pipeline
        | "WorkList" >> beam.Create([work_list], reshuffle=False)
        | "ReadWorkList" >> beam.FlatMap(read_work_list)
        | "DealWork" >> beam.Reshuffle()
    )
    return work


@dataclass(frozen=True)
class OnBeam:
    """A collection of a dataflow that a runner holds."""

    collection: PCollection[Any]
    step: str
    carried: Carried

    def each(self, name: str, function: Function) -> Self:
        """Returns what a function yields for the elements."""
        return self._with(self.collection | name >> beam.ParDo(_Call(function, self.carried)))

    def split(self, name: str, function: Function, outputs: Sequence[str]) -> tuple[Self, ...]:
        """Returns what a function yields for the elements, by output."""
        called = beam.ParDo(_CallWithOutputs(function, self.carried, self.step)).with_outputs(
            *outputs
        )
        found = self.collection | name >> called
        return tuple(self._with(found[output]) for output in outputs)

    def by_target(self, name: str) -> Self:
        """Returns, of pairs of a target and a value, each target with all its values."""
        return self._with(self.collection | name >> beam.GroupByKey())

    def meet(self, name: str, function: Function, outputs: Sequence[str]) -> tuple[Self, ...]:
        """Brings together all values of a target and returns what a function yields for them.

        Beam's local runner copies a shuffle twice when it reads it, so a quarter at a time is
        shuffled.
        """
        waves = self.collection | f"{name}Waves" >> beam.Partition(_Wave(), _WAVES)
        done = [
            self._with(wave).by_target(f"{name}Meet{n}").split(f"{name}{n}", function, outputs)
            for n, wave in enumerate(waves)
        ]
        return tuple(
            found[0].merged_with(f"{name}Merge{output.capitalize()}", *found[1:])
            for output, found in zip(outputs, zip(*done, strict=True), strict=True)
        )

    def merged_with(self, name: str, *others: Self) -> Self:
        """Returns the elements of several collections."""
        collections = tuple(each.collection for each in (self, *others))
        return self._with(collections | name >> beam.Flatten())

    def _with(self, collection: PCollection[Any]) -> Self:
        return type(self)(collection, self.step, self.carried)


class _Wave(beam.PartitionFn):
    def partition_for(self, element: Any, num_partitions: int, *_: Any, **__: Any) -> int:
        target: int = element[0]
        return target % num_partitions


class _Do(beam.DoFn):
    """Does a step's pieces of work; a worker's context is open as long as Beam keeps it."""

    def __init__(self, step: Map, carried: Carried) -> None:
        self._step = step
        self._carried = carried
        self._context: AbstractContextManager[Callable[[Any], Figures]] | None = None
        self._do: Callable[[Any], Figures] | None = None

    def setup(self) -> None:
        self._carried.receive()
        self._context = self._step.worker()
        self._do = self._context.__enter__()

    def process(self, piece: Any) -> Iterator[Any]:
        assert self._do is not None  # noqa: S101  (Beam calls `setup` first)
        for name, amount in self._do(piece).items():
            _count(self._step.name, name, amount)
        yield None

    def teardown(self) -> None:
        if self._context:
            self._context.__exit__(None, None, None)


@dataclass
class _Call(beam.DoFn):
    function: Function
    carried: Carried

    def setup(self) -> None:
        self.carried.receive()

    def process(self, element: Any) -> Iterator[Any]:
        yield from self.function(element)


@dataclass
class _CallWithOutputs(_Call):
    step: str

    def process(self, element: Any) -> Iterator[Any]:
        for output, found in self.function(element):
            if output == FIGURES:
                _count(self.step, *found[1])
            yield TaggedOutput(output, found)


def _count(step: str, name: str, amount: int) -> None:
    """Adds to the counter `step/nouns_participle[.reason]`, which shows progress on any runner."""
    Metrics.counter(step, name).inc(amount)
