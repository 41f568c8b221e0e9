"""Time and memory of all that comes after signatures, through Beam's local runner."""

import math
import multiprocessing
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from jingyu.filters.source.settings import Verdicts
from jingyu.pipeline.config.decontamination import Decontamination
from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.config.lines import LinesSection
from jingyu.pipeline.page.sign.minhash import HASHES
from jingyu.pipeline.steps.clean.stage import CleanDocuments
from jingyu.pipeline.steps.deduplicate.parts.parts import parts_for
from jingyu.pipeline.steps.deduplicate.stage import DeduplicateDocuments
from jingyu.pipeline.steps.sources.forms import COLUMNS, filled_forms, templates_of
from jingyu.pipeline.store.decided import read_decisions
from jingyu.pipeline.store.layout import Layout
from jingyu.schemas.decisions import DUPLICATE
from tests.benchmarks.composed import DOCUMENTS_IN_ITEM, compose
from tests.benchmarks.shapes import SHAPES, Signatures
from tests.benchmarks.staged import stage, table_of
from tests.support.staged import ON_A_RUNNER, layout_in

_WARM_UP = 1_000
# What is similar by its signature says the same: it is read and compared, at an ordinary length.
_TEXT = "".join(map(chr, np.random.default_rng(9).integers(0x4E00, 0x9000, 800).tolist()))


Work = Callable[[Layout, list[str], int], dict[str, float]]
"""Does something to staged documents; returns the seconds of its steps."""


class Cost(NamedTuple):
    """What a run took.

    Attributes:
        seconds: Of one core, by step.
        bytes_each: Peak memory beyond that of the idle process, a document.
        dropped: Documents dropped.
    """

    seconds: dict[str, float]
    bytes_each: float
    dropped: int

    @property
    def total(self) -> float:
        """Seconds of all steps."""
        return sum(self.seconds.values())


def print_scale(documents: list[int]) -> None:
    """Prints the cost of corpora of several sizes, and the exponent of growth.

    Near duplicates and contained documents are found and compared, passages are counted and cut,
    and the pages of templates counted.
    """
    seconds = []
    for count in documents:
        with tempfile.TemporaryDirectory() as folder:
            layout = layout_in(folder)
            cost = _cost(layout, compose(layout, count), count, _whole)
        seconds.append(cost.total)
        _print(f"{count:,} documents", count, cost)
        for name, each in cost.seconds.items():
            print(f"    {name:<18} {each:7.1f} s, {1e6 * each / count:7.1f} µs", flush=True)  # noqa: T201
    if len(documents) > 1:
        slope = np.polyfit(np.log(documents), np.log(seconds), 1)[0]
        last = math.log(seconds[-1] / seconds[0]) / math.log(documents[-1] / documents[0])
        print(f"exponent of growth: {slope:.2f} (first to last: {last:.2f})")  # noqa: T201


def print_shapes() -> None:
    """Prints the cost of each shape: deduplication alone."""
    for name, make in SHAPES.items():
        signatures = make()
        with tempfile.TemporaryDirectory() as folder:
            layout = layout_in(folder)
            keys = _stage(signatures, layout)
            _print(name, len(signatures), _cost(layout, keys, len(signatures), _deduplicate))


def _print(name: str, count: int, cost: Cost) -> None:
    print(  # noqa: T201
        f"{name:<22} {cost.total:7.1f} s of one core, {1e6 * cost.total / count:7.1f} µs and "
        f"{cost.bytes_each:7.0f} bytes a document; {cost.dropped:,} dropped",
        flush=True,
    )


def _cost(layout: Layout, keys: list[str], count: int, work: Work) -> Cost:
    """Returns what some work on staged documents takes in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        seconds, peak = pool.apply(_run, (layout, keys, count, work))
    decided = [read_decisions(key, layout, "deduplicate") for key in keys]
    dropped = sum(int((each["outcome"] == DUPLICATE).sum()) for each in decided)
    return Cost(seconds, peak / count, dropped)


def _stage(signatures: Signatures, layout: Layout) -> list[str]:
    count = len(signatures)
    hashes = np.random.default_rng(6).permutation(count).astype(np.uint64)
    table = table_of(signatures, hashes, np.arange(count).tolist())
    table = table.append_column("text", pa.array([_TEXT] * count))
    return stage(table, layout, -(-count // DOCUMENTS_IN_ITEM))


def _run(
    layout: Layout, keys: list[str], documents: int, work: Work
) -> tuple[dict[str, float], int]:
    # The runner's own code and memory are not counted.
    with tempfile.TemporaryDirectory() as folder:
        small = layout_in(folder)
        work(small, compose(small, _WARM_UP), _WARM_UP)
    before = _peak_bytes()
    seconds = work(layout, keys, documents)
    return seconds, _peak_bytes() - before


def _whole(layout: Layout, keys: list[str], documents: int) -> dict[str, float]:
    seconds = _deduplicate(layout, keys, documents)
    started = time.process_time()
    settings = LinesSection(drop_boilerplate=False, drop_repeated=False)
    clean = CleanDocuments(settings, Decontamination(), layout, documents)
    ON_A_RUNNER.flow(clean, list(enumerate(keys)), layout.work_list, documents)
    seconds["passages"] = time.process_time() - started
    started = time.process_time()
    filled = [
        filled_forms(table, number, np.ones(table.num_rows, np.bool_))
        for number, key in enumerate(keys)
        for table in [layout.staged(key).table(list(COLUMNS))]
    ]
    templates_of(np.concatenate(filled), Verdicts().min_template_titles)
    seconds["templates"] = time.process_time() - started
    return seconds


def _deduplicate(layout: Layout, keys: list[str], documents: int) -> dict[str, float]:
    started = time.process_time()
    step = DeduplicateDocuments(Deduplication(), layout, documents, HASHES)
    ON_A_RUNNER.flow(step, parts_for(keys, layout), layout.work_list, documents)
    return {"deduplicate": time.process_time() - started}


def _peak_bytes() -> int:
    # The peak that getrusage tells is inherited from the process that started this one.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024
