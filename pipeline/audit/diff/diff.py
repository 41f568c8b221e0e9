"""The difference of two outputs: config, counts by reason and source, documents with examples."""

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jingyu.pipeline.audit.diff.documents import Compared, compared
from jingyu.pipeline.audit.output import Output
from jingyu.pipeline.audit.report.duplicates import differences
from jingyu.pipeline.audit.report.tables import tables_of
from jingyu.pipeline.audit.rows import rows_at, rows_of
from jingyu.pipeline.config.overrides import changes
from jingyu.schemas.decisions import OUTCOMES

_EXAMPLES: Final = 10
_MOST_SOURCES: Final = 30
_SHOWN: Final = 1200
_DECIDED: Final = ["stage", "outcome", "reason"]
_TOLD: Final = [*_DECIDED, "measured", "limit"]


def diff(one: Output, other: Output) -> dict[str, Any]:
    """Returns in what the second of two outputs differs from the first."""
    tables = tables_of(one), tables_of(other)
    found = compared(one, other)
    before, after = _decided(one, found.by, found.came), _decided(other, found.by, found.went)
    return {
        "outputs": [one.path, other.path],
        "made": [output.manifest.get("created_at") for output in (one, other)],
        "compared_by": found.by,
        "config": changes(one.manifest.get("config", {}), other.manifest.get("config", {})),
        "code": [output.manifest.get("code") for output in (one, other)],
        "outcomes": _outcomes(*(each["reasons"] for each in tables)),
        "reasons": _reasons(*(each["reasons"] for each in tables)),
        "sources": _sources(*(each["sources"] for each in tables)),
        "documents": {
            "came": len(found.came),
            "went": len(found.went),
            "changed": len(found.changed),
            "same": found.same,
            "moved": found.moved,
            "characters": found.characters,
        },
        "came_from": _grouped(before, found.by, len(found.came)),
        "went_to": _grouped(after, found.by, len(found.went)),
        "examples": _examples(one, other, found, before, after),
    }


def _decided(output: Output, by: str, documents: pa.Table) -> pa.Table:
    """Returns what an output decided on documents that only the other one has."""
    names = documents[by].combine_chunks()
    if not len(names):
        return pa.schema([output.ledger.schema.field(name) for name in (by, *_TOLD)]).empty_table()
    return rows_of(output.ledger, by, names, _TOLD)


def _outcomes(before: pa.Table, after: pa.Table) -> dict[str, list[int]]:
    counts = [
        dict(zip(*(g[name].to_pylist() for name in ("outcome", "pages_sum")), strict=True))
        for g in (
            table.group_by("outcome").aggregate([("pages", "sum")]) for table in (before, after)
        )
    ]
    return {name: [each.get(name, 0) for each in counts] for name in OUTCOMES}


def _reasons(before: pa.Table, after: pa.Table) -> list[dict[str, Any]]:
    keyed = [
        {tuple(row[name] for name in _DECIDED): row for row in table.to_pylist()}
        for table in (before, after)
    ]
    rows = []
    for key in keyed[0].keys() | keyed[1].keys():
        pages = [each[key]["pages"] if key in each else 0 for each in keyed]
        characters = [each[key]["characters"] if key in each else 0 for each in keyed]
        told = dict(zip(_DECIDED, key, strict=True)) | {"before": pages[0], "after": pages[1]}
        rows.append(told | {"characters_before": characters[0], "characters_after": characters[1]})
    changed = [row for row in rows if row["before"] != row["after"]]
    return sorted(changed, key=lambda row: (-abs(row["after"] - row["before"]), str(row)))


def _sources(before: pa.Table, after: pa.Table) -> list[dict[str, Any]]:
    """Returns the hosts whose kept documents differ most in number."""
    signed = [
        pa.table({"host": t["host"], "before": t["kept"] if n == 0 else _zeros(t)}
                 | {"after": t["kept"] if n else _zeros(t)})
        for n, t in enumerate((before, after))
    ]  # fmt: skip
    grouped = (
        pa.concat_tables(signed).group_by("host").aggregate([("before", "sum"), ("after", "sum")])
    )
    change = pc.subtract(grouped["after_sum"], grouped["before_sum"])
    table = pa.table(
        {"host": grouped["host"], "before": grouped["before_sum"], "after": grouped["after_sum"]}
        | {"size": pc.abs(change)}
    ).filter(pc.not_equal(change, 0))
    ordered = table.sort_by([("size", "descending"), ("host", "ascending")])
    rows: list[dict[str, Any]] = ordered.slice(0, _MOST_SOURCES).drop_columns("size").to_pylist()
    return rows


def _zeros(table: pa.Table) -> pa.ChunkedArray:
    return pc.subtract(table["kept"], table["kept"])


def _grouped(rows: pa.Table, by: str, documents: int) -> list[dict[str, Any]]:
    """Returns how many documents ended how where they are not in the corpus."""
    counted = rows.group_by(_DECIDED).aggregate([(by, "count_distinct")])
    found = [
        {name: row[name] for name in _DECIDED} | {"documents": row[f"{by}_count_distinct"]}
        for row in counted.to_pylist()
    ]
    seen = pc.count_distinct(rows[by]).as_py()
    if seen < documents:
        nowhere = dict.fromkeys(_DECIDED) | {"documents": documents - seen}
        found.append(nowhere)
    return sorted(found, key=lambda row: -row["documents"])


def _examples(
    one: Output, other: Output, found: Compared, before: pa.Table, after: pa.Table
) -> dict[str, list[dict[str, Any]]]:
    by = found.by
    came, went, changed = (_least(each, by) for each in (found.came, found.went, found.changed))
    here = _texts(one, by, [*went["place"].to_pylist(), *changed["place_before"].to_pylist()])
    there = _texts(other, by, [*came["place"].to_pylist(), *changed["place"].to_pylist()])
    told = _told(before, by, came), _told(after, by, went)
    return {
        "came": [_shown(there, n) | {"before": told[0].get(n)} for n in came[by].to_pylist()],
        "went": [_shown(here, n) | {"after": told[1].get(n)} for n in went[by].to_pylist()],
        "changed": [
            _shown(there, n)
            | {"parts": differences(here[n]["text"][:_SHOWN], there[n]["text"][:_SHOWN])}
            for n in changed[by].to_pylist()
        ],
    }


def _least(documents: pa.Table, by: str) -> pa.Table:
    """Returns a few documents: those of the least names."""
    if not documents.num_rows:
        return documents
    return documents.take(pc.select_k_unstable(documents, _EXAMPLES, [(by, "ascending")]))


def _texts(output: Output, by: str, places: list[int]) -> dict[str, dict[str, Any]]:
    columns = list(dict.fromkeys([by, "document_id", "url", "host", "title", "text"]))
    table = rows_at(output.corpus, np.array(places, np.int64), columns)
    return {row[by]: row for row in table.to_pylist()}


def _told(rows: pa.Table, by: str, documents: pa.Table) -> dict[str, dict[str, Any]]:
    wanted = rows.filter(pc.is_in(rows[by], documents[by].combine_chunks()))
    return {row[by]: {name: row[name] for name in _TOLD} for row in wanted.to_pylist()}


def _shown(texts: dict[str, dict[str, Any]], name: str) -> dict[str, Any]:
    return {key: value for key, value in texts[name].items() if key != "text"}
