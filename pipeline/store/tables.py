"""Arrow files: tables that later steps read whole."""

from collections.abc import Sequence
from typing import Final

import pyarrow as pa

from jingyu.pipeline.read import storage
from jingyu.pipeline.store import filesystem

TABLE: Final = ".arrow"
"""How files of `write_table` end."""


def read_table(path: str, columns: Sequence[str] | None = None) -> pa.Table:
    """Returns what `write_table` wrote, or some columns of it."""
    # Threads take longer to be told of a small file than to read it.
    options = pa.ipc.IpcReadOptions(use_threads=False)
    held = pa.py_buffer(storage.read_bytes(path))
    if columns is not None:
        names = pa.ipc.open_file(held, options=options).schema.names
        options.included_fields = [names.index(name) for name in columns]
    return pa.ipc.open_file(held, options=options).read_all()


def write_table(path: str, table: pa.Table) -> None:
    """Writes a table as an Arrow file, whole or not at all.

    A small Arrow file opens in a tenth of the time of a Parquet file, and decisions are read by
    each later step.
    """
    held = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_file(held, table.schema, options=options) as writer:
        writer.write_table(table)
    filesystem.write_bytes(path, held.getvalue().to_pybytes())
