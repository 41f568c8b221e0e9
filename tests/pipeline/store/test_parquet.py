"""Parquet files that are read several times."""

from pathlib import Path
from threading import Thread

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jingyu.pipeline.store.parquet import parquet_file, read_parquet


def test_a_file_in_the_place_of_one_that_was_read_is_read_anew(tmp_path: Path) -> None:
    path, other = tmp_path / "a.parquet", tmp_path / "b.parquet"
    pq.write_table(pa.table({"a": [1, 2]}), path)
    pq.write_table(pa.table({"a": [3]}), other)
    read_parquet(str(path))
    other.replace(path)

    assert read_parquet(str(path))["a"].to_pylist() == [3]


def test_a_file_that_is_gone_is_not_there_though_it_was_read(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"a": [1]}), path)
    read_parquet(str(path))
    path.unlink()

    with pytest.raises(FileNotFoundError):
        read_parquet(str(path))


def test_no_two_threads_read_from_one_open_file(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"a": [1]}), path)
    opened: list[pq.ParquetFile] = []

    def read() -> None:
        with parquet_file(str(path)) as file:
            opened.append(file)

    read()
    read()
    thread = Thread(target=read)
    thread.start()
    thread.join()

    here, again, there = opened
    assert here is again
    assert here is not there
