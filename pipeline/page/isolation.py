"""Processes of ours that start apart from the folder they are started in."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import jingyu


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
