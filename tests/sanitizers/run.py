"""Feeds every function of the extensions, and examining as a whole, what is made to break them.

Usage: python -m tests.sanitizers.run [--seconds 60] [--seed 1] [--round N]

Runs under the sanitizers only, as `make asan` starts it: a fault that they see ends the process. A
round is a call of each function; what a round is given follows from the seed and its number alone,
so that `--round` shows a fault again.
"""

import argparse
import ctypes
import faulthandler
import importlib
import itertools
import os
import random
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from tests.sanitizers.build import SANITIZED


def main() -> int:
    """Runs for a time, or one round."""
    parser = argparse.ArgumentParser(description="Feeds the extensions what may break them.")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    parser.add_argument("--round", type=int, help="only this one")
    arguments = parser.parse_args()
    faulthandler.enable()
    extensions = sanitized_extensions()
    print(f"seed {arguments.seed}, {len(extensions)} extensions", flush=True)  # noqa: T201
    rounds: Iterable[int] = itertools.count() if arguments.round is None else [arguments.round]
    calls = _run(rounds, arguments.seed, time.monotonic() + arguments.seconds)
    print(f"\nno fault in {calls} calls")  # noqa: T201
    return 0


def sanitized_extensions() -> list[str]:
    """Returns the names of the extensions, all of which are imported from where they were built.

    Raises:
        SystemExit: They are not sanitized, or not those that this process imports.
    """
    library = os.environ.get(SANITIZED)
    if not library or not hasattr(ctypes.CDLL(None), "__asan_init"):
        raise SystemExit("not under the sanitizers: make asan")
    found = []
    for file in sorted(Path(library).rglob("*.so")):
        name = ".".join(file.relative_to(library).parts).partition(".cpython")[0]
        imported = importlib.import_module(name).__file__
        if imported != str(file):
            raise SystemExit(f"{name} is not that of {library}, but {imported}")
        found.append(name)
    return found


def _run(rounds: Iterable[int], seed: int, end: float) -> int:
    """Returns how many calls were made."""
    from tests.sanitizers.calls import CALLS

    count = 0
    for number in rounds:
        for name, call in CALLS.items():
            # What stands there when a fault ends the process shows it again.
            print(f"\r--seed {seed} --round {number}  # {name:32}", end="", flush=True)  # noqa: T201
            call(random.Random(f"{seed} {number} {name}"))
            count += 1
        if time.monotonic() > end:
            break
    return count


if __name__ == "__main__":
    sys.exit(main())
