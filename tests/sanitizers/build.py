"""Builds Jingyu once more, elsewhere, with sanitizers in its C.

Usage: python -m tests.sanitizers.build FOLDER

What lies in the checkout stays as it is. Prints the folder from which to import.
"""

import contextlib
import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest import mock

import setuptools

from tests.support.paths import ROOT

FLAGS = (
    *("-fsanitize=address,undefined", "-fno-sanitize-recover=undefined"),
    # Python's own flags let numbers with a sign go on beyond their end, so that none is seen to.
    *("-fno-wrapv", "-fno-omit-frame-pointer", "-g", "-O1"),
)
SANITIZED = "JINGYU_SANITIZED"
"""The variable that says from where a process is to import."""


def missing() -> str | None:
    """Returns what this machine lacks, None if nothing."""
    if not shutil.which("gcc"):
        return "no gcc"
    # The compiler echoes the name of what it does not have.
    return None if os.path.isabs(_runtime()) else "gcc has no libasan"


def _runtime() -> str:
    asked = ["gcc", "-print-file-name=libasan.so"]
    return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()


def built(folder: Path) -> Path:
    """Returns the folder from which to import what has been built below a folder.

    Raises:
        subprocess.CalledProcessError: It cannot be built; the compiler has said why.
    """
    given = [sys.executable, "-m", __name__, str(folder)]
    subprocess.run(given, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return folder / "lib"


def environment(library: Path) -> Mapping[str, str]:
    """Returns the environment of a process that imports from there, under the sanitizers.

    Python's own allocator takes many objects from one block, whose bounds are all that could be
    seen; and what is found again by its seed must not depend on hashes.
    """
    return os.environ | {
        "LD_PRELOAD": _runtime(),
        "ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1:handle_abort=1",
        "UBSAN_OPTIONS": "print_stacktrace=1",
        "PYTHONMALLOC": "malloc",
        "PYTHONHASHSEED": "0",
        "PYTHONSAFEPATH": "1",
        "PYTHONPATH": os.pathsep.join((str(library), str(ROOT))),
        SANITIZED: str(library),
    }


def main() -> None:
    """Builds."""
    folder = Path(sys.argv[1]).absolute()
    with contextlib.chdir(ROOT):
        _build(folder)
    print(folder / "lib")  # noqa: T201


def _build(folder: Path) -> None:
    # Without reading pyproject.toml, which an older setuptools than it asks for cannot.
    distribution = setuptools.Distribution(_told() | {"script_name": "setup.py"})
    distribution.verbose = False
    for extension in distribution.ext_modules or ():
        extension.extra_compile_args += FLAGS
        extension.extra_link_args += FLAGS
    options = {
        "build_lib": str(folder / "lib"),
        "build_temp": str(folder / "temp"),
        "parallel": str(os.cpu_count()),
    }
    stated = {name: (__name__, value) for name, value in options.items()}
    distribution.get_option_dict("build").update(stated)
    distribution.run_command("build")


def _told() -> dict[str, Any]:
    """Returns what setup.py tells setuptools."""
    told: dict[str, Any] = {}
    with mock.patch.object(setuptools, "setup", lambda **given: told.update(given)):
        runpy.run_path("setup.py")
    return told


if __name__ == "__main__":
    main()
