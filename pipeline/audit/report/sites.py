"""Sites: what came of each, and why one is missing."""

from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from jingyu.pipeline.audit.output import Output
from jingyu.pipeline.audit.report.tables import Tables, gathered
from jingyu.pipeline.store.corpus import flat, holding
from jingyu.schemas.decisions import KEPT

MOST: Final = 20_000
"""Sites that the report holds; all are in `statistics/sources.parquet`."""
_EVIDENCE: Final = ("source_name", "source_tier", "origin", "origin_evidence", "origin_against")
_MOST_REASONS: Final = 3
_COUNTS: Final = (
    "pages", "kept", "rejected", "duplicate", "failed", "characters", "mainland", "overseas",
    "unknown",
)  # fmt: skip


def sites(output: Output, tables: Tables) -> dict[str, Any]:
    """Returns sites with their counts, the reason that took most of each, and evidence."""
    table = tables["sources"].sort_by([("pages", "descending"), ("host", "ascending")])
    shown = table.slice(0, MOST)
    reasons = _most_frequent_reasons(tables["source_reasons"])
    evidence = _evidence(output, shown["host"])
    listed = []
    for row in shown.to_pylist():
        lost = reasons.get((row["registered_domain"], row["host"]), [])
        listed.append(
            {"host": row["host"], "domain": row["registered_domain"]}
            | {name: row[name] for name in _COUNTS}
            | {"lost": lost}
            | evidence.get(row["host"], {})
        )
    return {"total": table.num_rows, "shown": listed}


def _most_frequent_reasons(table: pa.Table) -> dict[tuple[Any, Any], list[list[Any]]]:
    """Returns the few reasons that took most pages of each host."""
    lost = table.filter(pc.not_equal(table["outcome"], KEPT))
    ordered = lost.sort_by([("pages", "descending"), ("reason", "ascending")])
    found: dict[tuple[Any, Any], list[list[Any]]] = {}
    columns = ("registered_domain", "host", "stage", "reason", "pages")
    for domain, host, stage, reason, pages in zip(
        *(ordered[name].to_pylist() for name in columns), strict=True
    ):
        held = found.setdefault((domain, host), [])
        if len(held) < _MOST_REASONS:
            held.append([stage, reason, pages])
    return found


def _evidence(output: Output, hosts: pa.ChunkedArray) -> dict[Any, dict[str, Any]]:
    """Returns what tells of a host's kept documents where they come from: of the first of each."""
    corpus = output.corpus
    names = [name for name in ("host", *_EVIDENCE) if _is_there(corpus.schema, name)]
    found: dict[Any, dict[str, Any]] = {}
    wanted = hosts.combine_chunks()
    for table in gathered(corpus, holding(names)):
        rows = flat(table, names)
        first = pa.table({"host": rows["host"], "row": pa.array(range(rows.num_rows))})
        places = first.group_by("host").aggregate([("row", "min")])
        is_new = [host not in found for host in places["host"].to_pylist()]
        chosen = rows.take(places["row_min"].filter(pa.array(is_new)))
        chosen = chosen.filter(pc.is_in(chosen["host"], wanted))
        for row in chosen.to_pylist():
            found[row.pop("host")] = {name: value for name, value in row.items() if value}
    return found


def _is_there(schema: pa.Schema, name: str) -> bool:
    (top, *_) = holding([name])
    return top in schema.names
