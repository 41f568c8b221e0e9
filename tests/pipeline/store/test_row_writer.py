"""Rows that a step writes one by one."""

import hashlib
import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jingyu.pipeline.store.parquet import batches_of
from jingyu.pipeline.store.row_writer import Described, Row, RowWriter, Written, row_writer
from jingyu.schemas.staging import ENDED, STAGING
from tests.support.staged import ended_row, staged_row

SCHEMA = pa.schema([("a", pa.int64()), ("b", pa.string())])


def test_rows_are_written_in_their_order_and_missing_columns_are_null(tmp_path: Path) -> None:
    path = str(tmp_path / "rows.parquet")

    with row_writer(path, SCHEMA) as rows:
        rows.append({"a": 1, "b": "x"})
        rows.append({"b": "y"})

    assert rows.count == 2
    assert pq.read_table(path).to_pylist() == [{"a": 1, "b": "x"}, {"a": None, "b": "y"}]


def test_a_row_with_a_column_that_the_schema_lacks_is_refused(tmp_path: Path) -> None:
    path = str(tmp_path / "rows.parquet")

    with row_writer(path, SCHEMA) as rows:
        rows.append({"a": 1})
        with pytest.raises(KeyError, match="the schema has no column c, d"):
            rows.append({"a": 2, "d": 0, "c": 0})

    assert rows.count == 1
    assert pq.read_table(path).to_pylist() == [{"a": 1, "b": None}]


@pytest.mark.parametrize("column", ["text", "han_ratio", "signature"])
def test_an_ended_record_has_no_columns_of_a_document(column: str) -> None:
    assert column in STAGING.names
    with pytest.raises(KeyError, match=column), RowWriter(io.BytesIO(), ENDED) as rows:
        rows.append(ended_row("a", 0) | {column: None})


def test_a_document_has_no_columns_of_a_decision() -> None:
    with pytest.raises(KeyError, match="outcome"), RowWriter(io.BytesIO(), STAGING) as rows:
        rows.append(staged_row("a", 0) | {"outcome": None})


def test_rows_come_in_groups_of_a_size(tmp_path: Path) -> None:
    path = str(tmp_path / "rows.parquet")
    with open(path, "wb") as stream, RowWriter(stream, SCHEMA, rows_in_group=2) as rows:
        for number in range(5):
            rows.append({"a": number, "b": ""})

    assert [batch.num_rows for batch in batches_of(path)] == [2, 2, 1]
    assert [batch.column("a").to_pylist() for batch in batches_of(path, ["a"])] == [
        [0, 1],
        [2, 3],
        [4],
    ]


def test_what_stands_for_a_row_that_no_file_can_hold_is_written_too(tmp_path: Path) -> None:
    path = str(tmp_path / "rows.parquet")

    def refuse(row: Row, error: Exception) -> None:
        assert isinstance(error, ValueError)
        rows.append({"a": row["a"], "b": None})

    with row_writer(path, SCHEMA, refuse) as rows:
        rows.append({"a": 1, "b": "\ud800"})
        rows.append({"a": 2, "b": "x"})

    found = pq.read_table(path).to_pylist()
    assert sorted(row["a"] for row in found) == [1, 2]
    assert rows.count == 2


@pytest.mark.parametrize("rows", [0, 1, 2_500])
def test_what_is_told_of_a_file_is_what_lies_there(tmp_path: Path, rows: int) -> None:
    path = tmp_path / "rows.parquet"
    batch = pa.record_batch({"number": pa.array(range(rows), pa.int64())})
    with path.open("wb") as stream:
        spool = Described(stream)
        with pq.ParquetWriter(spool, batch.schema, metadata_collector=spool.footers) as writer:
            writer.write_batch(batch, row_group_size=1_000)
            spool.drain()
        spool.drain()

    content = path.read_bytes()
    assert spool.written() == Written(rows, len(content), hashlib.sha256(content).hexdigest())
    assert pq.read_metadata(path).num_rows == rows
