"""Documents of the corpus: in memory all columns stand side by side, in files most in structs."""

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from jingyu.schemas.corpus import DOCUMENT, PLACES, STRUCTS, TOP


def nested(documents: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """Returns columns of `DOCUMENT` as rows of a corpus.

    Args:
        documents: The columns.
        schema: What `corpus_schema` returned.
    """
    arrays = []
    for field in schema:
        if field.name in TOP:
            arrays.append(documents.column(field.name))
            continue
        names = {inner: name for name, inner in STRUCTS[field.name].fields.items()}
        columns = [documents.column(names[inner.name]) for inner in field.type]
        arrays.append(pa.StructArray.from_arrays(columns, fields=list(field.type)))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def document_columns(schema: pa.Schema) -> list[str]:
    """Returns the columns of `DOCUMENT` that a corpus has, then those that are none of ours.

    Args:
        schema: What stands in its files.
    """
    found = {
        (field.name, inner.name)
        for field in schema
        if pa.types.is_struct(field.type)
        for inner in field.type
    } | {(field.name,) for field in schema}
    others = [field.name for field in schema if field.name not in (*TOP, *STRUCTS)]
    return [*(name for name in DOCUMENT.names if PLACES[name] in found), *others]


def holding(columns: Iterable[str]) -> list[str]:
    """Returns the columns of a corpus file that hold columns of `DOCUMENT`."""
    return list(dict.fromkeys(PLACES.get(name, (name,))[0] for name in columns))


def flat(rows: pa.Table, columns: Sequence[str]) -> pa.Table:
    """Returns columns of `DOCUMENT` out of rows of a corpus."""
    arrays: list[Any] = [_column(rows, PLACES.get(name, (name,))) for name in columns]
    return pa.Table.from_arrays(arrays, names=list(columns))


def _column(rows: pa.Table, place: tuple[str, ...]) -> Any:
    column = rows.column(place[0])
    return pc.struct_field(column, place[1]) if len(place) > 1 else column
