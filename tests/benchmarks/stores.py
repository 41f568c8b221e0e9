"""Shows that runs on a store end as on a disk: killed, beside another, with faults between.

Usage: python -m tests.benchmarks.stores [s3|gs] [--kills N]

Starts a server of the interface on this machine and a proxy before it, runs the demo crawl, and
prints a line per law; exits with 1 if one does not hold. Of `gs` the server is fake-gcs-server,
which has to be installed.
"""

import argparse
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.read import storage
from jingyu.pipeline.store import filesystem
from tests.crawl import build_crawl
from tests.support.paths import DEMO, ROOT
from tests.support.servers import Decide, Fault, Proxy, at_endpoint, make_bucket, proxied, server

_PARTS = ("corpus/", "ledger/", "index/", "sites/", "statistics/")
_FAULTY = 20
"""Every so manieth request fails."""


@dataclass(frozen=True)
class Place:
    """A bucket of a server, and a config."""

    scheme: str
    server: str
    work: Path

    @property
    def bucket(self) -> str:
        """Its address."""
        return f"{self.scheme}://laws"

    def config(self, name: str, **replaced: str) -> Path:
        """Returns a config: the demo's with some text replaced."""
        text = DEMO.read_text(encoding="utf-8")
        for old, new in replaced.items():
            text = text.replace(old, new)
        path = self.work / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        return path


class Laws:
    """What was looked at, and whether it held."""

    def __init__(self) -> None:
        """Begins with nothing."""
        self.broken: list[str] = []

    def add(self, law: str, *, holds: bool) -> None:
        """Prints a law and whether it holds."""
        print(f"{'holds' if holds else 'BROKEN'}: {law}", flush=True)  # noqa: T201
        if not holds:
            self.broken.append(law)


