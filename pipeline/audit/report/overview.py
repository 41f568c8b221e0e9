"""The first screen: what came in, what is in the corpus, what went, what must be looked at."""

from typing import Any, Final

from jingyu.pipeline.audit.output import Output
from jingyu.pipeline.audit.report.tables import Tables, rows
from jingyu.schemas.decisions import KEPT, OUTCOMES

_VERDICTS: Final = ("mainland", "overseas", "unknown")
_MUCH_UNKNOWN: Final = 0.2
_MUCH_FAILED: Final = 0.01


def overview(output: Output, tables: Tables) -> dict[str, Any]:
    """Returns the figures of the first screen."""
    reasons = tables["reasons"].to_pylist()
    outcomes = {
        name: sum(row["pages"] for row in reasons if row["outcome"] == name) for name in OUTCOMES
    }
    sources = tables["sources"]
    verdicts = {row["value"]: row for row in rows(tables["values"], column="origin.verdict")}
    shards = tables["shards"].to_pylist()
    dropped = output.stats.get("dropped_sources", [])
    rejected_characters = sum(row["characters"] for row in reasons if row["outcome"] != KEPT)
    return {
        "pages": sum(outcomes.values()),
        "records": output.stats.get("records_read"),
        "inputs": len(output.manifest.get("inputs", [])),
        "input_bytes": sum(each["bytes"] or 0 for each in output.manifest.get("inputs", [])),
        "outcomes": outcomes,
        "documents": sum(shard["documents"] for shard in shards),
        "characters": sum(shard["characters"] for shard in shards),
        "lost_characters": rejected_characters,
        "bytes": sum(shard["bytes"] for shard in shards),
        "hosts": sources.num_rows,
        "hosts_kept": sum(count > 0 for count in sources["kept"].to_pylist()),
        "origin": {
            name: {key: verdicts.get(name, {}).get(key, 0) for key in ("documents", "characters")}
            for name in _VERDICTS
        },
        "origin_by_method": output.stats.get("origin", {}),
        "taken_down": output.stats.get("taken_down", 0),
        "dropped_sources": dropped,
        "dropped_source_count": output.stats.get("dropped_source_count", len(dropped)),
        "capped_sources": output.stats.get("capped_sources", []),
        "lines": output.stats.get("lines", {}),
        "damage": {
            row["value"]: row["documents"] for row in rows(tables["values"], column="damage")
        },
    }


def to_look_at(figures: dict[str, Any], output: Output) -> list[dict[str, Any]]:
    """Returns what a reader must look at, the gravest first: a key, a number and a place."""
    first = figures["overview"]
    told: list[dict[str, Any]] = []

    def add(key: str, count: float, anchor: str, names: list[str] | None = None) -> None:
        if count:
            told.append({"key": key, "count": count, "anchor": anchor, "names": names or []})

    failed = first["outcomes"]["failed"]
    add("defects", len(output.stats.get("internal_errors", [])), "funnel")
    add("failed", failed if failed > _MUCH_FAILED * first["pages"] else 0, "funnel")
    cut = output.stats.get("cut_inputs", [])
    add("cut_inputs", len(cut), "shards", cut[:5])
    refused = output.manifest.get("refused", [])
    add("refused_inputs", len(refused), "shards", [each["path"] for each in refused[:5]])
    unknown = first["origin"]["unknown"]["documents"]
    is_much = unknown > _MUCH_UNKNOWN * (first["documents"] or 1)
    add("unknown_origin", unknown if is_much else 0, "sites")
    dropped = [str(each["site"]) for each in first["dropped_sources"]]
    add("dropped_sources", first["dropped_source_count"], "sites", dropped[:8])
    missing = [row for row in figures.get("requirements", []) if row["status"] == "missing"]
    add("missing_requirements", len(missing), "requirements")
    return told
