"""A process that examines pages, so that no page can take the run along."""

import contextlib
import functools
import importlib
import os
import resource
import socket
import subprocess
import sys
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

from pipeline.config import RunConfig
from pipeline.text.page import Ended, Examined, Page

_EXAMINE = "pipeline.text.examine:examine"
_START_SECONDS = 120
_RECYCLE_KIB = 600 << 10


class Sandbox:
    """Examines pages in a child process, within bounds of time and memory.

    A page that outlasts `extraction.timeout_seconds`, or kills the process, is answered with the
    outcome `failed`; the next page meets a new process. So does the page after the process has
    grown to 600 MiB, since parsers leak.
    """

    def __init__(self, config: RunConfig, function: str = _EXAMINE) -> None:
        self._config = config
        self._function = function
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._is_ready = False

    def __enter__(self) -> Self:
        self._start()  # the process gets ready while the first page is being read
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def examine(self, page: Page) -> Examined:
        """Returns what `pipeline.text.examine.examine` makes of a page.

        Raises:
            RuntimeError: Our own code failed on the page; the message holds no text of it.
        """
        connection = self._connected()
        try:
            connection.send(page)
            if not connection.poll(self._config.extraction.timeout_seconds):
                return self._failed("timeout")
            answer, grown_kib = connection.recv()
        except (EOFError, ConnectionError):
            return self._failed("crashed")
        if grown_kib > _RECYCLE_KIB:
            self.close()
        if isinstance(answer, str):
            raise RuntimeError(answer)  # noqa: TRY004  (it is the other side's error)
        examined: Examined = answer
        return examined

    def close(self) -> None:
        """Ends the process."""
        if self._connection:
            self._connection.close()
        if self._process:
            self._process.kill()
            self._process.wait()
        self._process = self._connection = None
        self._is_ready = False

    def _failed(self, reason: str) -> Examined:
        self.close()
        limit = self._config.extraction.timeout_seconds if reason == "timeout" else None
        return Examined({}, Ended("failed", "extract", reason, None, limit))

    def _start(self) -> Connection:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
                [sys.executable, "-m", "pipeline.sandbox", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        self._connection = Connection(ours.detach())
        self._connection.send((self._config, self._function))
        return self._connection

    def _connected(self) -> Connection:
        connection = self._connection or self._start()
        if not self._is_ready:
            if not connection.poll(_START_SECONDS):
                raise RuntimeError("the process that examines pages did not start")
            connection.recv()
            self._is_ready = True
        return connection


def _serve(connection: Connection) -> None:
    """Answers pages until the other side goes away."""
    config, function = connection.recv()
    _bound_memory(config.extraction.memory_mib << 20)
    module, _, name = function.partition(":")
    examine = functools.partial(getattr(importlib.import_module(module), name), config=config)
    connection.send("ready")
    while True:
        page = connection.recv()
        connection.send((_answer(examine, page), _resident_kib()))


def _answer(examine: Callable[[Page], Examined], page: Page) -> Examined | str:
    try:
        return examine(page)
    except (MemoryError, RecursionError) as error:
        reason = "memory_error" if isinstance(error, MemoryError) else "recursion_error"
        return Examined({}, Ended("failed", "extract", reason))
    except Exception as error:  # noqa: BLE001  (told to the other side, which raises it)
        return _without_text(error)


def _without_text(error: Exception) -> str:
    """Returns the type and the place of an error: its message may quote the page."""
    at = error.__traceback__
    places = []
    while at:
        places.append(f"{os.path.basename(at.tb_frame.f_code.co_filename)}:{at.tb_lineno}")
        at = at.tb_next
    return f"examining a page raised {type(error).__name__} at {' > '.join(places)}"


def _bound_memory(size: int) -> None:
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _resident_kib() -> int:
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:
            return int(statm.read().split()[1]) * (resource.getpagesize() >> 10)
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main(arguments: list[str]) -> Any:
    """Serves the socket whose number is given."""
    warnings.simplefilter("ignore")
    with contextlib.suppress(EOFError, ConnectionError, KeyboardInterrupt):
        _serve(Connection(int(arguments[0])))


if __name__ == "__main__":
    main(sys.argv[1:])
