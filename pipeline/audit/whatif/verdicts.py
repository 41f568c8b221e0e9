"""What became of each staged document, and what would become of it by another config."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jingyu.filters.decisions import Decisions
from jingyu.pipeline.store.decided import STEPS, add_decisions, read_decisions
from jingyu.pipeline.store.layout import Layout
from jingyu.schemas.decisions import KEPT, REJECTED, Decision

AS_THEY_STAND = STEPS[STEPS.index("sources") + 1 :]
"""Steps whose decisions are not made again."""
_TOLD = ("stage", "outcome", "reason", "measured", "limit")


@dataclass(frozen=True)
class Verdicts:
    """Decisions on the documents of an item, by the run and by the trial; open ones are kept."""

    key: str
    before: Decisions
    after: Decisions

    @property
    def comes(self) -> NDArray[np.int64]:
        """Rows that only the trial keeps."""
        return np.flatnonzero(self.after.is_open & ~self.before.is_open)

    @property
    def goes(self) -> NDArray[np.int64]:
        """Rows that only the run kept."""
        return np.flatnonzero(self.before.is_open & ~self.after.is_open)


def verdicts(
    keys: Sequence[str], layout: Layout, trial: Layout, taken_down: frozenset[str] = frozenset()
) -> Iterator[Verdicts]:
    """Yields the decisions on each item.

    A document that the trial lets go on ends as it ended in the run, if it came as far there: as a
    duplicate, or cleaned away.

    Args:
        keys: The items.
        layout: Where the decisions of the run are.
        trial: Where those of the trial are.
        taken_down: Ids of documents that a takedown list names.
    """
    for key in keys:
        before = read_decisions(key, layout, "sources")
        came_as_far = before.is_open
        add_decisions(before, key, layout, AS_THEY_STAND)
        after = read_decisions(key, trial, "sources")
        stays = np.flatnonzero(after.is_open & came_as_far & ~before.is_open)
        for name in after.columns:
            after[name][stays] = before[name][stays]
        if taken_down:
            ids = layout.staged(key).table(["document_id"])["document_id"]
            rows = np.flatnonzero(pc.is_in(ids, pa.array(sorted(taken_down))).to_numpy())
            for decisions in (before, after):
                decisions.overrule(rows, Decision(REJECTED, "takedown", "taken_down"))
        yield Verdicts(key, before, after)


def told(decisions: Decisions, row: int) -> dict[str, Any]:
    """Returns what was decided on a row: stage, outcome, reason, value and limit."""
    values = {name: decisions[name][row] for name in _TOLD}
    if values["outcome"] is None:
        return {**dict.fromkeys(_TOLD), "stage": "write", "outcome": KEPT}
    figures = {name: float(values[name]) for name in ("measured", "limit")}
    return values | {name: None if np.isnan(value) else value for name, value in figures.items()}


def counted(decisions: Decisions, characters: pa.Array, host: pa.Array) -> pa.Table:
    """Returns documents and characters by stage, outcome, reason and host."""
    columns = {
        name: pa.array(decisions[name], pa.string(), from_pandas=True)
        for name in ("stage", "outcome", "reason")
    }
    columns["outcome"] = pc.fill_null(columns["outcome"], KEPT)
    columns["stage"] = pc.fill_null(columns["stage"], "write")
    # Words of a dictionary group faster than strings.
    rows = pa.table(columns | {"host": host, "characters": characters})
    return rows.group_by([*columns, "host"]).aggregate([([], "count_all"), ("characters", "sum")])
