"""Rows of an output's files by their places, and by names of documents: no more is read of them."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
from numpy.typing import NDArray

_WORDS: Final = ("stage", "outcome", "reason", "duplicate_corpus")


def rows_at(files: ds.Dataset, places: NDArray[np.int64], columns: Sequence[str]) -> pa.Table:
    """Returns some rows of Parquet files: only the row groups are read that hold one.

    Args:
        files: The files.
        places: Numbers of the rows, counted through all files, in any order.
        columns: Columns that are read.
    """
    tables, start, wanted = [], 0, np.sort(places)
    for fragment in files.get_fragments():
        for group in fragment.row_groups:
            here = wanted[slice(*np.searchsorted(wanted, [start, start + group.num_rows]))]
            if len(here):
                rows = fragment.subset(row_group_ids=[group.id])
                table = rows.to_table(columns=list(columns), schema=files.schema)
                tables.append(table.take(pa.array(here - start)))
            start += group.num_rows
    schema = pa.schema([files.schema.field(name) for name in columns])
    return pa.concat_tables([schema.empty_table(), *tables])


def rows_of(files: ds.Dataset, by: str, names: pa.Array, columns: Sequence[str]) -> pa.Table:
    """Returns the rows whose column `by` has one of some values."""
    read = list(dict.fromkeys([by, *columns]))
    # Words that repeat are read as they are stored, as places in a dictionary.
    options = ds.ParquetReadOptions(dictionary_columns=[name for name in read if name in _WORDS])
    fast = ds.dataset(
        [fragment.path for fragment in files.get_fragments()],
        format=ds.ParquetFileFormat(read_options=options),
        filesystem=files.filesystem,
    )
    found = fast.to_table(read, filter=pc.field(by).isin(names))
    return found.cast(pa.schema([files.schema.field(name) for name in read]))
