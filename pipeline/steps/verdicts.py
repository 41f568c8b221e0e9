"""All that was decided on an item's staged documents, together."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jingyu.filters import select
from jingyu.pipeline.steps.select.select import rejecting_grounds
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.staging import read_table, write_table

KEPT, EXACT, NEAR, URL = range(4)
"""Kinds of duplicates, as numbers; 0 stands for none."""

DUPLICATE_REASONS = (None, "exact_duplicate", "near_duplicate", "url_duplicate")
"""Reason in the ledger, by kind."""

DUPLICATES = pa.schema(
    [
        ("row", pa.int64()),
        ("duplicate_of", pa.string()),
        ("duplicate_corpus", pa.string()),
        ("similarity", pa.float64()),
        ("kind", pa.uint8()),
        ("duplicate_count", pa.int64()),
    ]
)
"""One row per staged document that is a duplicate, or that others duplicate."""


@dataclass(frozen=True)
class Verdicts:
    """Arrays over the staged documents of an item, in their order."""

    rejecting: NDArray[np.int16]
    """Place in `pipeline.steps.select.grounds` of what rejects the document, or -1."""
    measured: NDArray[np.float64]
    duplicate_of: NDArray[np.object_]
    """Document that it duplicates, or None."""
    duplicate_corpus: NDArray[np.object_]
    """Earlier corpus that this one is of, or None."""
    similarity: NDArray[np.float64]
    """Similarity to it; NaN if it is kept, or where only the address is known of the other."""
    kind: NDArray[np.uint8]
    duplicate_count: NDArray[np.int64]
    """Documents that duplicate it."""

    @property
    def is_kept(self) -> NDArray[np.bool_]:
        """Whether the document passed the rules and duplicates none."""
        return np.asarray((self.rejecting == select.KEPT) & ~self.is_duplicate)

    @property
    def is_duplicate(self) -> NDArray[np.bool_]:
        """Whether the document passed the rules and duplicates a kept one."""
        return np.asarray(self.kind != KEPT)


def read_verdicts(key: str, layout: Layout) -> Verdicts:
    """Returns what select and deduplicate decided on an item."""
    rejecting, measured = rejecting_grounds(key, layout)
    decided = read_table(layout.duplicates(key))
    rows = decided["row"].to_numpy()
    verdicts = Verdicts(
        rejecting,
        measured,
        duplicate_of=np.full(len(rejecting), None, np.object_),
        duplicate_corpus=np.full(len(rejecting), None, np.object_),
        similarity=np.full(len(rejecting), np.nan),
        kind=np.zeros(len(rejecting), np.uint8),
        duplicate_count=np.zeros(len(rejecting), np.int64),
    )
    for name in DUPLICATES.names[1:]:
        getattr(verdicts, name)[rows] = decided[name].to_numpy(zero_copy_only=False)
    return verdicts


def write_duplicates(path: str, rows: dict[str, list[object]]) -> None:
    """Writes the verdicts of deduplication on an item."""
    write_table(path, pa.table(rows, schema=DUPLICATES))
