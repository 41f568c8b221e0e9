"""Steps in this process, with others to help it where that pays."""

import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from threading import Event, Thread
from typing import Any, Self

from jingyu.pipeline.page.isolation import may_fork
from jingyu.pipeline.read.stores import has_connections
from jingyu.pipeline.run.workers import Worker, ended_at_last, map_in_workers, taken
from jingyu.pipeline.steps.work import Map
from jingyu.pipeline.store.parquet import forget_open_files

_FIRST_LOOK_SECONDS = 0.7
_LOOKING_SECONDS = 0.1
_WORTH_SECONDS = 2.5
"""A fresh process takes some 1.5 s of CPU to start; what is over sooner waits for nobody."""
_FIRST_LOOK_WITH_COPIES_SECONDS = 0.1
_WORTH_COPIES_SECONDS = 0.3
"""A copy is there already, and has only to make what examines pages for it."""
_MOST_COPIES = 8
"""A copy takes some 10 ms, whether it gets work or not."""


def map_together(
    step: Map,
    work: Sequence[Any],
    workers: int,
    shown: AbstractContextManager[Any],
    *,
    is_light: bool = False,
) -> None:
    """Does all pieces of work here, and in other processes as soon as there is enough for them.

    These are copies of this process where that is safe and few are wanted, else fresh ones.

    Args:
        step: What is done to each.
        work: The pieces.
        workers: Processes, this one among them.
        shown: What shows how far it is. It starts after the worker, as do all threads: a worker
            may fork this process, which is safe only as long as that has one thread.
        is_light: Whether the work is not worth the start of a fresh process.

    Raises:
        OSError: A piece could not be read or written.
        JingyuError: A worker ended.
    """
    waiting = deque(work)
    count = min(workers, len(waiting)) - 1
    with (
        step.worker() as do,
        _copied(count) as copies,
        shown,
        _Helpers(step, waiting, len(copies) if is_light else count, copies) as helpers,
    ):
        while (piece := taken(waiting)) is not None:
            do(piece)
            helpers.done += 1
            helpers.check()


@contextmanager
def _copied(count: int) -> Iterator[list[Worker]]:
    """Yields copies of this process, none where it may have none or many are wanted.

    Nor of one that asked a store or a server: threads and sockets of its clients do not go along.
    """
    wanted = count if count <= _MOST_COPIES and may_fork() and not has_connections() else 0
    if wanted:
        forget_open_files()
    with ended_at_last(Worker.copy() for _ in range(wanted)) as copies:
        yield copies


class _Helpers:
    """Processes that take pieces of work, too, once it is clear that it pays."""

    def __init__(
        self, step: Map, waiting: deque[Any], count: int, copies: Sequence[Worker]
    ) -> None:
        self.done = 0
        self._given = (step, waiting, count, copies)
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
        step, waiting, count, copies = self._given
        started = time.monotonic()
        worth = _WORTH_COPIES_SECONDS if copies else _WORTH_SECONDS
        self._ended.wait(_FIRST_LOOK_WITH_COPIES_SECONDS if copies else _FIRST_LOOK_SECONDS)
        while count and waiting and not self._ended.is_set():
            if is_worth_help(time.monotonic() - started, self.done, len(waiting), worth):
                try:
                    map_in_workers(step, waiting, count, self._ended, copies)
                except BaseException as error:  # noqa: BLE001  (raised in the main thread)
                    self._error = error
                    waiting.clear()
                return
            self._ended.wait(_LOOKING_SECONDS)


def is_worth_help(seconds: float, done: int, waiting: int, worth: float = _WORTH_SECONDS) -> bool:
    """Returns whether the pieces that wait will take long enough to start a process for them.

    Args:
        seconds: How long pieces have been done.
        done: How many are done; of the one that is being done, half is taken for done.
        waiting: How many are yet to be begun.
        worth: Seconds that are long enough.
    """
    return seconds / (done + 0.5) * waiting > worth
