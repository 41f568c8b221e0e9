"""The whole road on Prism, with worker processes of their own and files on a store.

Usage: python -m tests.benchmarks.prism [--kills N] [--seconds N]

Prism is Beam's portable runner; its workers are started by Beam's own boot program:

    go install github.com/apache/beam/sdks/v2/go/cmd/prism@v2.77.0
    go install github.com/apache/beam/sdks/v2/python/container@v2.77.0

Both must lie on PATH, or this says so and exits with 0. It starts an S3-compatible server and
Prism, runs the demo crawl with lists and a model of the user's own, compares every byte of corpus,
ledger and index with a run on a disk, then does so N times more with a worker killed in the
middle and the run started again. Exits with 1 if a byte differs.
"""

import argparse
import contextlib
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.read import storage
from jingyu.pipeline.store import filesystem
from tests.crawl import build_crawl
from tests.support.paths import DEMO, ROOT, SUPPORT
from tests.support.servers import at_endpoint, make_bucket, server

_PROGRAMS = ("prism", "container")
_PARTS = ("corpus/", "ledger/", "index/")
_BOOT = """#!/bin/bash
# Prism puts quotes around some arguments, and the boot program would set up an environment.
arguments=()
for each in "$@"; do arguments+=("${each//[\\"\\']/}"); done
export RUN_PYTHON_SDK_IN_DEFAULT_ENVIRONMENT=1
exec container "${arguments[@]}"
"""


@dataclass(frozen=True)
class Road:
    """What a run on Prism needs.

    Attributes:
        work: A folder.
        config: Names lists and a model beside it.
        crawl: Address of the crawl.
        seconds: How long a run may take: one whose workers do not start waits for ever.
    """

    work: Path
    config: Path
    crawl: str
    seconds: float

    def run(self, out: str, kill_after: float | None = None) -> int | None:
        """Returns the exit code of a run, none if it was not over in time.

        Args:
            out: The output folder.
            kill_after: Seconds after which its worker is killed, if it is.
        """
        with _prism(self.work) as (port, runner):
            options = ["--runner=PortableRunner", f"--job_endpoint=localhost:{port}"]
            boot = json.dumps({"command": str(self.work / "boot.sh")})
            environment = ["--environment_type=PROCESS", f"--environment_config={boot}"]
            with _started(self, out, ["--", *options, *environment]) as process:
                if kill_after is not None:
                    _kill_a_worker(process, runner, kill_after)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    return process.wait(self.seconds if kill_after is None else _AFTER_A_KILL)
                os.killpg(process.pid, signal.SIGKILL)
        return None


_AFTER_A_KILL = 20.0
_WORKER = b"apache_beam.runners.worker.sdk_worker_main"


