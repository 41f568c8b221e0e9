"""Shows the laws on inputs of one's own: accounting, determinism, continuation, quick re-decisions.

Usage: python -m tests.benchmarks.laws INPUT...
Prints a line per law and exits with 1 if one does not hold.
"""

import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import duckdb
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from jingyu import configs

_PAGES = ("response", "resource", "conversion", "revisit")
_KILLED_AFTER = (0.3, 0.6)
_CONFIG = Path(configs.__path__[0]) / "web_zh.yaml"


def main(inputs: list[str]) -> int:
    """Runs the flow several times and compares."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        config = work / "config.yaml"
        config.write_text(_text(), encoding="utf-8")
        one, seconds = _run(config, inputs, work / "one", workers=1)
        two, _ = _run(config, inputs, work / "two", workers=2)
        killed = _killed_and_resumed(config, inputs, work / "killed", seconds)
        again, seconds_again = _run(config, inputs, work / "one", workers=1)
        accounts = _accounts(work / "one")
        config.write_text(_text().replace("han_ratio, min: 0.2", "han_ratio, min: 0.4"))
        other, seconds_other = _run(config, inputs, work / "one", workers=1)
        fresh, _ = _run(config, inputs, work / "fresh", workers=2)
    laws = {
        "every page-bearing record that warcio finds has one row in the ledger": accounts,
        "one worker and two give the same bytes": one == two,
        "a run killed twice and resumed gives the same bytes": one == killed,
        f"a rerun does nothing ({seconds_again:.1f} s after {seconds:.1f} s)": one == again,
        f"another limit gives the bytes of a fresh run ({seconds_other:.2f} s)": other == fresh,
    }
    share = seconds_other / seconds
    print(f"a first run {seconds:.2f} s, another limit {share:.1%} of it")  # noqa: T201
    for law, holds in laws.items():
        print(f"{'holds' if holds else 'BROKEN'}: {law}")  # noqa: T201
    return 0 if all(laws.values()) else 1


def _text() -> str:
    text = _CONFIG.read_text(encoding="utf-8").replace("unreadable: fail", "unreadable: skip")
    return text.replace("allow_empty: false", "allow_empty: true").replace(
        "max_failed_ratio: 0.05", "max_failed_ratio: 1"
    )


def _command(config: Path, inputs: list[str], out: Path, workers: int) -> list[str]:
    named = [part for path in inputs for part in ("--input", path)]
    program = [sys.executable, "-m", "jingyu.pipeline.cli", "run", str(config)]
    return [*program, *named, "--output", str(out), "--workers", str(workers)]


def _run(config: Path, inputs: list[str], out: Path, workers: int) -> tuple[dict[str, str], float]:
    """Returns the digests of a run's corpus and ledger, and the seconds that it took."""
    started = time.monotonic()
    subprocess.run(_command(config, inputs, out, workers), check=True, stdout=subprocess.DEVNULL)
    seconds = time.monotonic() - started
    return _digests(out), seconds


def _digests(out: Path) -> dict[str, str]:
    folders = (out / "corpus", out / "ledger")
    files = sorted(path for folder in folders for path in folder.rglob("*.parquet"))
    return {
        str(file.relative_to(out)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files
    }


def _killed_and_resumed(
    config: Path, inputs: list[str], out: Path, seconds: float
) -> dict[str, str]:
    for share in _KILLED_AFTER:
        process = subprocess.Popen(
            _command(config, inputs, out, workers=2),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(share * seconds)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return _run(config, inputs, out, workers=2)[0]


def _accounts(out: Path) -> bool:
    """Returns whether the ledger has all that warcio finds, and nothing twice."""
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    ledger = duckdb.execute(
        "select source_file, record_type, count(*) from read_parquet($files) group by all",
        {"files": f"{out}/ledger/*.parquet"},
    ).fetchall()
    found = {(file, kind): count for file, kind, count in ledger}
    holds = _is_unique(out)
    for each in manifest["inputs"]:
        counts, is_whole = _count_with_warcio(each["path"])
        for kind in _PAGES:
            ours, theirs = found.get((each["name"], kind), 0), counts[kind]
            if ours < theirs or (is_whole and ours > theirs):
                print(f"{each['path']}: {kind}: ledger {ours}, warcio {theirs}")  # noqa: T201
                holds = False
    return holds


def _is_unique(out: Path) -> bool:
    row = duckdb.execute(
        "select count(*) = count(distinct document_id) from read_parquet($files)",
        {"files": f"{out}/ledger/*.parquet"},
    ).fetchone()
    return bool(row and row[0])


def _count_with_warcio(path: str) -> tuple[Counter[str], bool]:
    """Returns the records by type, and whether warcio read the file to its end."""
    counts: Counter[str] = Counter()
    try:
        with open(path, "rb") as stream:
            for record in ArchiveIterator(stream):
                counts[record.rec_type] += 1
    except (ArchiveLoadFailed, ValueError, OSError, EOFError):
        return counts, False
    return counts, True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
