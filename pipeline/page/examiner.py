"""What examines pages for a sandbox: a process that serves a socket."""

import contextlib
import functools
import gc
import importlib
import pickle
import resource
import sys
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from jingyu.pipeline.page.defect import internal_error
from jingyu.pipeline.page.isolation import leave_files
from jingyu.pipeline.page.page import Examined, Page
from jingyu.pipeline.page.settings import PageSettings
from jingyu.schemas.decisions import FAILED, Decision

_COLLECTED_AFTER = 20_000
"""Objects after which the youngest are collected: what a page leaves has hardly a cycle in it, and
looking for some after each 700 objects took a twentieth of the time."""
_KIB_IN_PAGE = resource.getpagesize() >> 10


def serve_in_copy(number: int, config: PageSettings, function: str) -> None:
    """Serves a socket, without the files that the process which this is a copy of has open."""
    leave_files(number)
    warnings.simplefilter("ignore")
    with contextlib.suppress(EOFError, ConnectionError, KeyboardInterrupt):
        _serve(Connection(number), config, function, None)


def _serve(connection: Connection, config: PageSettings, function: str, first: Page | None) -> None:
    """Answers pages until the other side goes away.

    A first page, whose answer nobody wants, loads what pages need: no page's time has room for it.
    """
    _bound_memory(config.extraction.memory_mib << 20)
    if config.rights.robots:
        from jingyu.pipeline.read.snapshot_table import prepared

        prepared(config.rights.robots, config.rights.as_of)
    examine = examine_of(config, function)
    if first:
        _examined(examine, first)
    gc.set_threshold(_COLLECTED_AFTER)
    connection.send("ready")
    told: tuple[str, ...] | None = None
    while True:
        examined = _examined(examine, connection.recv())
        # Most pages have the same columns, whose names would be the dearest part of answers.
        names = tuple(examined.columns)
        known, told = told, names
        new = None if names == known else names
        answer = (new, tuple(examined.columns.values()), examined.ended)
        send(connection, (answer, _resident_kib()))


def send(connection: Connection, message: Any) -> None:
    """Sends what `Connection.recv` takes: plain data, without the pickler that `send` makes."""
    connection.send_bytes(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))


def examine_of(config: PageSettings, function: str) -> Callable[[Page], Examined]:
    """Returns the function of a name such as `module:function`, with the config."""
    module, _, name = function.partition(":")
    return functools.partial(getattr(importlib.import_module(module), name), config=config)


def _examined(examine: Callable[[Page], Examined], page: Page) -> Examined:
    try:
        return examine(page)
    except (MemoryError, RecursionError) as error:
        reason = "memory_error" if isinstance(error, MemoryError) else "recursion_error"
        return Examined({}, Decision(FAILED, "extract", reason))
    except Exception as error:  # noqa: BLE001  (whatever a page makes us raise, the run goes on)
        return Examined({}, internal_error("extract", error))


def _bound_memory(size: int) -> None:
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _resident_kib() -> int:
    try:
        with open("/proc/self/statm", "rb", buffering=0) as statm:
            return int(statm.read().split()[1]) * _KIB_IN_PAGE
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main(arguments: list[str]) -> Any:
    """Serves the socket whose number is given."""
    warnings.simplefilter("ignore")
    with contextlib.suppress(EOFError, ConnectionError, KeyboardInterrupt):
        connection = Connection(int(arguments[0]))
        _serve(connection, *connection.recv())


if __name__ == "__main__":
    main(sys.argv[1:])
