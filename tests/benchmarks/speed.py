"""Times Jingyu against another command on the same WARC, one core each, in turn.

Usage: python -m tests.benchmarks.speed WARC [--rival "COMMAND"] [--runs N] [--core C]

`{warc_folder}` and `{out}` in the rival's command are replaced. Prints the medians of wall time and
of the CPU time of all processes, pages a second, the ratio, the peak memory of any process, and how
far it is to the floor: what inflating the file and parsing the staged pages takes on that core.
"""

import argparse
import json
import os
import resource
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from jingyu import configs

_CONFIG = Path(configs.__path__[0]) / "web_zh.yaml"


@dataclass(frozen=True)
class Timing:
    """One run of a command."""

    wall: float
    cpu: float
    peak_mib: float
    """Resident memory of the largest process."""


def main(arguments: list[str]) -> None:
    """Runs both commands in turn and prints what they took."""
    options = _options(arguments)
    warc = Path(options.warc).resolve()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "warc").mkdir()
        shutil.copy(warc, work / "warc")
        ours, theirs, floors = [], [], []
        for number in range(options.runs):
            out = work / f"ours-{number}"
            ours.append(_time(_jingyu(work / "warc" / warc.name, out), options.core))
            floors.append(_floor(work / "warc" / warc.name, out, options.core))
            if options.rival:
                rival = options.rival.format(
                    warc_folder=work / "warc", out=work / f"theirs-{number}"
                )
                theirs.append(_time(shlex.split(rival), options.core))
        stats = json.loads((work / "ours-0" / "stats.json").read_text(encoding="utf-8"))
    pages = stats["pages_read"]
    print(f"{warc.name}: {pages:,} pages, {stats['documents']:,} kept by Jingyu")  # noqa: T201
    _report("jingyu", ours, pages)
    floor = statistics.median(floors)
    print(f"floor {floor:.2f} s, jingyu {_median(ours, 'wall') / floor:.1f} times the floor")  # noqa: T201
    if theirs:
        _report("rival", theirs, pages)
        for what in ("wall", "cpu"):
            ratio = _median(theirs, what) / _median(ours, what)
            print(f"ratio of {what} time: {ratio:.1f}")  # noqa: T201


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.speed")
    parser.add_argument("warc")
    parser.add_argument("--rival", help="command with {warc_folder} and {out}")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--core", type=int, default=0, help="core to which both are pinned")
    return parser.parse_args(arguments)


def _jingyu(warc: Path, out: Path) -> list[str]:
    program = [sys.executable, "-m", "jingyu.pipeline.cli", "run", str(_CONFIG)]
    return [*program, "--input", str(warc), "--output", str(out), "--workers", "1"]


def _floor(warc: Path, out: Path, core: int) -> float:
    """Returns the seconds of `tests.benchmarks.floor`."""
    command = [sys.executable, "-m", "tests.benchmarks.floor", str(warc), str(out)]
    pinned = ["taskset", "-c", str(core), *command]
    return float(subprocess.run(pinned, check=True, capture_output=True, text=True).stdout)


def _time(command: list[str], core: int) -> Timing:
    """Returns what a command and all processes that it waited for took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    process = subprocess.Popen(
        ["taskset", "-c", str(core), *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, _peak_mib(process.pid))
        time.sleep(0.05)
    wall = time.monotonic() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise SystemExit(f"{shlex.join(command)} ended with exit code {process.returncode}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Timing(wall, cpu, peak)


def _peak_mib(root: int) -> float:
    """Returns the resident memory of the largest process below a process, itself included."""
    parents, sizes = {}, {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                stat = Path(f"/proc/{name}/stat").read_text(encoding="utf-8").rpartition(")")[2]
            except OSError:
                continue
            fields = stat.split()
            parents[int(name)], sizes[int(name)] = int(fields[1]), int(fields[21])
    family = {root}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    pages = max((sizes.get(pid, 0) for pid in family), default=0)
    return pages * resource.getpagesize() / (1 << 20)


def _median(timings: list[Timing], what: str) -> float:
    return float(statistics.median(getattr(timing, what) for timing in timings))


def _report(name: str, timings: list[Timing], pages: int) -> None:
    wall, cpu = _median(timings, "wall"), _median(timings, "cpu")
    peak = max(timing.peak_mib for timing in timings)
    print(  # noqa: T201
        f"{name}: wall {wall:.1f} s, cpu {cpu:.1f} s, {pages / wall:.1f} pages/s, "
        f"peak {peak:.0f} MiB (medians of {len(timings)})"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
