"""What cleaning decided on an item's documents, in files: decisions, and changes of texts."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from jingyu.filters.decisions import Decisions
from jingyu.pipeline.steps.clean.cleaning import Cleaned
from jingyu.pipeline.store.decided import read_decisions, write_decisions
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.tables import read_table, write_table
from jingyu.schemas.changes import CHANGES

_MOST_NAMED = 10


class Change(NamedTuple):
    """A row of `CHANGES`."""

    row: int
    repeated_line_count: int = 0
    boilerplate_line_count: int = 0
    passage_count: int = 0
    passage_char_count: int = 0
    passage_documents: int = 0
    cut_passage_count: int = 0
    passages_kept_in: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    ranges: tuple[int, ...] = ()


def write_cleaned(key: str, layout: Layout, cleaned: Sequence[Cleaned]) -> None:
    """Writes what was decided on an item: its changes, then its decisions."""
    rows = [{name: getattr(each, name) for name in CHANGES.names} for each in cleaned]
    write_table(layout.changes(key), pa.Table.from_pylist(rows, CHANGES))
    decisions = Decisions.none(len(read_decisions(key, layout, "deduplicate")))
    for each in cleaned:
        row = np.array([each.row])
        if each.decision:
            decisions.end(row, each.decision)
        if evidence := _evidence(each):
            decisions["evidence"][row] = evidence
    write_decisions("clean", key, layout, decisions)


def _evidence(cleaned: Cleaned) -> str:
    """Returns the questions that a document holds, and where copies of what it lost stay."""
    names = cleaned.passages_kept_in
    more = ", …" if len(names) > _MOST_NAMED else ""
    kept_in = f"passages stay in {', '.join(names[:_MOST_NAMED])}{more}" if names else ""
    return "; ".join(filter(None, (", ".join(cleaned.questions), kept_in)))


def read_changes(key: str, layout: Layout) -> list[Change]:
    """Returns what changes in an item's documents."""
    rows = read_table(layout.changes(key)).to_pylist()
    listed = ("passages_kept_in", "questions", "ranges")
    return [Change(**row | {name: tuple(row[name]) for name in listed}) for row in rows]
