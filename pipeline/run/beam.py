"""Steps on a Beam runner."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

import apache_beam as beam
from apache_beam.metrics.metric import Metrics
from apache_beam.pvalue import PCollection, TaggedOutput
from apache_beam.transforms.window import GlobalWindows
from apache_beam.utils.windowed_value import WindowedValue

from jingyu.pipeline.run.packing import ToPlaces, Values, by_target
from jingyu.pipeline.steps.work import FIGURES, Dataflow, Figures, Function, Map
from jingyu.pipeline.store.carried import NOTHING, Carried
from jingyu.pipeline.store.work_list import WorkList, read_step

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

_WAVES = 4


def map_on_beam(
    pipeline: beam.Pipeline, name: str, step: str, work_list: str, carried: Carried = NOTHING
) -> None:
    """Adds to a pipeline that a step is done for each piece of work of a list.

    Args:
        pipeline: What is added to.
        name: Word of the step.
        step: Where `write_step` wrote it: no graph holds a config, which may name many files.
        work_list: Where `write_work_list` wrote the pieces.
        carried: Files that workers need.
    """
    _ = _work(pipeline, work_list) | name.capitalize() >> beam.ParDo(_Do(name, step, carried))


def flow_on_beam(
    pipeline: beam.Pipeline,
    step: Dataflow,
    work_list: str,
    carried: Carried = NOTHING,
    *,
    is_local: bool = False,
) -> None:
    """Adds a dataflow over the pieces of work of a list to a pipeline.

    Args:
        pipeline: What is added to.
        step: The dataflow.
        work_list: Where `write_work_list` wrote the pieces.
        carried: Files that workers need.
        is_local: Whether Beam's local runner is what carries it out.
    """
    step.build(OnBeam(_work(pipeline, work_list), step.name, carried, is_local))


def _work(pipeline: beam.Pipeline, work_list: str) -> PCollection[Any]:
    """Returns the pieces of work of a list, dealt to all workers."""
    work: PCollection[Any] = (
        pipeline
        | "WorkList" >> beam.Create([work_list], reshuffle=False)
        | "ListRuns" >> beam.FlatMap(_runs)
        | "DealWork" >> beam.Reshuffle()
        | "ReadWorkList" >> beam.ParDo(_ReadRun(WorkList(work_list)))
    )
    return work


def _runs(work_list: str) -> Iterator[int]:
    yield from range(WorkList(work_list).runs)


@dataclass
class _ReadRun(beam.DoFn):
    work: WorkList

    def process(self, run: int) -> Iterator[Any]:
        yield from self.work.run(run)


@dataclass(frozen=True)
class OnBeam:
    """A collection of a dataflow that a runner holds."""

    collection: PCollection[Any]
    step: str
    carried: Carried
    is_local: bool

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
        if self.is_local:  # on one machine, memory is dearer than elements
            return self._with(self.collection | name >> beam.GroupByKey())
        return self._with(
            self.collection
            | f"{name}Pack" >> beam.ParDo(_Pack())
            | f"{name}Places" >> beam.GroupByKey()
            | f"{name}Unpack" >> beam.FlatMap(_unpacked)
            | name >> beam.GroupByKey()
            | f"{name}Values" >> beam.Map(_with_values)
        )

    def meet(self, name: str, function: Function, outputs: Sequence[str]) -> tuple[Self, ...]:
        """Brings together all values of a target and returns what a function yields for them.

        Beam's local runner copies a shuffle twice when it reads it, so a quarter at a time is
        shuffled there.
        """
        if not self.is_local:
            return self.by_target(f"{name}Meet").split(name, function, outputs)
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
        return replace(self, collection=collection)


class _Pack(beam.DoFn):
    """Packs what the elements of a bundle have for targets."""

    def start_bundle(self) -> None:
        self._packs = ToPlaces()

    def process(self, element: tuple[Any, Any]) -> Iterator[tuple[int, bytes]]:
        yield from self._packs.add(*element)

    def finish_bundle(self) -> Iterator[WindowedValue]:
        for pack in self._packs.rest():
            yield GlobalWindows.windowed_value(pack)


def _unpacked(element: tuple[int, Iterable[bytes]]) -> Iterator[tuple[Any, bytes]]:
    yield from by_target(element[1])


def _with_values(element: tuple[Any, Iterable[bytes]]) -> tuple[Any, Iterable[Any]]:
    return element[0], Values(element[1])


class _Wave(beam.PartitionFn):
    def partition_for(self, element: Any, num_partitions: int, *_: Any, **__: Any) -> int:
        target: int = element[0]
        return target % num_partitions


class _Do(beam.DoFn):
    """Does a step's pieces of work; a worker's context is open as long as Beam keeps it."""

    def __init__(self, name: str, step: str, carried: Carried) -> None:
        self._name = name
        self._step = step
        self._carried = carried
        self._context: AbstractContextManager[Callable[[Any], Figures]] | None = None
        self._do: Callable[[Any], Figures] | None = None

    def setup(self) -> None:
        self._carried.receive()
        step: Map = read_step(self._step)
        self._context = step.worker()
        self._do = self._context.__enter__()

    def process(self, piece: Any) -> Iterator[Any]:
        assert self._do is not None  # noqa: S101  (Beam calls `setup` first)
        for name, amount in self._do(piece).items():
            _count(self._name, name, amount)
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
