"""Recall and precision of deduplication on planted clusters."""

import tempfile
import time

from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.page.sign.minhash import HASHES
from tests.benchmarks.planted import plant
from tests.benchmarks.scores import Recall, precision, recall
from tests.benchmarks.staged import document_ids, found, stage, staged_table
from tests.support.staged import deduplicate_here, layout_in


def print_quality(documents: int, min_similarity: float) -> None:
    """Plants, deduplicates and prints the tables."""
    planted = plant(documents)
    table = staged_table(planted.texts)
    settings = Deduplication(min_similarity=min_similarity)
    bands, rows = settings.banding(HASHES)
    with tempfile.TemporaryDirectory() as folder:
        layout = layout_in(folder)
        keys = stage(table, layout, max(1, documents // 5_000))
        started = time.process_time()
        deduplicate_here(keys, layout, settings, HASHES)
        seconds = time.process_time() - started
        decided = found(keys, layout, document_ids(len(planted.texts)))
    print(  # noqa: T201
        f"{len(planted.texts):,} documents, {len(planted.pairs):,} known pairs, "
        f"{bands} bands of {rows}, similarity >= {min_similarity:g}; "
        f"{seconds:.1f} s of one core"
    )
    print("\npairs by true similarity         pairs  in one group  not both kept")  # noqa: T201
    for kind in (None, *sorted(set(planted.kinds) - {"single"})):
        for row in recall(planted, decided, kind):
            _print_row(kind or "all", row)
    judged = precision(planted, decided, min_similarity)
    print(  # noqa: T201
        f"\ndropped {judged.dropped:,}: {judged.true:.4%} have a true similarity of at least "
        f"{min_similarity - 0.05:.2f} to the survivor that they name (least: {judged.worst:.3f}); "
        f"{judged.without_survivor} without a survivor; stated similarity off by "
        f"{judged.error:.3f} (root mean square)"
    )


def _print_row(name: str, row: Recall) -> None:
    if row.pairs:
        print(  # noqa: T201
            f"{name:<20} from {row.low:.2f} {row.pairs:9,}  {row.together:12.4f}  "
            f"{row.resolved:13.4f}"
        )
