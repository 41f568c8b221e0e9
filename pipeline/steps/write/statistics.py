"""Statistics of output files: made per batch, added up over batches, shards and the run."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jingyu.pipeline.store.tallies import edges_of
from jingyu.schemas.signals import SIGNALS

Statistics = dict[str, Any]

COUNTED = ("language", "script", "charset", "charset_source", "extractor")
"""Columns of the corpus whose values are counted."""


def corpus_statistics(batch: pa.RecordBatch) -> Statistics:
    """Returns counts and the distribution of each signal over documents of the corpus."""
    chars = batch.column("char_count").to_numpy()
    return {
        "documents": batch.num_rows,
        "characters": int(chars.sum()),
        **{
            name: dict(Counter(value or "" for value in batch.column(name).to_pylist()))
            for name in COUNTED
        },
        "signals": {
            name: _distribution(batch.column(name).to_numpy(), edges_of(name))
            for name in SIGNALS.names
        },
    }


def ledger_statistics(batch: pa.RecordBatch) -> Statistics:
    """Returns counts of outcomes and reasons over rows of the ledger.

    Those of hosts are in a table beside it, `tallies.ledger_tallies`: a crawl has millions.
    """
    outcomes = batch.column("outcome").to_pylist()
    stages, reasons = batch.column("stage").to_pylist(), batch.column("reason").to_pylist()
    decided = Counter(zip(stages, outcomes, reasons, strict=True))
    return {
        "records": batch.num_rows,
        "record_types": dict(Counter(batch.column("record_type").to_pylist())),
        "outcomes": dict(Counter(outcomes)),
        "reasons": {
            f"{stage}/{outcome}" + (f"/{reason}" if reason else ""): count
            for (stage, outcome, reason), count in decided.items()
        },
        "damage": dict(Counter(n for names in batch.column("damage").to_pylist() for n in names)),
        "internal_errors": _internal_errors(batch),
    }


def _internal_errors(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    """Returns where records are on which our own code raised, and where it did."""
    rows = batch.filter(pc.equal(batch.column("reason"), "internal_error"))
    places: list[dict[str, Any]] = rows.select(["source_file", "offset", "evidence"]).to_pylist()
    return places


def add_up(statistics: Iterable[Statistics]) -> Statistics:
    """Returns the statistics of all parts together; the order of the parts does not matter."""
    total: Statistics = {}
    for part in statistics:
        add_to(total, part)
    return total


def add_to(total: Statistics, part: Statistics) -> None:
    """Adds the statistics of a part to a total."""
    for key, value in part.items():
        if key not in total:
            total[key] = _copy(value)
        elif isinstance(value, dict):
            add_to(total[key], value)
        elif key == "internal_errors":
            total[key] = [*total[key], *value]
        elif isinstance(value, list):
            total[key] = [one + other for one, other in zip(total[key], value, strict=True)]
        elif key in {"min", "max"}:
            total[key] = (min if key == "min" else max)(total[key], value)
        else:
            total[key] += value


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(each) for key, each in value.items()}
    return list(value) if isinstance(value, list) else value


def _distribution(values: NDArray[Any], edges: NDArray[np.float64]) -> Statistics:
    counts, _ = np.histogram(np.clip(values, edges[0], edges[-1]), edges)
    return {
        "count": len(values),
        "sum": float(values.sum()),
        "min": float(values.min()),
        "max": float(values.max()),
        "histogram": counts.tolist(),
    }
