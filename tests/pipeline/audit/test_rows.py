from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from jingyu.pipeline.audit.rows import rows_at, rows_of

REASONS = ["too_short", None, "spun", "too_short", None, "spun", "too_short"]


@pytest.fixture
def files(tmp_path: Path) -> ds.Dataset:
    table = pa.table({"name": [f"n{n}" for n in range(7)], "reason": pa.array(REASONS)})
    pq.write_table(table.slice(0, 4), tmp_path / "0.parquet", row_group_size=3)
    pq.write_table(table.slice(4), tmp_path / "1.parquet", row_group_size=1)
    return ds.dataset(sorted(map(str, tmp_path.iterdir())), format="parquet")


@pytest.mark.parametrize("places", [[], [0], [6], [3, 4], [5, 0, 2], list(range(7))])
def test_rows_are_found_by_their_places(places: list[int], files: ds.Dataset) -> None:
    found = rows_at(files, np.array(places, np.int64), ["name"])

    assert found["name"].to_pylist() == [f"n{n}" for n in sorted(places)]


@pytest.mark.parametrize("names", [[], ["n1"], ["n6", "n0", "none"]])
def test_rows_are_found_by_their_names(names: list[str], files: ds.Dataset) -> None:
    found = rows_of(files, "name", pa.array(names, pa.string()), ["reason"])

    assert found.schema == files.schema
    assert dict(zip(*found.to_pydict().values(), strict=True)) == {
        f"n{n}": reason for n, reason in enumerate(REASONS) if f"n{n}" in names
    }
