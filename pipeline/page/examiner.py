"""What examines pages for a sandbox: a process that serves a socket."""

import contextlib
import functools
import gc
import importlib
import os
import resource
import sys
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from jingyu.pipeline.page.page import Examined, Page
from jingyu.pipeline.page.settings import PageSettings
from jingyu.schemas.decisions import Decision

_STDIN, _STDERR = 0, 2
_KIB_IN_PAGE = resource.getpagesize() >> 10


def serve_in_copy(number: int, config: PageSettings, function: str) -> None:
    """Serves a socket, without the files that the process which this is a copy of has open."""
    gc.freeze()  # or the end of an old object might close a file of the same number
    os.closerange(_STDERR + 1, number)
    os.closerange(number + 1, os.sysconf("SC_OPEN_MAX"))
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), _STDIN)
    warnings.simplefilter("ignore")
    with contextlib.suppress(EOFError, ConnectionError, KeyboardInterrupt):
        _serve(Connection(number), config, function)


def _serve(connection: Connection, config: PageSettings, function: str) -> None:
    """Answers pages until the other side goes away."""
    _bound_memory(config.extraction.memory_mib << 20)
    examine = examine_of(config, function)
    connection.send("ready")
    told: tuple[str, ...] | None = None
    while True:
        answer: Any = _answer(examine, connection.recv())
        if isinstance(answer, Examined):
            # Most pages have the same columns, whose names would be the dearest part of answers.
            names = tuple(answer.columns)
            known, told = told, names
            new = None if names == known else names
            answer = (new, tuple(answer.columns.values()), answer.ended)
        connection.send((answer, _resident_kib()))


def examine_of(config: PageSettings, function: str) -> Callable[[Page], Examined]:
    """Returns the function of a name such as `module:function`, with the config."""
    module, _, name = function.partition(":")
    return functools.partial(getattr(importlib.import_module(module), name), config=config)


def _answer(examine: Callable[[Page], Examined], page: Page) -> Examined | str:
    try:
        return examine(page)
    except (MemoryError, RecursionError) as error:
        reason = "memory_error" if isinstance(error, MemoryError) else "recursion_error"
        return Examined({}, Decision("failed", "extract", reason))
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
