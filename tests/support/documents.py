"""The documents of a finished corpus, each detail in a column of its own."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from jingyu.pipeline.store.corpus import document_columns, flat


def documents_of(out: Path) -> list[dict[str, Any]]:
    table = pq.read_table(out / "corpus")
    rows: list[dict[str, Any]] = flat(table, document_columns(table.schema)).to_pylist()
    return rows
