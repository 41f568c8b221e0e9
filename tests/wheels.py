"""Builds a wheel with each Python that is here, and loads its extensions from a clean folder."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.paths import ROOT

_VERSIONS = ("3.11", "3.12", "3.13", "3.14")
_LOAD = """
import importlib.util, pathlib, sys
import jingyu
folder = pathlib.Path(jingyu.__path__[0])
found = sorted(folder.rglob("*.so"))
for file in found:
    # By itself: the packages that it lies in import what is not installed here.
    spec = importlib.util.spec_from_file_location(file.name.partition(".")[0], file)
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
assert (folder / "configs" / "models" / "lid.176.ftz").exists()
assert (folder / "configs" / "lists" / "lexicon" / "gambling.txt").exists()
assert folder.is_relative_to(sys.prefix), folder
print(len(found), "extensions load")
"""


def main() -> None:
    """Prints, for each version of Python, what became of its wheel."""
    with tempfile.TemporaryDirectory() as folder:
        for version in _VERSIONS:
            python = _interpreter(version)
            told = _built(python, Path(folder) / version) if python else "is not here"
            sys.stdout.write(f"Python {version}: {told}\n")


def _interpreter(version: str) -> str | None:
    """Returns an interpreter of a version, if there is one that starts."""
    for folder in os.get_exec_path():
        found = shutil.which(f"python{version}", path=folder)
        if (
            found
            and not subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode
        ):
            return found
    return None


def _built(python: str, folder: Path) -> str:
    """Builds a wheel in a folder, installs it without dependencies and loads its extensions."""
    _run(python, "-m", "venv", str(folder / "venv"))
    inside = str(folder / "venv" / "bin" / "python")
    _run(inside, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(folder), str(ROOT))
    (wheel,) = folder.glob("*.whl")
    _run(inside, "-m", "pip", "install", "--quiet", "--no-deps", str(wheel))
    return f"{wheel.name}: {_run(inside, '-c', _LOAD)}"


def _run(*command: str) -> str:
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd="/")
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr}")
    return done.stdout.strip()


if __name__ == "__main__":
    main()
