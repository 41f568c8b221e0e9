"""What is asked of a corpus, and which figure of the report answers it.

A status says how far the figures go, not that the law is kept: COMPLIANCE.md says which clauses
were read where.
"""

from typing import Any, Final, NamedTuple

from jingyu.pipeline.audit.output import Output
from jingyu.pipeline.read import storage
from jingyu.schemas.decisions import KEPT

SHOWN: Final = "shown"
PARTLY: Final = "partly"
MISSING: Final = "missing"
_RISKS_OF_LISTS: Final = 17
_MUCH_UNKNOWN: Final = 0.2


class Requirement(NamedTuple):
    """Something that is asked, and how far it is shown."""

    key: str
    source: str
    status: str
    anchor: str
    """Section of the report."""
    figures: dict[str, Any]


def requirements(figures: dict[str, Any], output: Output) -> list[dict[str, Any]]:
    """Returns what is asked of a corpus, with its status and the figures that answer it."""
    config = output.manifest.get("config", {})
    return [each._asdict() for each in _all(figures, config, _reviews(output))]


def _all(figures: dict[str, Any], config: dict[str, Any], reviews: int) -> list[Requirement]:
    first = figures["overview"]
    documents = first["documents"] or 1
    unknown = first["origin"]["unknown"]["documents"] / documents
    gate = config.get("verdicts", {}).get("bad_reasons") or []
    sources = config.get("sources", {})
    blocked = [*(sources.get("block") or []), *(sources.get("block_lists") or [])]
    lists = len(figures["lexicon"])
    excluded = config.get("rights", {}).get("exclude") or []
    masked = _places(figures["masked"])
    sensitive = _places([each for each in figures["masked"] if each["is_sensitive"]])
    model = config.get("quality", {}).get("model")
    licensed = [row for row in figures["values"].get("license", []) if row[0]]
    duplicates = config.get("deduplication", {}).get("find")
    return [
        Requirement("traceable", "GB/T 45654 5.1 c", SHOWN, "sites", {"documents": documents}),
        Requirement("source_assessment", "GB/T 45654 5.1 a", _either(bool(gate)), "sites",
                    {"dropped_sources": first["dropped_source_count"]}),
        Requirement("block_list", "GB/T 45654 5.1 a", _either(bool(blocked)), "sites",
                    {"entries": len(blocked)}),
        Requirement("several_sources", "GB/T 45654 5.1 b", SHOWN, "sites",
                    {"hosts": first["hosts_kept"]}),
        Requirement("domestic_overseas", "GB/T 45654 5.1 b",
                    SHOWN if unknown <= _MUCH_UNKNOWN else PARTLY, "overview",
                    {"unknown": unknown}),
        Requirement("keywords", "GB/T 45654 5.2 / 8.1",
                    MISSING if not lists else SHOWN if lists >= _RISKS_OF_LISTS else PARTLY,
                    "content", {"lists": lists, "asked": _RISKS_OF_LISTS}),
        Requirement("classifier", "GB/T 45654 5.2", _either(bool(model)), "distributions", {}),
        Requirement("sampling", "GB/T 45654 9.2", SHOWN if reviews else MISSING, "requirements",
                    {"reviews": reviews}),
        Requirement("personal_data", "PIPL 13", SHOWN, "content", {"places": masked}),
        Requirement("sensitive_data", "GB/T 45574 / PIPL 28", PARTLY, "content",
                    {"places": sensitive}),
        Requirement("rights", "暂行办法 Interim Measures 7", SHOWN if licensed else PARTLY,
                    "content", {"licensed": sum(row[1] for row in licensed)}),
        Requirement("opt_outs", "RFC 9309, TDMRep", SHOWN if excluded else PARTLY, "funnel",
                    {"excluded_by": len(excluded)}),
        Requirement("takedown", "PIPL 47", SHOWN if first["taken_down"] else PARTLY, "funnel",
                    {"taken_down": first["taken_down"]}),
        Requirement("duplicates", "GB/T 45652", SHOWN if duplicates != "nothing" else MISSING,
                    "duplicates", {"documents": first["outcomes"]["duplicate"]}),
        Requirement("benchmarks", "model cards", SHOWN if figures["contamination"] else MISSING,
                    "content", {"benchmarks": len(figures["contamination"])}),
        Requirement("accounted", "GB/T 45652", SHOWN, "funnel", {"pages": first["pages"]}),
        Requirement("integrity", "GB/T 45652", SHOWN, "shards",
                    {"shards": len(figures["shards"]["files"])}),
    ]  # fmt: skip


def _either(is_shown: bool) -> str:  # noqa: FBT001  (a status of a fact)
    return SHOWN if is_shown else PARTLY


def _places(masked: list[dict[str, Any]]) -> int:
    return sum(each["places"].get(KEPT, 0) for each in masked)


def _reviews(output: Output) -> int:
    """Returns how many reviews of samples lie in the output folder."""
    folder = storage.join(output.path, "reviews")
    if not storage.exists(folder):
        return 0
    return sum(file.name.endswith("review.json") for file in storage.find(folder))
