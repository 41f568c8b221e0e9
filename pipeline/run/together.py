"""Steps in this process, with others to help it where that pays."""

import time
from collections import deque
from collections.abc import Sequence
from contextlib import AbstractContextManager
from threading import Event, Thread
from typing import Any, Self

from jingyu.pipeline.run.workers import map_in_workers, taken
from jingyu.pipeline.steps.work import Map

_FIRST_LOOK_SECONDS = 0.7
_LOOKING_SECONDS = 0.1
_WORTH_SECONDS = 2.5
"""A process takes some 1.5 s of CPU to start; what is over sooner waits for nobody."""


def map_together(
    step: Map, work: Sequence[Any], workers: int, shown: AbstractContextManager[Any]
) -> None:
    """Does all pieces of work here, and in other processes as soon as there is enough for them.

    Args:
        step: What is done to each.
        work: The pieces.
        workers: Processes, this one among them.
        shown: What shows how far it is. It starts after the worker, as do all threads: a worker
            may fork this process, which is safe only as long as that has one thread.

    Raises:
        OSError: A piece could not be read or written.
        JingyuError: A worker ended.
    """
    waiting = deque(work)
    with step.worker() as do, shown, _Helpers(step, waiting, workers - 1) as helpers:
        while (piece := taken(waiting)) is not None:
            do(piece)
            helpers.done += 1
            helpers.check()


class _Helpers:
    """Processes that take pieces of work, too, once it is clear that it pays."""

    def __init__(self, step: Map, waiting: deque[Any], count: int) -> None:
        self.done = 0
        self._given = (step, waiting, count)
        self._ended = Event()
        self._error: BaseException | None = None
        self._thread = Thread(target=self._help, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind:
            self._ended.set()
        self._thread.join()
        if not kind:
            self.check()

    def check(self) -> None:
        """Raises what a helper raised."""
        if self._error:
            raise self._error

    def _help(self) -> None:
        step, waiting, count = self._given
        started = time.monotonic()
        self._ended.wait(_FIRST_LOOK_SECONDS)
        while waiting and not self._ended.is_set():
            if is_worth_help(time.monotonic() - started, self.done, len(waiting)):
                try:
                    map_in_workers(step, waiting, count, self._ended)
                except BaseException as error:  # noqa: BLE001  (raised in the main thread)
                    self._error = error
                    waiting.clear()
                return
            self._ended.wait(_LOOKING_SECONDS)


def is_worth_help(seconds: float, done: int, waiting: int) -> bool:
    """Returns whether the pieces that wait will take long enough to start a process for them.

    Args:
        seconds: How long pieces have been done.
        done: How many are done; of the one that is being done, half is taken for done.
        waiting: How many are yet to be begun.
    """
    return seconds / (done + 0.5) * waiting > _WORTH_SECONDS
