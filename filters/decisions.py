"""Decisions on many rows at once: what steps write, and what the ledger is a view of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jingyu.schemas.decisions import DECISION, DECISIONS, KEPT, Decision

_FIGURES = ("measured", "limit", "similarity", "coverage", "own_chars")
_COUNTS = ("duplicate_count", "duplicate_domain_count")
_WORDS = ("outcome", "stage", "reason")
"""Columns of few different values."""
_KEPT = Decision(KEPT, "write", None)

_NONE = np.array(None, np.object_)

Rows = NDArray[np.bool_] | NDArray[np.integer[Any]]
"""A mask over all rows, or the places of some."""


def is_none(values: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Returns where there is no value."""
    return np.equal(values, _NONE).astype(np.bool_)


def _words(column: pa.ChunkedArray) -> NDArray[np.object_]:
    """Returns values of which each different one is made once."""
    encoded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    words = encoded.dictionary.to_numpy(zero_copy_only=False)
    found: NDArray[np.object_] = words[encoded.indices.to_numpy()]
    return found


@dataclass(frozen=True)
class Decisions:
    """What was decided on each of some rows, in their order; a row without an outcome goes on.

    Attributes:
        columns: An array for each column of `DECISIONS` but `row`. Where there is nothing to say,
            figures are NaN, counts are 0 and other values are None.
    """

    columns: Mapping[str, NDArray[Any]]

    @classmethod
    def none(cls, count: int) -> Self:
        """Returns decisions on so many rows, all of which go on."""
        columns: dict[str, NDArray[Any]] = {
            name: np.full(count, np.nan) if name in _FIGURES else np.full(count, None, np.object_)
            for name in DECISION.names
        }
        return cls(columns | {name: np.zeros(count, np.int64) for name in _COUNTS})

    def __len__(self) -> int:
        return len(self.columns["duplicate_count"])

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.columns[name]

    @property
    def is_open(self) -> NDArray[np.bool_]:
        """Whether each row goes on."""
        return is_none(self["outcome"])

    def end(self, rows: Rows, decision: Decision, **more: Any) -> None:
        """Ends the way of rows; those that ended before stay as they are.

        Args:
            rows: Which rows.
            decision: What was decided on all of them.
            more: Columns whose values differ from row to row: a value for each of the rows.
        """
        places = np.flatnonzero(rows) if rows.dtype == np.bool_ else np.asarray(rows)
        is_open = is_none(self["outcome"][places])
        places = places[is_open]
        values = {**decision._asdict(), **more}
        for name, value in values.items():
            differs = name in more
            given = np.asarray(value, self[name].dtype)[is_open] if differs else value
            if given is not None:  # a note that stands there already stays
                self[name][places] = given

    def note(self, rows: NDArray[np.integer[Any]], **columns: Any) -> None:
        """Notes something on rows, whether they go on or not.

        Args:
            rows: Their places.
            columns: A value for each of the rows.
        """
        for name, values in columns.items():
            self[name][rows] = np.asarray(values, self[name].dtype)

    def overrule(self, rows: NDArray[np.integer[Any]], decision: Decision, **more: Any) -> None:
        """Ends the way of rows, whatever was decided on them; what they duplicate stays known.

        Args:
            rows: Their places.
            decision: What was decided on all of them.
            more: As of `end`.
        """
        for name in Decision._fields:
            self[name][rows] = np.nan if name in _FIGURES else None
        self.end(rows, decision, **more)

    def add(self, table: pa.Table) -> None:
        """Adds what a step wrote: rows of `DECISIONS`."""
        if not table.num_rows:
            return
        rows = table["row"].to_numpy()
        for name in DECISIONS.names[1:]:
            if table[name].null_count == table.num_rows:
                continue  # most steps say nothing in most columns
            given = _words(table[name]) if name in _WORDS else table[name].to_numpy()
            # A note leaves what is known: two steps may have something to say of one document.
            is_told = given > 0 if name in _COUNTS else ~table[name].is_null().to_numpy()
            self[name][rows[is_told]] = given[is_told]

    def table(self) -> pa.Table:
        """Returns `DECISIONS`: the rows that end, and those that there is a note on."""
        rows = np.flatnonzero(
            ~self.is_open
            | (self["duplicate_count"] > 0)
            | ~is_none(self["evidence"])
            | ~is_none(self["resembles"])
        )
        arrays = [pa.array(rows), *self._arrays(DECISIONS.names[1:], rows)]
        return pa.Table.from_arrays(arrays, schema=DECISIONS)

    def ledger(self) -> list[pa.Array]:
        """Returns the columns of `DECISION`, in which rows that are still open are kept."""
        all_ended = type(self)({name: values.copy() for name, values in self.columns.items()})
        all_ended.end(self.is_open, _KEPT)
        return all_ended._arrays(DECISION.names, np.arange(len(self)))  # noqa: SLF001  (its own)

    def _arrays(self, names: Sequence[str], rows: NDArray[np.int64]) -> list[pa.Array]:
        return [
            pa.array(self[name][rows], DECISIONS.field(name).type, from_pandas=True)
            for name in names
        ]
