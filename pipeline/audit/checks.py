"""What a staged document measured beside each limit, and what would have to change to keep it."""

import math
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jingyu.filters.rule import Limit, Rule
from jingyu.filters.settings.errors import ConfigError, InputError
from jingyu.filters.standing import BY_VERDICT, standings
from jingyu.pipeline.audit.output import Output
from jingyu.pipeline.audit.report.duplicates import differences
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.config.overrides import validated
from jingyu.pipeline.read import storage
from jingyu.pipeline.store.row_groups import taken
from jingyu.pipeline.store.tables import read_table
from jingyu.schemas.decisions import DUPLICATE, KEPT

Told = dict[str, Any]
_COMPARED = 1500
_COUNTED = (
    "repeated_line_count", "boilerplate_line_count", "cut_passage_count", "passages_kept_in",
)  # fmt: skip


def checked(output: Output, row: Told) -> Told:
    """Returns what is told of a row of the ledger beside it: rules, what keeps it, its duplicate.

    Nothing is told of documents whose staged files were deleted.
    """
    try:
        config = validated(output.manifest.get("config", {}))
    except ConfigError:
        return {}
    document = staged_document(output, row["document_id"])
    told: Told = {}
    if document:
        told["title"], told["text"] = document["title"], document["text"]
        told |= {"site": document["site"]} | _judged(output, document["site"])
        document |= {BY_VERDICT.column: told.get("verdict")}
        told["left_text"] = _left_text(output, row["document_id"], document["text"])
        told["checks"] = [
            {"stage": "language", "reason": "other_language", "signal": "language"}
            | {"measured": document["language"], "limit": ", ".join(config.language.keep)}
            | {"bound": "one of", "passes": document["language"] in config.language.keep},
            *(_check(rule, document) for rule in config.rules),
        ]
    told["to_keep"] = to_keep(row, told.get("checks", []), config)
    if row["outcome"] == DUPLICATE and row.get("duplicate_of") and document:
        told["duplicate"] = _duplicate(output, document, row["duplicate_of"])
    return told


def staged_document(output: Output, name: str) -> Told | None:
    """Returns all that was staged of a document, if it was."""
    place = _place_of(output, name)
    if place is None:
        return None
    key, row = place
    path = output.layout.staged(key).documents
    ((_, batch),) = taken(path, _columns(path), np.array([row]))
    (found,) = batch.to_pylist()
    document: Told = found
    return document


def _place_of(output: Output, name: str) -> tuple[str, int] | None:
    """Returns the item and the row of a document, if it was staged."""
    try:
        keys = output.keys
    except InputError:
        return None
    for key in keys:
        ids = output.layout.staged(key).table(["document_id"])["document_id"]
        row = pc.index(ids, name).as_py()
        if row >= 0:
            return key, row
    return None


def _left_text(output: Output, name: str, text: str) -> Told | None:
    """Returns what cleaning took out of the text of a document, if it took something."""
    place = _place_of(output, name)
    path = output.layout.changes(place[0]) if place else ""
    if not place or not storage.exists(path):
        return None
    changes = read_table(path)
    row = changes.filter(pc.equal(changes["row"], place[1])).to_pylist()
    if not row or not row[0]["ranges"]:
        return None
    told: Told = {name: row[0][name] for name in _COUNTED}
    ranges = zip(row[0]["ranges"][::2], row[0]["ranges"][1::2], strict=True)
    return told | {"stretches": [text[start:end].strip() for start, end in ranges]}


def _columns(path: str) -> list[str]:
    import pyarrow.parquet as pq

    with storage.open_to_read(path) as stream:
        names: list[str] = pq.read_schema(stream).names
    return [name for name in names if name not in {"signature", "fingerprints"}]


def _check(rule: Rule, document: Told) -> Told:
    row = pa.table({name: [document.get(name)] for name in dict.fromkeys(rule.columns)})
    told = {"stage": "select", "reason": rule.reason, **_beside(rule, row)}
    told["passes"] = not rule.rejected(row)[0]
    return told | ({"also": _beside(rule.also, row)} if rule.also else {})


def _beside(limit: Limit, row: pa.Table) -> Told:
    """Returns the value of a row beside the limit that it has; None where it has none."""
    (number,) = limit.limits(row).tolist()
    told: Told = {"signal": limit.signal, "measured": float(limit.measured(row)[0])}
    told |= {"bound": limit.bound, "limit": None if math.isnan(number) else number}
    return told | ({"of": standings(row, limit.scale)[0]} if limit.scale else {})


def _judged(output: Output, site: str | None) -> Told:
    """Returns the verdict on a site and what speaks against it, if a run judged it."""
    if not site:
        return {}
    if not any(part["path"].startswith("sites/") for part in output.manifest["parts"]):
        return {}  # an output of an earlier version
    found = output.sites.to_table(["verdict", "against"], filter=pc.field("site") == site)
    return next(iter(found.to_pylist()), {})


def to_keep(row: Told, checks: list[Told], config: RunConfig) -> list[str]:
    """Returns what would have to change for a record to be kept, as settings or in words."""
    if row["outcome"] == KEPT:
        return []
    failing = [check for check in checks if not check["passes"]]
    changes = [
        f"rules.{'.'.join(_path(check))}: {check['limit']:.4g} → {check['measured']:.4g}"
        if check["stage"] == "select"
        else f"language.keep: add {check['measured']}"
        for check in failing
    ]
    if row["outcome"] == DUPLICATE:
        limit = row.get("similarity")
        more = f" ({limit:.3g} similar)" if limit is not None else ""
        changes.append(f"it stands in the corpus as {row['duplicate_of']}{more}")
    elif not failing:
        changes.append(_in_words(row, config))
    return changes


def _path(check: Told) -> list[str]:
    """Returns what names the limit of a rule in a config."""
    return [check["reason"], check["bound"], *([check["of"]] if "of" in check else [])]


def _in_words(row: Told, config: RunConfig) -> str:
    measured, limit = row.get("measured"), row.get("limit")
    beside = (
        f": measured {measured:.4g}, limit {limit:.4g}" if None not in {measured, limit} else ""
    )
    sections = {
        "sources": "sources, source_register, verdicts",
        "gate": "gate",
        "language": f"language.keep, which is {', '.join(config.language.keep)}",
        "rights": "rights.exclude",
        "clean": "lines, passages, decontamination",
        "takedown": "takedown.lists",
        "read": "the record itself",
        "extract": "the page itself, or extraction",
        "decode": "decoding",
    }
    return f"{row['reason']}, decided by {sections.get(row['stage'], row['stage'])}{beside}"


def _duplicate(output: Output, document: Told, name: str) -> Told | None:
    other = staged_document(output, name)
    if other is None:
        return None
    parts = differences(document["text"][:_COMPARED], other["text"][:_COMPARED])
    return {
        "document_id": name,
        "url": other["url"],
        "title": other["title"],
        "char_count": other["char_count"],
        "differences": [part for part in parts if part[0] != "equal"][:20],
    }
