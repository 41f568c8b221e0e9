"""Duplicates: how many and how like, the largest clusters, and pairs side by side."""

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any, Final

import numpy as np
import pyarrow.compute as pc
import pyarrow.dataset as ds

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.pipeline.audit.output import Output
from jingyu.pipeline.audit.report.examples import Texts, excerpt
from jingyu.schemas.decisions import DUPLICATE, KEPT

_CLUSTERS: Final = 20
_BINS: Final = 20
_COMPARED: Final = 1500
_TOLD_OF_PAIRS: Final = ("similarity", "limit", "coverage", "own_chars")
_PARTS: Final = lazy_pattern(r"[^。！？；，、\s]+[。！？；，、\s]*|[。！？；，、\s]+")

Segment = tuple[str, str, str]
"""`equal`, or what differs; part of the one text, part of the other."""


def duplicates(output: Output) -> dict[str, Any]:
    """Returns counts, similarities and the largest clusters of duplicates."""
    names = ["duplicate_of", "duplicate_corpus", "similarity", "reason", "host"]
    is_duplicate = pc.field("outcome") == DUPLICATE
    table = output.ledger.to_table(names, filter=is_duplicate, batch_readahead=2)
    similar = table["similarity"].drop_null().to_numpy()
    edges = np.linspace(0, 1, _BINS + 1)
    counts, _ = np.histogram(similar, edges)
    named = table.filter(pc.is_valid(table["duplicate_of"]))
    grouped = named.group_by("duplicate_of").aggregate(
        [([], "count_all"), ("host", "count_distinct"), ("similarity", "mean"), ("host", "min")]
    )
    largest = grouped.sort_by([("count_all", "descending"), ("duplicate_of", "ascending")])
    sizes = grouped["count_all"].to_numpy()
    return {
        "documents": table.num_rows,
        "across_runs": table.num_rows - table["duplicate_corpus"].null_count,
        "clusters": grouped.num_rows,
        "sizes": [
            [low, high, int(((sizes >= low) & (sizes <= high)).sum())]
            for low, high in ((1, 1), (2, 2), (3, 5), (6, 10), (11, 100), (101, 1 << 60))
        ],
        "similarities": [
            [float(edges[n]), float(edges[n + 1]), int(count)] for n, count in enumerate(counts)
        ],
        "largest": [
            {"document_id": row["duplicate_of"], "duplicates": row["count_all"]}
            | {"hosts": row["host_count_distinct"], "similarity": row["similarity_mean"]}
            | {"host": row["host_min"]}
            for row in largest.slice(0, _CLUSTERS).to_pylist()
        ],
    }


def met_and_stayed(ledger: ds.Dataset, most: int) -> list[str]:
    """Returns ids of kept documents that met one which does not say what they say: the least ones.

    Ids are hashes, so it is a sample; it costs memory by `most`, not by the documents.
    """
    if "resembles" not in ledger.schema.names:
        return []
    is_met = (pc.field("outcome") == KEPT) & pc.is_valid(pc.field("resembles"))
    held: list[str] = []
    for batch in ledger.to_batches(columns=["document_id"], filter=is_met, batch_readahead=2):
        held = sorted([*held, *batch.column(0).to_pylist()])[:most]
    return held


def other_of(row: Mapping[str, Any]) -> str:
    """Returns the document that a ledger row duplicates, or met and does not; `""` if none."""
    return row.get("duplicate_of") or row.get("resembles") or ""


def pairs(rows: Mapping[str, dict[str, Any]], ids: list[str], texts: Texts) -> list[dict[str, Any]]:
    """Returns documents beside what they duplicate, or met and do not, differences marked."""
    found = []
    for name in ids:
        row = rows[name]
        one, other = texts.get(name), texts.get(other_of(row))
        if one and other:
            parts = differences(excerpt(one["text"], _COMPARED), excerpt(other["text"], _COMPARED))
            found.append(
                {"document_id": name, "other": other_of(row), "url": row.get("url")}
                | {each: row.get(each) for each in _TOLD_OF_PAIRS}
                | {"titles": [one["title"], other["title"]], "parts": parts}
                | {"lengths": [len(one["text"]), len(other["text"])]}
            )
    return found


def differences(one: str, other: str) -> list[Segment]:
    """Returns both texts as parts that are equal or differ: phrases, whose marks end them."""
    left, right = _PARTS.findall(one), _PARTS.findall(other)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return [
        (how, "".join(left[a:b]), "".join(right[c:d])) for how, a, b, c, d in matcher.get_opcodes()
    ]


def described(clusters: list[dict[str, Any]], texts: Texts) -> None:
    """Adds titles and beginnings to clusters."""
    for one in clusters:
        known = texts.get(one["document_id"], {})
        one["title"], one["text"] = known.get("title"), excerpt(known.get("text") or "", 120)
