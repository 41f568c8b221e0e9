"""Documents of the corpus: staged ones with what was decided on them, and what is left of texts."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jingyu.filters.quality.measure import measure
from jingyu.pipeline.steps.clean.changes import Change
from jingyu.pipeline.steps.clean.cleaning import as_ranges, without
from jingyu.schemas.corpus import CLEANING, DOCUMENT

_UNCHANGED = Change(0)


def corpus_rows(
    staged: pa.RecordBatch,
    rows: Sequence[int],
    changes: Mapping[int, Change],
    more: Mapping[str, Sequence[Any]],
    plain: Callable[[str], str] = str,
) -> pa.RecordBatch:
    """Returns the rows of `DOCUMENT` of staged documents.

    Where lines or questions left a text, its signals are measured anew, but for `quality` and
    those that are not of the text alone.

    Args:
        staged: Documents that are kept.
        rows: Rows of the item that they are.
        changes: What leaves texts of the item, by row.
        more: Columns that are not staged.
        plain: What makes of a text that which is measured.
    """
    changed = [changes.get(row, _UNCHANGED) for row in rows]
    columns: dict[str, Any] = {name: staged.column(name) for name in staged.schema.names}
    columns |= more
    for name in CLEANING.names:
        columns[name] = [getattr(each, name) for each in changed]
    shorter = [(number, each) for number, each in enumerate(changed) if each.ranges]
    columns |= _shortened(staged, shorter, plain)
    arrays = [
        column if isinstance(column, pa.Array) else pa.array(column, field.type)
        for column, field in ((columns[field.name], field) for field in DOCUMENT)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=DOCUMENT)


def _shortened(
    staged: pa.RecordBatch, changed: list[tuple[int, Change]], plain: Callable[[str], str]
) -> dict[str, pa.Array]:
    """Returns the columns that change where something left the texts."""
    if not changed:
        return {}
    texts = staged.column("text")
    anew = []
    for number, change in changed:
        text = without(texts[number].as_py(), as_ranges(change.ranges))
        anew.append({"text": text, **measure(plain(text))})
    is_changed = np.zeros(staged.num_rows, np.bool_)
    is_changed[[number for number, _ in changed]] = True
    return {
        name: pc.replace_with_mask(
            staged.column(name),
            pa.array(is_changed),
            pa.array([row[name] for row in anew], staged.schema.field(name).type),
        )
        for name in anew[0]
    }
