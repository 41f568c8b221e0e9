"""A process that examines pages, so that no page can take the run along."""

import contextlib
import select
import socket
import subprocess
import time
import warnings
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Self

from jingyu.pipeline.page.examiner import examine_of, send, serve_in_copy
from jingyu.pipeline.page.isolation import interpreter, may_fork
from jingyu.pipeline.page.page import Examined, Page
from jingyu.pipeline.page.settings import PageSettings
from jingyu.schemas.decisions import Decision

_EXAMINE = "jingyu.pipeline.page.examine:examine"
_EXAMINER = "jingyu.pipeline.page.examiner"
_START_SECONDS = 120
_RECYCLE_KIB = 600 << 10
_FIRST_PAGE = Page("<p>净语：读到的每一页，都有去处。</p>".encode(), "text/html", "utf-8")
_FIRST_TEXT = Page("净语：读到的每一页，都有去处。".encode(), "text/plain", "utf-8", is_text=True)


class Sandbox:
    """Examines pages in a child process, within bounds of time and memory.

    The first process is a copy of this one where that is safe: what both import and load is then
    imported and loaded once. Later ones are fresh interpreters.

    A page that outlasts `extraction.timeout_seconds`, or kills the process, is answered with the
    outcome `failed`; the next page meets a new process. So does the page after the process has
    grown to 600 MiB, since parsers leak.
    """

    def __init__(
        self, config: PageSettings, function: str = _EXAMINE, *, has_markup: bool = True
    ) -> None:
        """Takes what examines pages.

        Args:
            config: Its settings.
            function: Its name.
            has_markup: Whether pages with markup are expected: what reads it is then ready before
                the first one; else it is loaded once one comes.
        """
        self._config = config
        self._first = _FIRST_PAGE if has_markup else _FIRST_TEXT
        self._function = function
        self._process: subprocess.Popen[bytes] | BaseProcess | None = None
        self._connection: Connection | None = None
        self._is_ready = False
        self._deadline: float | None = None
        self._names: tuple[str, ...] = ()
        """Columns of the last page."""

    def __enter__(self) -> Self:
        rights = self._config.rights
        if rights.robots:
            from jingyu.pipeline.read.snapshot_table import prepared

            prepared(rights.robots, rights.as_of)  # once, and not in the time of a page
        if may_fork():
            self._fork()
        else:
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
        """Returns what `pipeline.page.examine.examine` makes of a page."""
        self.begin(page)
        return self.finish()

    def begin(self, page: Page) -> None:
        """Has a page examined while this process goes on, until `finish` is called."""
        if self._deadline is not None:
            self.close()  # nobody waits for the page before
        connection = self._connected()
        self._deadline = time.monotonic() + self._config.extraction.timeout_seconds
        with contextlib.suppress(ConnectionError):  # then nothing answers
            send(connection, page)

    def finish(self) -> Examined:
        """Returns what became of the page that was begun."""
        assert self._connection is not None  # noqa: S101  (`begin` comes first)
        assert self._deadline is not None  # noqa: S101
        left = max(0.0, self._deadline - time.monotonic())
        self._deadline = None
        try:
            if not _has_come(self._connection, left):
                return self._failed("timeout")
            answer, grown_kib = self._connection.recv()
        except (EOFError, ConnectionError):
            return self._failed("crashed")
        if grown_kib > _RECYCLE_KIB:
            self.close()
        names, values, ended = answer
        if names is not None:
            self._names = names
        return Examined(dict(zip(self._names, values, strict=True)), ended)

    def close(self) -> None:
        """Ends the process."""
        if self._connection:
            self._connection.close()
        if self._process:
            self._process.kill()
        if isinstance(self._process, BaseProcess):
            self._process.join()
        elif self._process:
            self._process.wait()
        self._process = self._connection = self._deadline = None
        self._is_ready = False

    def _failed(self, reason: str) -> Examined:
        self.close()
        limit = self._config.extraction.timeout_seconds if reason == "timeout" else None
        return Examined({}, Decision("failed", "extract", reason, None, limit))

    def _fork(self) -> None:
        # What examining loads once, such as tables and lists, this process needs too.
        examine_of(self._config, self._function)(self._first)
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = get_context("fork").Process(
                target=serve_in_copy,
                args=(theirs.fileno(), self._config, self._function),
                daemon=True,
            )
            with warnings.catch_warnings(action="ignore"):  # of threads: see `may_fork`
                self._process.start()
        self._connection = Connection(ours.detach())

    def _start(self) -> Connection:
        ours, theirs = socket.socketpair()
        with theirs:
            command, environment = interpreter(_EXAMINER, str(theirs.fileno()))
            self._process = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
                command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, env=environment
            )
        self._connection = Connection(ours.detach())
        self._connection.send((self._config, self._function, self._first))
        return self._connection

    def _connected(self) -> Connection:
        connection = self._connection or self._start()
        if not self._is_ready:
            if not connection.poll(_START_SECONDS):
                raise RuntimeError("the process that examines pages did not start")
            connection.recv()
            self._is_ready = True
        return connection


def _has_come(connection: Connection, seconds: float) -> bool:
    """Returns whether there is an answer in time: `Connection.poll`, without a selector's cost."""
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(seconds * 1000))
