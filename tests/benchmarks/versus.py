"""Signatures and deduplication beside another program's, on the same documents and core."""

import os
import random
import re
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.page.sign.minhash import HASHES
from jingyu.pipeline.store.decided import read_decisions
from tests.benchmarks.planted import document_of_length
from tests.benchmarks.staged import stage, staged_table
from tests.support.staged import deduplicate_here, layout_in

_CHARACTERS = 800
_TOTAL = re.compile(r"total seconds ([\d.]+)")


def print_rival(command: str, documents: int, core: int, runs: int) -> None:
    """Prints the seconds of both, in turn, and their ratio."""
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "documents"
        folder.mkdir()
        _write(folder / "documents.parquet", documents)
        for number in range(runs):
            program = [sys.executable, "-m", "tests.benchmarks.versus", str(folder)]
            ours.append(_seconds([*program, f"{work}/ours{number}"], core))
            rival = command.format(folder=folder, out=f"{work}/theirs{number}")
            theirs.append(_seconds(shlex.split(rival), core))
    mine, other = statistics.median(ours), statistics.median(theirs)
    print(  # noqa: T201
        f"{documents:,} documents of {_CHARACTERS} characters, one core, medians of {runs}: "
        f"jingyu {mine:.2f} s, rival {other:.2f} s, ratio {other / mine:.1f}"
    )


def deduplicate_folder(folder: str, out: str) -> None:
    """Signs, deduplicates and writes the kept documents of Parquet files; prints the seconds."""
    started = time.monotonic()
    documents = pq.read_table(folder)
    layout = layout_in(out)
    keys = stage(staged_table(documents["text"].to_pylist()), layout, 1)
    deduplicate_here(keys, layout, Deduplication(), HASHES)
    decisions = read_decisions(keys[0], layout, "deduplicate")
    kept = documents.filter(pa.array(decisions.is_open))
    pq.write_table(kept, f"{out}/kept.parquet")
    print(f"kept {kept.num_rows:,}")  # noqa: T201
    print(f"total seconds {time.monotonic() - started:.3f}")  # noqa: T201


def _write(path: Path, count: int) -> None:
    generator = random.Random(9)
    texts = [document_of_length(_CHARACTERS, generator) for _ in range(count * 9 // 10)]
    texts += [text[:-20] for text in texts[: count - len(texts)]]
    ids = [f"document {number}" for number in range(count)]
    pq.write_table(pa.table({"id": ids, "text": texts}), path)


def _seconds(command: list[str], core: int) -> float:
    pinned = ["taskset", "-c", str(core), *command]
    # One thread each: libraries would else start one per core.
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    done = subprocess.run(pinned, check=True, capture_output=True, text=True, env=environment)
    told = _TOTAL.findall(done.stdout)
    if not told:
        raise SystemExit(f"{shlex.join(command)} did not print `total seconds N`")
    return float(told[-1])


if __name__ == "__main__":
    deduplicate_folder(*sys.argv[1:])
