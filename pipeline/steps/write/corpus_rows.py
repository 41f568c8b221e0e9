"""Rows of the corpus: staged documents with what was decided on them, and what is left of texts."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jingyu.filters.quality.measure import measure
from jingyu.pipeline.steps.clean.cleaning import Cleaned, as_ranges, without
from jingyu.pipeline.steps.outcomes import Outcomes
from jingyu.schemas.corpus import CLEANING, CORPUS

_UNCHANGED = Cleaned(0)


def corpus_rows(
    staged: pa.RecordBatch, rows: NDArray[np.int64], outcomes: Outcomes
) -> pa.RecordBatch:
    """Returns the corpus's rows of staged documents.

    Where lines or items left a text, its signals are measured anew, but for `quality` and those
    that are not of the text alone.

    Args:
        staged: Documents that are kept.
        rows: Rows of the item that they are.
        outcomes: What was decided on the item.
    """
    cleaned = [outcomes.cleaned.get(row, _UNCHANGED) for row in rows.tolist()]
    columns: dict[str, Any] = {name: staged.column(name) for name in staged.schema.names}
    columns["duplicate_count"] = pa.array(outcomes.verdicts.duplicate_count[rows])
    columns["contamination_items"] = [list(each.items) for each in cleaned]
    for name in CLEANING.names[:2]:
        columns[name] = [getattr(each, name) for each in cleaned]
    shorter = [number for number, each in enumerate(cleaned) if each.ranges]
    columns |= _shortened(staged, [(number, cleaned[number]) for number in shorter])
    arrays = [
        column if isinstance(column, pa.Array) else pa.array(column, field.type)
        for column, field in ((columns[field.name], field) for field in CORPUS)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=CORPUS)


def _shortened(staged: pa.RecordBatch, changed: list[tuple[int, Cleaned]]) -> dict[str, list[Any]]:
    """Returns the columns that change where something left the texts."""
    if not changed:
        return {}
    texts = staged.column("text")
    anew = []
    for number, cleaned in changed:
        text = without(texts[number].as_py(), as_ranges(cleaned.ranges))
        anew.append({"text": text, **measure(text)})
    columns: dict[str, list[Any]] = {name: staged.column(name).to_pylist() for name in anew[0]}
    for name, values in columns.items():
        for (number, _), row in zip(changed, anew, strict=True):
            values[number] = row[name]
    return columns
