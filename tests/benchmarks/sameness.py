"""Whether the same documents get the same decisions in any order, with any number of workers."""

import tempfile
import time
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.page.sign.minhash import HASHES
from jingyu.pipeline.run.engine import Engine
from jingyu.pipeline.steps.deduplicate.parts.parts import parts_for
from jingyu.pipeline.steps.deduplicate.stage import DeduplicateDocuments
from tests.benchmarks.planted import plant
from tests.benchmarks.staged import Found, document_ids, found, stage, staged_table
from tests.support.staged import HERE, layout_in


class Way(NamedTuple):
    """A way to deduplicate.

    Attributes:
        seed: Order of the documents; 0 is as they came.
        items: Files that they are in.
        workers: Worker processes; 0 is without a runner.
        partitions: Partitions of the shuffles.
        rounds: Rounds of stars.
    """

    seed: int
    items: int
    workers: int
    partitions: int
    rounds: int


WAYS = (
    Way(0, 4, 0, 1, 0),
    Way(1, 7, 1, 4, 0),
    Way(2, 3, 1, 64, 2),
    Way(3, 5, 2, 4, 0),
    Way(4, 5, 2, 64, 3),
)


def print_order(documents: int) -> None:
    """Prints, for each way, whether it decides as the first does."""
    planted = plant(documents)
    table = staged_table(planted.texts)
    first: Found | None = None
    for way in WAYS:
        started = time.monotonic()
        decided = decisions(table, way)
        first = first or decided
        is_same = all(
            np.array_equal(*pair, equal_nan=True) for pair in zip(first, decided, strict=True)
        )
        print(  # noqa: T201
            f"{'same' if is_same else 'DIFFERENT'}: {way._asdict()}, "
            f"{time.monotonic() - started:.1f} s"
        )


def decisions(table: pa.Table, way: Way) -> Found:
    """Returns what is decided on staged documents, in the order of their ids."""
    count = table.num_rows
    order = np.random.default_rng(way.seed).permutation(count) if way.seed else np.arange(count)
    with tempfile.TemporaryDirectory() as folder:
        layout = layout_in(folder)
        keys = stage(table.take(pa.array(order)), layout, way.items)
        step = DeduplicateDocuments(
            Deduplication(),
            layout,
            count,
            HASHES,
            partitions=way.partitions,
            rounds=way.rounds,
        )
        engine = Engine(way.workers, small_run=0) if way.workers else HERE
        engine.flow(step, parts_for(keys, layout), layout.work_list, count)
        return found(keys, layout, document_ids(count))
