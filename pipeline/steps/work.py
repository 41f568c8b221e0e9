"""How a step is described, so that whatever engine there is can carry it out.

A step of the flow is described once, by plain functions on plain data: a `Map` is done for each
piece of work by itself; a `Dataflow` sends packed arrays from one place to another between its
functions. `pipeline.run.engine` carries both out, in this process, in worker processes or on a
Beam runner.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol, Self

Figures = Mapping[str, int]
"""Counters of a step: nouns and what was done to them, such as `documents_staged`."""

Packed = tuple[int, bytes]
"""A target, and packed rows for it."""

FIGURES = "figures"
"""Output of a dataflow's functions whose elements, a name and an amount each, are counted."""


class Map(Protocol):
    """A step that is done for each piece of work by itself, in any order."""

    @property
    def name(self) -> str:
        """Word of the step, in counters and labels."""

    def worker(self) -> AbstractContextManager[Callable[[Any], Figures]]:
        """Returns what does pieces of work, one after the other, while its context is open."""


class Function(Protocol):
    """A function of a dataflow: yields elements for an element.

    Where it has several outputs, it yields pairs of an output's name and an element for it. It is
    sent to workers by pickle, and called by one thread at a time.
    """

    def __call__(self, element: Any, /) -> Iterable[Any]: ...


class Collection(Protocol):
    """Elements of a dataflow, wherever they are."""

    def each(self, name: str, function: Function) -> Self:
        """Returns what a function yields for the elements."""

    def split(self, name: str, function: Function, outputs: Sequence[str]) -> tuple[Self, ...]:
        """Returns what a function yields for the elements, by output."""

    def by_target(self, name: str) -> Self:
        """Returns, of pairs of a target and a value, each target with all its values."""

    def meet(self, name: str, function: Function, outputs: Sequence[str]) -> tuple[Self, ...]:
        """Brings together all values of a target and returns what a function yields for them."""

    def merged_with(self, name: str, *others: Self) -> Self:
        """Returns the elements of several collections."""


class Dataflow(Protocol):
    """A step whose pieces of work depend on one another."""

    @property
    def name(self) -> str:
        """Word of the step, in counters and labels."""

    def build(self, work: Collection, /) -> None:
        """Describes what becomes of the pieces of work."""


def figure(name: str, amount: int) -> tuple[str, tuple[int, tuple[str, int]]]:
    """Returns an amount to be counted, as an element of the output `FIGURES`."""
    # 0 is a target: where figures are gathered, all meet in one place.
    return FIGURES, (0, (name, amount))
