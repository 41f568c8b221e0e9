"""Time and memory of the launcher where the store answers slowly, by the number of work items.

Usage: python -m tests.benchmarks.launcher [--items N…] [--seconds S]
All that the launcher itself reads of items, and of the files that workers wrote, is read by the
functions that a run calls, from a store whose files are made up and which takes S seconds for each
request. What workers do takes no time here. Not counted: looking for inputs, tables of statistics,
which grow with hosts, and lists of work. A file of the corpus holds 80,000 documents, one of the
ledger a million rows, an item 1,200 documents and 30,000 records: a file of Common Crawl.
"""

import argparse
import functools
import json
import multiprocessing
import resource
import sys
import time
from dataclasses import asdict
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import fs

from jingyu.filters.decisions import Decisions
from jingyu.pipeline.config.output import Output
from jingyu.pipeline.read import stores
from jingyu.pipeline.run.cleaning_statistics import cleaning_statistics
from jingyu.pipeline.run.parts import Parts
from jingyu.pipeline.steps.clean.changes import read_changes
from jingyu.pipeline.steps.write.plan import plan_ledger, plan_shards
from jingyu.pipeline.steps.write.weights import WeighItems, bands_of
from jingyu.pipeline.store.decided import missing_from
from jingyu.pipeline.store.in_turn import in_turn
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.row_writer import Written
from jingyu.pipeline.store.staging import ExtractSummary, Staged
from jingyu.pipeline.store.tables import TABLE
from jingyu.schemas.changes import CHANGES
from tests.benchmarks.slow_store import Folder, SlowStore
from tests.support.staged import staged_row

_SNAPSHOT_ITEMS: Final = 90_000
_DOCUMENTS: Final = 1_200
_RECORDS: Final = 30_000
_CHARACTERS: Final = 900


class Cost(NamedTuple):
    """What the launcher took.

    Attributes:
        seconds: From its start to its end.
        mib: Peak memory.
        requests: Requests to the store.
    """

    seconds: float
    mib: float
    requests: int


def main(arguments: list[str]) -> None:
    """Prints the cost of several numbers of items, and of a snapshot of Common Crawl."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.launcher")
    parser.add_argument("--items", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--seconds", type=float, default=0.05)
    options = parser.parse_args(arguments)
    costs = []
    for items in options.items:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            costs.append(pool.apply(launch, (items, options.seconds)))
        cost = costs[-1]
        print(  # noqa: T201
            f"{items:>9,} items: {cost.seconds:8.1f} s, {cost.mib:7.0f} MiB, "
            f"{cost.requests:,} requests: {cost.requests * options.seconds:,.0f} s of them "
            "one after the other",
            flush=True,
        )
    if len(costs) > 1:
        _print_snapshot(options.items[-2:], costs[-2:])


def _print_snapshot(items: list[int], costs: list[Cost]) -> None:
    """Prints what a snapshot takes, on the line through two costs."""
    share = (_SNAPSHOT_ITEMS - items[0]) / (items[1] - items[0])
    seconds, mib, requests = (
        one + share * (other - one) for one, other in zip(*costs, strict=True)
    )
    print(  # noqa: T201
        f"{_SNAPSHOT_ITEMS:>9,} items, on the line through these: {seconds / 60:.1f} minutes, "
        f"{mib:,.0f} MiB, {requests:,.0f} requests"
    )


def launch(items: int, seconds: float) -> Cost:
    """Does what the launcher does of a run with so many items."""
    keys = [f"{number:020x}-00000000" for number in range(items)]
    layout = Layout("slow://bucket/out", *(["0"] * 7))
    store = SlowStore(_folders(keys, layout), seconds)
    stores._BUCKETS["slow"] = lambda _: fs.PyFileSystem(store)  # noqa: SLF001  (a store of ours)
    started = time.monotonic()
    _launch(keys, layout)
    spent = time.monotonic() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Cost(spent, peak, store.requests)


def _launch(keys: list[str], layout: Layout) -> None:
    done = Staged.complete_in(layout.folder("extract"))
    summaries = in_turn(lambda key: layout.staged(key).read_summary(), keys, layout.out)
    found = dict(zip(keys, summaries, strict=True))
    missing = [missing_from(step, keys, layout) for step in ("select", "deduplicate", "clean")]
    if len(done) < len(keys) or any(missing):
        raise AssertionError("the store lacks files")
    output = Output()
    weigh = WeighItems(tuple(bands_of(output)), layout)
    groups = weigh.groups(keys)
    shards = plan_shards(weigh.weighed(groups), layout, output)
    parts = plan_ledger({key: summary.page_count for key, summary in found.items()})
    Parts.of(layout, [f"corpus/{shard.name}" for shard in shards])
    Parts.of(layout, [f"ledger/{part.name}" for part in parts])
    changes = in_turn(lambda key: read_changes(key, layout), keys, layout.out)
    cleaning_statistics((change for each in changes for change in each), None)


def _folders(keys: list[str], layout: Layout) -> dict[str, Folder]:
    decisions = _table(Decisions.none(_DOCUMENTS).table())
    weights = WeighItems((), layout)
    group_of = {group.name: group.keys for group in weights.groups(keys)}

    def weighed(name: str) -> bytes:
        size = 3.0 * _CHARACTERS * _DOCUMENTS
        rows = [{"key": k, "documents": _DOCUMENTS, "sizes": [size]} for k in group_of[name]]
        return _table(pa.Table.from_pylist(rows))

    summary = ExtractSummary(
        page_count=_RECORDS, document_count=_DOCUMENTS, records={"response": 1}
    )
    told = json.dumps(asdict(summary)).encode()
    change = {"row": 1, "repeated_line_count": 1, "boilerplate_line_count": 1}
    changes = _table(
        pa.Table.from_pylist(
            [{f.name: [] if pa.types.is_list(f.type) else 0 for f in CHANGES} | change] * 100,
            CHANGES,
        )
    )
    written = {"written": asdict(Written(1, 1, "0" * 64)), "statistics": {"documents": 1}}
    counted = json.dumps(written).encode()
    tables = [f"{key}{TABLE}" for key in keys]
    folders: dict[str, Folder] = {
        layout.folder("extract"): (
            [f"{key}.json" for key in keys],
            lambda name: _documents() if name.endswith(".parquet") else told,
        ),
        layout.folder("select"): (tables, lambda _: decisions),
        layout.folder("deduplicate"): (tables, lambda _: decisions),
        layout.folder("clean"): (
            tables,
            lambda name: changes if ".changes" in name else decisions,
        ),
        layout.folder("write") + "/weights": (list(group_of), weighed),
        layout.folder("write") + "/corpus": ([], lambda _: counted),
        layout.folder("write") + "/ledger": ([], lambda _: counted),
    }
    return {path.partition("://")[2]: folder for path, folder in folders.items()}


@functools.cache
def _documents() -> bytes:
    """Returns a staged table, of which the launcher reads lengths and qualities."""
    row = staged_row("x", 0, char_count=_CHARACTERS, quality=0.5)
    table = pa.table({name: [row[name]] * _DOCUMENTS for name in ("char_count", "quality")})
    held = pa.BufferOutputStream()
    pq.write_table(table, held)
    return bytes(held.getvalue())


def _table(table: pa.Table) -> bytes:
    held = pa.BufferOutputStream()
    if b"rows" not in (table.schema.metadata or {}):
        table = table.replace_schema_metadata({"rows": str(_DOCUMENTS)})
    with pa.ipc.new_file(held, table.schema) as writer:
        writer.write_table(table)
    return bytes(held.getvalue())


if __name__ == "__main__":
    main(sys.argv[1:])
