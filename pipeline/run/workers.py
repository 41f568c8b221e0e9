"""Steps in worker processes on this machine that this one deals work to.

They are fresh interpreters, or copies of this one, which have imported and loaded already what it
has. A runner would do it, too; its import and start alone take seconds, and its worker processes
start with whatever lies in the current folder.
"""

import contextlib
import pickle
import socket
import subprocess
import sys
import warnings
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from threading import Event
from typing import Any, NamedTuple, Self

from jingyu.filters.settings.errors import JingyuError
from jingyu.pipeline.page.isolation import interpreter, leave_files
from jingyu.pipeline.steps.work import Map

_MODULE = "jingyu.pipeline.run.workers"
_ENDING_SECONDS = 10
_LOOKING_UP_SECONDS = 0.2


class Worker(NamedTuple):
    """A process that waits for a step, and then for pieces of work."""

    process: subprocess.Popen[bytes] | BaseProcess
    connection: Connection

    @classmethod
    def copy(cls) -> Self:
        """Returns a copy of this process; see `isolation.may_fork`."""
        ours, theirs = socket.socketpair()
        with theirs:
            process = get_context("fork").Process(target=_serve_in_copy, args=(theirs.fileno(),))
            with warnings.catch_warnings(action="ignore"):  # of threads: see `may_fork`
                process.start()
        return cls(process, Connection(ours.detach()))

    @classmethod
    def fresh(cls) -> Self:
        """Returns a fresh interpreter."""
        ours, theirs = socket.socketpair()
        with theirs:
            command, environment = interpreter(_MODULE, str(theirs.fileno()))
            process = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
                command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, env=environment
            )
        return cls(process, Connection(ours.detach()))

    def send(self, message: Any) -> None:
        """Sends a message; that nobody takes it, the next answer tells."""
        with contextlib.suppress(ConnectionError):
            self.connection.send(message)

    def check(self) -> None:
        """Takes an answer, and raises what it says that the worker raised."""
        try:
            error = self.connection.recv()
        except (EOFError, ConnectionError):
            code = _waited_for(self.process)
            raise JingyuError(
                f"a worker process ended with code {code}; run the same command again to continue"
            ) from None
        if error is not None:
            raise error

    def end(self) -> None:
        """Has the process end: by itself, or soon after."""
        self.connection.close()
        if _waited_for(self.process, _ENDING_SECONDS) is None:
            self.process.kill()
            _waited_for(self.process)


def _waited_for(
    process: subprocess.Popen[bytes] | BaseProcess, seconds: float | None = None
) -> int | None:
    """Returns the code that a process ended with, none if it did not in time."""
    if isinstance(process, BaseProcess):
        process.join(seconds)
        return process.exitcode
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return None


def map_in_workers(
    step: Map,
    waiting: deque[Any],
    workers: int,
    ended: Event | None = None,
    copies: Sequence[Worker] = (),
) -> None:
    """Does pieces of work in processes, each piece as soon as one is free.

    Args:
        step: What is done to each.
        waiting: The pieces, first come first served; others may take of them, too.
        workers: How many processes.
        ended: When it is set, no further piece is dealt, and those that are not done are left.
        copies: The processes, if they are there; else fresh ones are started.

    Raises:
        OSError: A piece could not be read or written.
        JingyuError: A worker ended.
    """
    count = min(workers, len(waiting))
    with ended_at_last(copies[:count] or (Worker.fresh() for _ in range(count))) as running:
        for worker in running:
            worker.send(step)
        by_connection: dict[object, Worker] = {w.connection: w for w in running}
        while by_connection and not (ended and ended.is_set()):
            connections = [worker.connection for worker in by_connection.values()]
            for ready in wait(connections, _LOOKING_UP_SECONDS if ended else None):
                worker = by_connection[ready]
                worker.check()
                if (piece := taken(waiting)) is not None:
                    worker.send(piece)
                else:
                    del by_connection[ready]


def taken(waiting: deque[Any]) -> Any | None:
    """Returns the next piece, or none if there is no more; several threads may ask."""
    try:
        return waiting.popleft()
    except IndexError:
        return None


@contextlib.contextmanager
def ended_at_last(workers: Iterable[Worker]) -> Iterator[list[Worker]]:
    """Yields processes, and ends them at last; also those before one that does not start."""
    running: list[Worker] = []
    try:
        running.extend(workers)
        yield running
    finally:
        for worker in running:
            worker.connection.close()
        for worker in running:
            worker.end()


def serve(connection: Connection) -> None:
    """Does the pieces of work that come, until the other side goes away.

    Answers that it is ready, and then of each piece what was raised, or none.
    """
    step: Map = connection.recv()
    with contextlib.ExitStack() as stack:
        try:
            do = stack.enter_context(step.worker())
        except Exception as error:  # noqa: BLE001  (told to the other side, which raises it)
            connection.send(_as_sent(error))
            return
        connection.send(None)
        while True:
            connection.send(_error_of(do, connection.recv()))


def _error_of(do: Any, piece: Any) -> Exception | None:
    """Does a piece of work and returns what it raised."""
    try:
        do(piece)
    except Exception as error:  # noqa: BLE001  (told to the other side, which raises it)
        return _as_sent(error)
    return None


def _as_sent(error: Exception) -> Exception:
    """Returns an error, or what can be sent of it."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  (what we made)
    except Exception:  # noqa: BLE001  (a library's own, that no other process can make)
        return JingyuError(f"{type(error).__name__} in a worker process: {error}")
    return error


def _serve_in_copy(number: int) -> None:
    """Serves a socket in a copy of the process that made it."""
    leave_files(number)
    main([str(number)])


def main(arguments: list[str]) -> None:
    """Serves the socket whose number is given."""
    warnings.simplefilter("ignore")
    with contextlib.suppress(EOFError, ConnectionError, KeyboardInterrupt):
        serve(Connection(int(arguments[0])))


if __name__ == "__main__":
    main(sys.argv[1:])
