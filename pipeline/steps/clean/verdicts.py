"""What cleaning decided on an item's documents."""

from collections.abc import Sequence

import pyarrow as pa

from jingyu.pipeline.steps.clean.cleaning import Cleaned
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.staging import read_table, write_table

CLEANED = pa.schema(
    [
        ("row", pa.int64()),
        ("reason", pa.string()),
        ("measured", pa.float64()),
        ("limit", pa.float64()),
        ("items", pa.list_(pa.string())),
        ("ranges", pa.list_(pa.int32())),
        ("repeated_line_count", pa.int32()),
        ("boilerplate_line_count", pa.int32()),
    ]
)
"""One row per kept document that cleaning changes or rejects."""


def write_cleaned(key: str, layout: Layout, cleaned: Sequence[Cleaned]) -> None:
    """Writes what was decided on an item."""
    columns = zip(*cleaned, strict=True) if cleaned else [[] for _ in CLEANED]
    arrays = [pa.array(c, field.type) for c, field in zip(columns, CLEANED, strict=True)]
    write_table(layout.cleaned(key), pa.Table.from_arrays(arrays, schema=CLEANED))


def read_cleaned(key: str, layout: Layout) -> list[Cleaned]:
    """Returns what was decided on an item."""
    rows = read_table(layout.cleaned(key)).to_pylist()
    return [
        Cleaned(**row | {name: tuple(row[name]) for name in ("items", "ranges")}) for row in rows
    ]
