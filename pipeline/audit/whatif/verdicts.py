"""What became of each staged document, and what would become of it by another config."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jingyu.pipeline.audit.whatif.ends import Ending, Endings, Ends
from jingyu.pipeline.store.ahead import ahead
from jingyu.pipeline.store.decided import STEPS, documents_decided, tables_decided
from jingyu.pipeline.store.layout import Layout
from jingyu.schemas.decisions import REJECTED

_PLACE = STEPS.index("sources") + 1
TRIED, AS_THEY_STAND = STEPS[:_PLACE], STEPS[_PLACE:]
"""Steps whose decisions are made again, and those whose are not."""
_COLUMNS = ("row", "outcome", "stage", "reason", "measured", "limit")
_TAKEN_DOWN = Ending("takedown", REJECTED, "taken_down")


@dataclass(frozen=True)
class Verdicts:
    """Where the ways of an item's documents end, by the run and by the trial."""

    key: str
    documents: pa.Table
    """Columns of what was staged of it, `document_id` among them."""
    before: Ends
    after: Ends

    @property
    def comes(self) -> NDArray[np.int64]:
        """Rows that only the trial keeps."""
        return np.flatnonzero(self.after.is_open & ~self.before.is_open)

    @property
    def goes(self) -> NDArray[np.int64]:
        """Rows that only the run kept."""
        return np.flatnonzero(self.before.is_open & ~self.after.is_open)


def verdicts(  # noqa: PLR0913, PLR0917  (where to read, and what)
    keys: Sequence[str],
    layout: Layout,
    trial: Layout,
    endings: Endings,
    columns: Sequence[str],
    taken_down: frozenset[str] = frozenset(),
) -> Iterator[Verdicts]:
    """Yields what became and would become of the documents of each item.

    A document that the trial lets go on ends as it ended in the run, if it came as far there: as a
    duplicate, or cleaned away.

    Args:
        keys: The items.
        layout: Where the decisions of the run are.
        trial: Where those of the trial are.
        endings: What the numbers stand for.
        columns: What is read of the documents, `document_id` among them.
        taken_down: Ids of documents that a takedown list names.
    """
    down = pa.array(sorted(taken_down))

    def of_item(key: str) -> Verdicts:
        count = documents_decided(key, layout)
        before = Ends(tables_decided(key, layout, TRIED, _COLUMNS), count, endings)
        came_as_far = before.is_open
        before.add(tables_decided(key, layout, AS_THEY_STAND, _COLUMNS))
        after = Ends(tables_decided(key, trial, TRIED, _COLUMNS), count, endings)
        after.end_as(before, np.flatnonzero(after.is_open & came_as_far & ~before.is_open))
        documents = layout.staged(key).table(columns)
        if len(down):
            rows = np.flatnonzero(pc.is_in(documents["document_id"], down).to_numpy())
            for ends in (before, after):
                ends.overrule(rows, _TAKEN_DOWN)
        return Verdicts(key, documents, before, after)

    return ahead(of_item, keys)