def main(arguments: list[str]) -> int:
    """Tries all laws on a store."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.stores")
    parser.add_argument("scheme", nargs="?", default="s3", choices=["s3", "gs"])
    parser.add_argument("--kills", type=int, default=10)
    told = parser.parse_args(arguments)
    laws = Laws()
    with tempfile.TemporaryDirectory() as folder, server(told.scheme) as address:
        place = Place(told.scheme, address, Path(folder))
        make_bucket(told.scheme, address, "laws")
        with at_endpoint(told.scheme, address):
            _try(place, laws, told.kills)
    return 1 if laws.broken else 0


def _try(place: Place, laws: Laws, kills: int) -> None:
    build_crawl(place.work / "crawl.warc.gz")
    crawl = f"{place.bucket}/crawl/crawl.warc.gz"
    filesystem.write_bytes(crawl, (place.work / "crawl.warc.gz").read_bytes())
    config = str(DEMO)
    on_disk = _digests(str(place.work / "out"), _run(config, crawl, str(place.work / "out")))
    requests = _same_bytes(place, laws, crawl, on_disk)
    _faults(place, laws, crawl, on_disk)
    _kills(place, laws, crawl, on_disk, [requests * n // (kills + 1) for n in range(1, kills + 1)])
    _fewer_files(place, laws, crawl)
    _takedown(place, laws, crawl)
    _two_at_once(place, laws, crawl, on_disk)
    _of_others(place, laws, crawl)


def _same_bytes(place: Place, laws: Laws, crawl: str, on_disk: Mapping[str, str]) -> int:
    """Returns how many requests a run makes."""
    out = f"{place.bucket}/same"
    with _watched(place, lambda *_: None) as (proxy, settings):
        code = _run(str(DEMO), crawl, out, settings)
        requests = len(proxy.seen)
    law = f"a run on {place.scheme}:// gives the bytes of one on a disk ({requests} requests)"
    laws.add(law, holds=_digests(out, code) == on_disk)
    laws.add("what lies there is what the manifest lists", holds=_is_as_listed(out))
    return requests


def _faults(place: Place, laws: Laws, crawl: str, on_disk: Mapping[str, str]) -> None:
    kinds = ("error", "slow", "cut")

    def decide(number: int, method: str, _: str) -> Fault | None:
        fault = kinds[number // _FAULTY % len(kinds)]
        return fault if number % _FAULTY == 0 and (method == "GET" or fault != "cut") else None

    out = f"{place.bucket}/faults"
    with _watched(place, decide) as (_, settings):
        code = _run(str(DEMO), crawl, out, settings)
    law = f"a store of which one request in {_FAULTY} fails, is slow or is cut: the same bytes"
    laws.add(law, holds=_digests(out, code) == on_disk and _is_as_listed(out))


def _kills(
    place: Place, laws: Laws, crawl: str, on_disk: Mapping[str, str], requests: list[int]
) -> None:
    for request in requests:
        out = f"{place.bucket}/killed-{request}"
        running: list[subprocess.Popen[bytes]] = []

        def decide(number: int, *_: str, at: int = request, told: Any = running) -> Fault | None:
            if number == at:
                os.killpg(told[0].pid, signal.SIGKILL)
            return None

        with _watched(place, decide) as (_, settings):
            running.append(_start(str(DEMO), crawl, out, settings))
            running[0].wait()
        was_killed = running[0].returncode == -signal.SIGKILL
        # A corpus that says it is finished is whole.
        is_whole = not storage.exists(f"{out}/manifest.json") or _is_as_listed(out)
        code = _run(str(DEMO), crawl, out)
        holds = was_killed and is_whole and _digests(out, code) == on_disk and _is_as_listed(out)
        laws.add(f"killed at request {request} and run again: the same bytes", holds=holds)


def _fewer_files(place: Place, laws: Laws, crawl: str) -> None:
    out = f"{place.bucket}/fewer"
    many = place.config("many", **{"shard_mib: 64": "shard_mib: 1"})
    few = place.config("few", **{"quality_bands:": "quality_bands: {} #"})
    codes = [_run(str(many), crawl, out), _run(str(few), crawl, out)]
    holds = codes == [0, 0] and _is_as_listed(out)
    laws.add("a rerun with fewer files leaves none of those before", holds=holds)


def _takedown(place: Place, laws: Laws, crawl: str) -> None:
    out = f"{place.bucket}/takedown"
    codes = [_run(str(DEMO), crawl, out)]
    first = _documents(out)[0]
    listed = place.work / "takedown.csv"
    listed.write_text(f"kind,value,reason,date\ndocument_id,{first},asked,2026-11-28\n")
    text = DEMO.read_text(encoding="utf-8") + f"\ntakedown: {{lists: [{listed}]}}\n"
    config = place.work / "takedown.yaml"
    config.write_text(text, encoding="utf-8")
    codes.append(_run(str(config), crawl, out))
    holds = codes == [0, 0] and first not in _documents(out) and _is_as_listed(out)
    laws.add("a takedown removes the document from the store", holds=holds)


def _two_at_once(place: Place, laws: Laws, crawl: str, on_disk: Mapping[str, str]) -> None:
    out = f"{place.bucket}/two"
    both = [_start(str(DEMO), crawl, out, {}) for _ in range(2)]
    codes = sorted(process.wait() for process in both)
    code = _run(str(DEMO), crawl, out)
    holds = codes in ([0, 0], [0, 1], [1, 1]) and _digests(out, code) == on_disk
    laws.add(f"two runs at once end with {codes}, and nothing is broken", holds=holds)
    laws.add("what lies there is what the manifest lists", holds=_is_as_listed(out))


def _of_others(place: Place, laws: Laws, crawl: str) -> None:
    out = f"{place.bucket}/others"
    filesystem.write_bytes(f"{out}/corpus/mine.parquet", b"mine")
    code = _run(str(DEMO), crawl, out)
    holds = code == 2 and _listing(out) == {"corpus/mine.parquet"}
    laws.add("a folder that holds somebody else's files is refused and untouched", holds=holds)


@contextmanager
def _watched(place: Place, decide: Decide) -> Iterator[tuple[Proxy, Mapping[str, str]]]:
    """Yields a proxy before the server, and the settings with which runs go through it."""
    name = "AWS_ENDPOINT_URL" if place.scheme == "s3" else "STORAGE_EMULATOR_HOST"
    with proxied(place.server, decide) as proxy:
        yield proxy, {name: proxy.address}


def _start(
    config: str, crawl: str, out: str, settings: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    program = [sys.executable, "-m", "jingyu.pipeline.cli", "run", config]
    return subprocess.Popen(
        [*program, "--input", crawl, "--output", out, "--workers", "1"],
        env={**os.environ, **settings, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _run(config: str, crawl: str, out: str, settings: Mapping[str, str] | None = None) -> int:
    return _start(config, crawl, out, settings or {}).wait()


def _listing(out: str) -> set[str]:
    try:
        return {file.name for file in storage.find(out) if file.name.startswith(_PARTS)}
    except InputError:
        return set()


def _is_as_listed(out: str) -> bool:
    manifest = json.loads(storage.read_bytes(f"{out}/manifest.json"))
    told = {part["path"]: part["sha256"] for part in manifest["parts"]}
    return told == _digests(out, 0)


def _digests(out: str, code: int) -> dict[str, str]:
    """Returns the digests of all parts of a run that ended well."""
    if code:
        return {"exit code": str(code)}
    return {
        name: hashlib.sha256(storage.read_bytes(f"{out}/{name}")).hexdigest()
        for name in sorted(_listing(out))
    }


def _documents(out: str) -> list[str]:
    found: list[str] = []
    for name in sorted(_listing(out)):
        if name.startswith("corpus/"):
            content = io.BytesIO(storage.read_bytes(f"{out}/{name}"))
            found += pq.read_table(content, columns=["document_id"]).column(0).to_pylist()
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
