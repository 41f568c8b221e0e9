"""Time and memory of deduplication on signatures alone, through Beam's local runner."""

import math
import multiprocessing
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.page.sign.minhash import HASHES
from jingyu.pipeline.steps.deduplicate.parts.parts import parts_for
from jingyu.pipeline.steps.deduplicate.stage import DeduplicateDocuments
from jingyu.pipeline.store.decided import read_decisions
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.work_list import read_work_list, write_work_list
from jingyu.schemas.decisions import DUPLICATE
from tests.benchmarks.shapes import SHAPES, Signatures, crawl
from tests.benchmarks.staged import stage, table_of
from tests.support.staged import ON_A_RUNNER, layout_in

_DOCUMENTS_IN_ITEM = 20_000
_WARM_UP = 1_000
# What is similar by its signature says the same: it is read and compared, at an ordinary length.
_TEXT = "".join(map(chr, np.random.default_rng(9).integers(0x4E00, 0x9000, 800).tolist()))


class Cost(NamedTuple):
    """What a run took.

    Attributes:
        seconds: Of one core.
        bytes_each: Peak memory beyond that of the idle process, a document.
        dropped: Documents dropped.
    """

    seconds: float
    bytes_each: float
    dropped: int


def print_scale(documents: list[int]) -> None:
    """Prints the cost of corpora of several sizes, and the exponent of growth."""
    seconds = []
    for count in documents:
        cost = _cost(crawl(count))
        seconds.append(cost.seconds)
        _print(f"{count:,} documents", count, cost)
    if len(documents) > 1:
        slope = np.polyfit(np.log(documents), np.log(seconds), 1)[0]
        last = math.log(seconds[-1] / seconds[0]) / math.log(documents[-1] / documents[0])
        print(f"exponent of growth: {slope:.2f} (first to last: {last:.2f})")  # noqa: T201


def print_shapes() -> None:
    """Prints the cost of each shape."""
    for name, make in SHAPES.items():
        signatures = make()
        _print(name, len(signatures), _cost(signatures))


def _print(name: str, count: int, cost: Cost) -> None:
    print(  # noqa: T201
        f"{name:<22} {cost.seconds:7.1f} s of one core, {1e6 * cost.seconds / count:7.1f} µs and "
        f"{cost.bytes_each:7.0f} bytes a document; {cost.dropped:,} dropped",
        flush=True,
    )


def _cost(signatures: Signatures) -> Cost:
    """Returns what deduplicating documents of these signatures takes in a fresh process."""
    count = len(signatures)
    with tempfile.TemporaryDirectory() as folder:
        layout = layout_in(folder)
        keys = _stage(signatures, layout)
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            seconds, peak = pool.apply(_run, (layout, count))
        decided = [read_decisions(key, layout, "deduplicate") for key in keys]
        dropped = sum(int((each["outcome"] == DUPLICATE).sum()) for each in decided)
    return Cost(seconds, peak / count, dropped)


def _stage(signatures: Signatures, layout: Layout) -> list[str]:
    count = len(signatures)
    hashes = np.random.default_rng(6).permutation(count).astype(np.uint64)
    table = table_of(signatures, hashes, np.arange(count).tolist())
    table = table.append_column("text", pa.array([_TEXT] * count))
    keys = stage(table, layout, -(-count // _DOCUMENTS_IN_ITEM))
    write_work_list(layout.work_list, parts_for(keys, layout))
    return keys


def _run(layout: Layout, documents: int) -> tuple[float, int]:
    # The runner's own code and memory are not counted.
    with tempfile.TemporaryDirectory() as folder:
        small = layout_in(folder)
        _stage(crawl(_WARM_UP), small)
        _deduplicate(small, _WARM_UP)
    before, started = _peak_bytes(), time.process_time()
    _deduplicate(layout, documents)
    return time.process_time() - started, _peak_bytes() - before


def _deduplicate(layout: Layout, documents: int) -> None:
    step = DeduplicateDocuments(Deduplication(), layout, documents, HASHES)
    ON_A_RUNNER.flow(step, read_work_list(layout.work_list), layout.work_list, documents)


def _peak_bytes() -> int:
    # The peak that getrusage tells is inherited from the process that started this one.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024
