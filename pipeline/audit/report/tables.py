"""The tables of an output that the report draws."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from jingyu.pipeline.audit.output import Output
from jingyu.pipeline.read import storage
from jingyu.pipeline.store.corpus import document_columns, flat
from jingyu.pipeline.store.layout import STATISTICS_FOLDER
from jingyu.pipeline.store.tallies import (
    Tallies,
    corpus_tallies,
    ledger_tallies,
    merged,
    without_free_text,
)
from jingyu.schemas.statistics import COUNTED, STATISTICS

Tables = Mapping[str, pa.Table]
_AT_ONCE = 1 << 16
"""Rows that are counted at once: what a count costs by itself is that of thousands of rows."""
_NEEDED = ("registered_domain", "host", "stage", "outcome", "reason", "measured", "limit")
_LENGTHS = ("payload_bytes", "char_count")


def tables_of(output: Output) -> dict[str, pa.Table]:
    """Returns the statistics of an output, by name; those of an earlier version are counted now."""
    folder = storage.join(output.path, STATISTICS_FOLDER)
    found = {}
    for name in (*COUNTED, "shards"):
        path = storage.join(folder, f"{name}.parquet")
        if not storage.exists(path):
            return _counted(output) | {"templates": _templates(folder)}
        with storage.open_to_read(path) as stream:
            found[name] = pq.read_table(stream)
    return found | {"templates": _templates(folder)}


def _templates(folder: str) -> pa.Table:
    path = storage.join(folder, "templates.parquet")
    if not storage.exists(path):
        return STATISTICS["templates"].empty_table()
    with storage.open_to_read(path) as stream:
        return pq.read_table(stream)


def _counted(output: Output) -> dict[str, pa.Table]:
    empty = {name: STATISTICS[name].empty_table() for name in COUNTED}
    tables = merged(_parts(output, empty))
    tables["values"] = without_free_text(tables["values"])
    parts = [part for part in output.manifest["parts"] if part["path"].startswith("corpus/")]
    shards = output.stats.get("shards", {})
    rows = [
        {"path": part["path"], "documents": part["rows"], "bytes": part.get("bytes", 0)}
        | {"sha256": part.get("sha256", "")}
        | {"characters": shards.get(part["path"], {}).get("characters", 0)}
        for part in parts
    ]
    tables["shards"] = pa.Table.from_pylist(rows, STATISTICS["shards"])
    return tables


def _parts(output: Output, empty: Tallies) -> Iterator[Tallies]:
    yield empty
    ledger = output.ledger
    names = [name for name in (*_NEEDED, *_LENGTHS) if name in ledger.schema.names]
    for table in gathered(ledger, names):
        yield ledger_tallies(table)
    corpus = output.corpus
    columns = [name for name in document_columns(corpus.schema) if name != "text"]
    for table in gathered(corpus, [name for name in corpus.schema.names if name != "text"]):
        yield corpus_tallies(flat(table, columns))


def gathered(files: ds.Dataset, columns: Sequence[str]) -> Iterator[pa.Table]:
    """Yields columns of all rows, many at once, however few a row group holds."""
    held: list[pa.RecordBatch] = []
    count = 0
    batches = files.to_batches(
        columns=list(columns), batch_size=_AT_ONCE, batch_readahead=2, fragment_readahead=1
    )
    for batch in batches:
        held.append(batch)
        count += batch.num_rows
        if count >= _AT_ONCE:
            yield pa.Table.from_batches(held).combine_chunks()
            held, count = [], 0
    if count:
        yield pa.Table.from_batches(held).combine_chunks()


def rows(table: pa.Table, **wanted: Any) -> list[dict[str, Any]]:
    """Returns the rows of a small table whose columns have some values."""
    found: list[dict[str, Any]] = table.to_pylist()
    return [row for row in found if all(row[name] == value for name, value in wanted.items())]
