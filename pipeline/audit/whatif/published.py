"""What an output says of its documents beside what was staged: lengths of texts, takedowns."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jingyu.pipeline.audit.output import Output
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.tables import read_table


def taken_down(output: Output) -> frozenset[str]:
    """Returns the ids of documents that takedown lists name."""
    if not output.stats.get("taken_down"):
        return frozenset()
    named = output.ledger.to_table(["document_id"], filter=pc.field("reason") == "taken_down")
    return frozenset(named["document_id"].to_pylist())


class Lengths:
    """Lengths of texts: of those that cleaning changed as the corpus has them, else as staged."""

    def __init__(self, output: Output, keys: Sequence[str]) -> None:
        layout = output.layout
        self._rows = {key: rows for key in keys if len(rows := _changed(layout, key))}
        self._ids, self._lengths = pa.array([], pa.string()), pa.array([], pa.int64())
        if self._rows:
            ids = [
                layout.staged(key).table(["document_id"])["document_id"].take(pa.array(rows))
                for key, rows in self._rows.items()
            ]
            wanted = pa.chunked_array([part for each in ids for part in each.chunks], pa.string())
            documents = output.corpus.to_table(["document_id", "char_count"])
            cleaned = documents.filter(pc.is_in(documents["document_id"], wanted.combine_chunks()))
            self._ids, self._lengths = (
                cleaned[name].combine_chunks() for name in documents.column_names
            )

    def of(self, key: str, documents: pa.Table) -> NDArray[np.int64]:
        """Returns the length of each of an item's documents, in code points.

        Args:
            key: The item.
            documents: Columns `document_id` and `char_count` as they were staged.
        """
        lengths: NDArray[np.int64] = documents["char_count"].to_numpy()
        if key not in self._rows:
            return lengths
        rows = self._rows[key]
        places = pc.index_in(documents["document_id"].take(pa.array(rows)), self._ids)
        is_kept = pc.is_valid(places).to_numpy()
        lengths = lengths.copy()
        lengths[rows[is_kept]] = self._lengths.take(places.drop_null()).to_numpy()
        return lengths


def _changed(layout: Layout, key: str) -> NDArray[np.int64]:
    rows: NDArray[np.int64] = read_table(layout.changes(key), ("row",))["row"].to_numpy()
    return rows