def main(arguments: list[str]) -> int:
    """Runs, compares, and tells."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.prism")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=300)
    told = parser.parse_args(arguments)
    missing = [name for name in _PROGRAMS if not shutil.which(name)]
    if missing:
        _say(f"skipped: not on PATH: {', '.join(missing)}; see the head of this program")
        return 0
    with tempfile.TemporaryDirectory() as folder, server("s3") as address:
        make_bucket("s3", address, "road")
        with at_endpoint("s3", address):
            return _compare(_prepared(Path(folder), told.seconds), told.kills)


def _compare(road: Road, kills: int) -> int:
    on_disk = str(road.work / "out")
    with _started(road, on_disk, ["--workers", "1"]) as process:
        process.wait()
    expected = _digests(on_disk)
    broken = 0
    for kill in range(kills + 1):
        out, started = f"s3://road/out{kill}", time.monotonic()
        killed = f", a worker killed after {2 + kill} s and run again" if kill else ""
        if kill:
            road.run(out, kill_after=2.0 + kill)
        code = road.run(out)
        is_same = code == 0 and _digests(out) == expected
        broken += not is_same
        seconds = time.monotonic() - started
        verdict = "the same bytes" if is_same else f"BROKEN, exit code {code}"
        _say(f"Prism and S3{killed}: {verdict}, {len(expected)} files, {seconds:.0f} s")
    return 1 if broken or not expected else 0


def _prepared(work: Path, seconds: float) -> Road:
    build_crawl(work / "crawl.warc.gz")
    crawl = "s3://road/crawl/crawl.warc.gz"
    filesystem.write_bytes(crawl, (work / "crawl.warc.gz").read_bytes())
    (work / "blocked.txt").write_text("lanquan.com\n")
    (work / "words.csv").write_text("term,category\n本站编辑部,commercial_spam\n")
    model = (SUPPORT / "quality.bin").read_bytes()
    (work / "quality.bin").write_bytes(model)
    config = yaml.safe_load(DEMO.read_text(encoding="utf-8"))
    config["sources"] = {"block_lists": ["blocked.txt"]}
    config["lexicon"] = {"lists": [{"path": "words.csv", "category": "commercial_spam"}]}
    digest = hashlib.sha256(model).hexdigest()
    config["quality"] = {"model": {"path": "quality.bin", "sha256": digest}}
    (work / "config.yaml").write_text(yaml.safe_dump(config, allow_unicode=True))
    (work / "boot.sh").write_text(_BOOT)
    (work / "boot.sh").chmod(0o755)
    return Road(work, work / "config.yaml", crawl, seconds)


@contextlib.contextmanager
def _started(road: Road, out: str, more: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    program = [sys.executable, "-m", "jingyu.pipeline.cli", "run", str(road.config)]
    with subprocess.Popen(
        [*program, "--input", road.crawl, "--output", out, *more],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        yield process


@contextlib.contextmanager
def _prism(work: Path) -> Iterator[tuple[int, int]]:
    """Yields port and process of a Prism whose workers use this Python."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    command = ["prism", "--job_port", str(port), "--serve_http=false"]
    with (
        open(work / "prism.log", "ab") as log,
        subprocess.Popen(
            command,
            env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)},
            stdout=log,
            stderr=log,
            start_new_session=True,
        ) as process,
    ):
        try:
            _wait_for(port)
            yield port, process.pid
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def _wait_for(port: int) -> None:
    for _ in range(500):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.02)
    raise TimeoutError("Prism does not listen")


def _kill_a_worker(process: subprocess.Popen[bytes], runner: int, seconds: float) -> None:
    """Kills the Python of a worker of a Prism, so many seconds after one is there.

    Raises:
        RuntimeError: The run was over before.
    """
    found: list[int] = []
    while not found and process.poll() is None:
        time.sleep(0.1)
        found = _workers(runner)
    time.sleep(seconds)
    killed = 0
    for worker in _workers(runner):
        with contextlib.suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
            killed += 1
    if not killed or process.poll() is not None:
        raise RuntimeError("no worker could be killed: the run was over before")


def _workers(runner: int) -> list[int]:
    """Returns the workers among the processes that a runner started: others' are not touched."""
    return [each for each in _started_by(runner) if _is_worker(each)]


def _started_by(process: int) -> list[int]:
    command = ["pgrep", "-P", str(process)]
    listed = subprocess.run(command, capture_output=True, text=True, check=False)
    children = [int(line) for line in listed.stdout.split()]
    return [*children, *(below for child in children for below in _started_by(child))]


def _is_worker(process: int) -> bool:
    with contextlib.suppress(OSError):
        return _WORKER in Path(f"/proc/{process}/cmdline").read_bytes()
    return False


def _digests(out: str) -> dict[str, str]:
    try:
        files = storage.find(out)
    except InputError:
        return {}
    return {
        file.name: hashlib.sha256(storage.read_bytes(file.path)).hexdigest()
        for file in files
        if file.name.startswith(_PARTS)
    }


def _say(sentence: str) -> None:
    print(sentence, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
