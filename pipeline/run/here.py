"""Steps in this process."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, Self

from jingyu.pipeline.steps.work import Dataflow, Function, Map


def map_here(
    step: Map, work: Iterable[Any], shown: AbstractContextManager[Any] | None = None
) -> None:
    """Does all pieces of work, one after the other.

    Args:
        step: What is done to each.
        work: The pieces.
        shown: What shows how far it is. It starts after the worker: a worker may fork this process,
            which is safe only as long as that has one thread.
    """
    with step.worker() as do, shown or nullcontext():
        for piece in work:
            do(piece)


def flow_here(step: Dataflow, work: Sequence[Any]) -> None:
    """Carries a dataflow out, function by function."""
    step.build(Elements(list(work)))


@dataclass(frozen=True)
class Elements:
    """A collection of a dataflow that is a list."""

    elements: list[Any]

    def each(self, name: str, function: Function) -> Self:
        """Returns what a function yields for the elements."""
        del name
        return type(self)([found for element in self.elements for found in function(element)])

    def split(self, name: str, function: Function, outputs: Sequence[str]) -> tuple[Self, ...]:
        """Returns what a function yields for the elements, by output."""
        found: dict[str, list[Any]] = {output: [] for output in outputs}
        for output, element in self.each(name, function).elements:
            found[output].append(element)
        return tuple(type(self)(found[output]) for output in outputs)

    def by_target(self, name: str) -> Self:
        """Returns, of pairs of a target and a value, each target with all its values."""
        del name
        targets: dict[Any, list[Any]] = {}
        for target, value in self.elements:
            targets.setdefault(target, []).append(value)
        return type(self)(list(targets.items()))

    def meet(self, name: str, function: Function, outputs: Sequence[str]) -> tuple[Self, ...]:
        """Brings together all values of a target and returns what a function yields for them."""
        return self.by_target(name).split(name, function, outputs)

    def merged_with(self, name: str, *others: Self) -> Self:
        """Returns the elements of several collections."""
        del name
        return type(self)([e for each in (self, *others) for e in each.elements])
