"""Tables that later steps read whole."""

from pathlib import Path

import pyarrow as pa

from jingyu.pipeline.store.tables import read_table, write_table


def test_a_table_is_read_back_with_its_metadata(tmp_path: Path) -> None:
    table = pa.table({"a": [1, 2]}).replace_schema_metadata({b"rows": b"9"})
    path = str(tmp_path / "table.arrow")

    write_table(path, table)

    assert read_table(path).equals(table)
    assert read_table(path).schema.metadata == {b"rows": b"9"}
