"""The statistics of a whole run: what `stats.json` holds and the terminal shows."""

from collections import Counter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from jingyu.pipeline.steps.write.statistics import COUNTED, Statistics
from jingyu.pipeline.store.staging import Extracted
from jingyu.pipeline.store.tallies import edges_of
from jingyu.schemas.decisions import OUTCOMES
from jingyu.schemas.sensitive import SENSITIVITY
from jingyu.schemas.signals import SIGNALS

_MOST_DOMAINS = 1000
_MOST_ERRORS = 100


def run_statistics(
    extracted: Extracted,
    corpus: Statistics,
    ledger: Statistics,
    sources: pa.Table,
    seconds: dict[str, float],
) -> dict[str, Any]:
    """Returns the figures of a run from what was counted while reading and from all output files.

    Args:
        extracted: What was read.
        corpus: Statistics of the files of the corpus, added up.
        ledger: Statistics of the files of the ledger, added up.
        sources: Rows of `SOURCES`, of all files.
        seconds: How long steps took.
    """
    records: Counter[str] = Counter()
    for summary in extracted.summaries.values():
        records.update(summary.records)
    outcomes = {outcome: ledger.get("outcomes", {}).get(outcome, 0) for outcome in OUTCOMES}
    pages = sum(summary.page_count for summary in extracted.summaries.values())
    domains = _domains(sources)
    return {
        "records_read": sum(records.values()),
        "records_by_type": dict(sorted(records.items())),
        "pages_read": pages,
        "skipped_bytes": sum(s.skipped_bytes for s in extracted.summaries.values()),
        "moved": _moved(extracted),
        "cut_inputs": [
            extracted.items[key].file.name
            for key, summary in extracted.summaries.items()
            if summary.is_cut
        ],
        "damage": dict(sorted(ledger.get("damage", {}).items())),
        "outcomes": outcomes,
        "reasons": dict(sorted(ledger.get("reasons", {}).items())),
        "usable_pages_per_million": round(1e6 * outcomes["kept"] / pages, 1) if pages else 0.0,
        "documents": corpus.get("documents", 0),
        "characters": corpus.get("characters", 0),
        "registered_domains": {
            "read": domains.num_rows,
            "kept": _with_kept(domains),
        },
        "hosts": {
            "read": sources.num_rows,
            "kept": _with_kept(sources),
        },
        "domains": {row.pop("domain"): row for row in domains[:_MOST_DOMAINS].to_pylist()},
        **{name: corpus.get(name, {}) for name in COUNTED},
        "internal_errors": ledger.get("internal_errors", [])[:_MOST_ERRORS],
        "personal_data": _personal_data(corpus.get("signals", {})),
        "signals": corpus.get("signals", {}),
        "signal_edges": {name: edges_of(name).tolist() for name in SIGNALS.names},
        "seconds": {step: round(spent, 2) for step, spent in seconds.items()},
    }


def _personal_data(signals: Statistics) -> dict[str, dict[str, int]]:
    """Returns spans masked by type, told apart by whether they are sensitive by GB/T 45574-2025."""
    found: dict[str, dict[str, int]] = {"yes": {}, "depends": {}, "no": {}}
    for kind, each in SENSITIVITY.items():
        count = int(signals.get(f"masked_{kind}_count", {}).get("sum", 0))
        if count:
            found[each.sensitive][kind] = count
    return {f"sensitive_{name}": counts for name, counts in found.items()}


def _moved(extracted: Extracted) -> dict[str, int]:
    """Returns how many bytes were read by an index, and how many the files have; empty if none."""
    chosen = [key for key, item in extracted.items.items() if item.chosen]
    if not chosen:
        return {}
    files = {
        extracted.items[key].file.name: extracted.summaries[key].file_bytes or 0 for key in chosen
    }
    moved = sum(extracted.summaries[key].moved_bytes for key in chosen)
    return {"bytes": moved, "file_bytes": sum(files.values())}


def _domains(sources: pa.Table) -> pa.Table:
    """Returns counts by registered domain, those with the most kept documents first."""
    of_hosts = pa.table(
        {
            "domain": pc.fill_null(sources["registered_domain"], ""),
            "records": sources["pages"],
            "hosts": pc.fill_null(sources["host"], ""),
            "kept": sources["kept"],
            "characters": sources["characters"],
        }
    )
    counted = [("records", "sum"), ("hosts", "count"), ("kept", "sum"), ("characters", "sum")]
    domains = of_hosts.group_by("domain", use_threads=False).aggregate(counted)
    named = {name: domains[f"{name}_{how}"] for name, how in counted}
    table = pa.table({"domain": domains["domain"]} | named)
    order = [("kept", "descending"), ("records", "descending"), ("domain", "ascending")]
    return table.sort_by(order)


def _with_kept(counts: pa.Table) -> int:
    found: int = pc.sum(pc.greater(counts["kept"], 0)).as_py() or 0
    return found
