"""Records that show what a reason takes: a few of each, as good as drawn, with their texts."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.audit.output import Output
from jingyu.pipeline.audit.report.tables import gathered
from jingyu.pipeline.audit.whatif.deciding import deciding_line
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.store.row_groups import taken

OF_EACH: Final = 8
_SHOWN: Final = 420
_KEY: Final = ("stage", "outcome", "reason")
_TOLD: Final = (
    "document_id", "url", "host", "registered_domain", "captured_at", "source_file", "offset",
    "http_status", "content_type", "char_count", *_KEY, "measured", "limit", "evidence",
    "duplicate_of", "duplicate_corpus", "resembles", "similarity", "coverage", "own_chars",
)  # fmt: skip
_READ_AHEAD: Final = 2

Texts = dict[str, dict[str, Any]]


def drawn(output: Output, of_each: int = OF_EACH) -> dict[tuple[Any, ...], list[str]]:
    """Returns ids of records by stage, outcome and reason: the least ones, which are hashes."""
    held: dict[tuple[Any, ...], list[str]] = {}
    for table in gathered(output.ledger, ["document_id", *_KEY]):
        for key, least in _least(table, of_each):
            held[key] = sorted({*held.get(key, ()), *least})[:of_each]
    return held


def _least(table: pa.Table, of_each: int) -> Iterator[tuple[tuple[Any, ...], list[str]]]:
    """Yields stage, outcome and reason, and the least ids that have them."""
    order = [(name, "ascending") for name in (*_KEY, "document_id")]
    rows = table.take(pc.sort_indices(table, order))
    starts = np.zeros(rows.num_rows, np.bool_)
    for name in _KEY:
        codes = rows[name].combine_chunks().dictionary_encode(null_encoding="encode").indices
        starts[1:] |= np.diff(codes.to_numpy()) != 0
    starts[:1] = True
    for first, end in pairwise([*np.flatnonzero(starts).tolist(), rows.num_rows]):
        some = rows.slice(first, min(end - first, of_each)).to_pydict()
        yield tuple(some[name][0] for name in _KEY), some["document_id"]


def ledger_rows(output: Output, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Returns rows of the ledger by id."""
    wanted = pc.field("document_id").isin(pa.array(sorted(ids), pa.string()))
    ledger = output.ledger
    names = [name for name in _TOLD if name in ledger.schema.names]
    table = ledger.to_table(names, filter=wanted, batch_readahead=_READ_AHEAD)
    return {row["document_id"]: row for row in table.to_pylist()}


def texts_of(output: Output, ids: Iterable[str]) -> Texts:
    """Returns title and text of documents by id: as they were staged, else as the corpus has them.

    Pages of which no text was extracted are not there; without staging, only kept ones are.
    """
    wanted = pa.array(sorted(set(ids)), pa.string())
    columns = ["document_id", "title", "text", "source_name"]
    try:
        keys = output.keys
    except InputError:
        is_wanted = pc.field("document_id").isin(wanted)
        table = output.corpus.to_table(columns, filter=is_wanted, batch_readahead=_READ_AHEAD)
        return {row["document_id"]: row for row in table.to_pylist()}
    found: Texts = {}
    layout = output.layout
    for key in keys:
        staged = layout.staged(key)
        is_wanted = pc.is_in(staged.table(["document_id"])["document_id"], wanted)
        rows = np.flatnonzero(is_wanted.to_numpy())
        for _, batch in taken(staged.documents, columns, rows) if len(rows) else ():
            found |= {row["document_id"]: row for row in batch.to_pylist()}
    return found


def examples(
    chosen: Mapping[tuple[Any, ...], list[str]],
    rows: Mapping[str, dict[str, Any]],
    texts: Texts,
    config: RunConfig | None,
) -> dict[str, list[dict[str, Any]]]:
    """Returns what is shown of each reason, by `stage/outcome/reason`."""
    rules = {rule.reason: rule for rule in config.rules} if config else {}
    found: dict[str, list[dict[str, Any]]] = {}
    for key, ids in chosen.items():
        rule = rules.get(key[2]) if key[0] == "select" else None
        shown = []
        for name in ids:
            text = texts.get(name, {}).get("text") or ""
            plain = rule.model_dump() if rule else None
            line = deciding_line(text, plain, config.lexicon) if config and plain else ""
            kept = {k: v for k, v in rows[name].items() if v not in (None, "", *_KEY)}
            shown.append(
                {k: str(v) if k == "captured_at" else v for k, v in kept.items() if k not in _KEY}
                | {"title": texts.get(name, {}).get("title"), "text": excerpt(text)}
                | {"deciding": line, "source_name": texts.get(name, {}).get("source_name")}
            )
        found["/".join(part or "" for part in key)] = shown
    return found


def excerpt(text: str, most: int = _SHOWN) -> str:
    """Returns the beginning of a text, lines as they are."""
    return text if len(text) <= most else f"{text[:most]}…"
