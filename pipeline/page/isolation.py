"""Processes of ours that start apart from where they are started: its folder, its open files."""

import gc
import os
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import jingyu
from jingyu.pipeline.read import own_folder

_STDIN, _STDERR = 0, 2


def interpreter(module: str, *arguments: str) -> tuple[list[str], Mapping[str, str]]:
    """Returns the command and the environment that run a module of ours in a fresh interpreter.

    The current folder is left out of where it looks for modules: there may lie a `tests/` or a
    `numpy.py` of somebody's own. Jingyu is found where it is found here.
    """
    here = os.path.realpath(".")
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    known = [path for path in given if path and os.path.realpath(path) != here]
    ours = str(Path(jingyu.__path__[0]).resolve().parent)
    path = os.pathsep.join(dict.fromkeys([*known, ours]))
    environment = os.environ | {"PYTHONPATH": path, "PYTHONSAFEPATH": "1"}
    return [sys.executable, "-P", "-m", module, *arguments], environment


def may_fork() -> bool:
    """Returns whether a copy of this process can go on: no other thread may have held a lock.

    Threads of OpenBLAS, jemalloc and Arrow do not count: these libraries prepare for copies.
    """
    is_alone = threading.active_count() == 1 and "apache_beam" not in sys.modules
    return sys.platform == "linux" and is_alone


def leave_files(number: int) -> None:
    """Closes, in a copy of a process, the files that it has open, but for one of a number."""
    gc.freeze()  # or the end of an old object might close a file of the same number
    os.closerange(_STDERR + 1, number)
    os.closerange(number + 1, os.sysconf("SC_OPEN_MAX"))
    own_folder.forget()
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), _STDIN)
