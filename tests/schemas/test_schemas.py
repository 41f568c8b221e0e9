import pyarrow as pa
import pytest

from jingyu.schemas.corpus import CORPUS
from jingyu.schemas.ledger import LEDGER, ledger_rows
from jingyu.schemas.staging import STAGING

SCHEMAS = pytest.mark.parametrize(
    "schema", [STAGING, LEDGER, CORPUS], ids=["staging", "ledger", "corpus"]
)


@SCHEMAS
def test_every_column_is_described_and_every_number_has_a_unit(schema: pa.Schema) -> None:
    for field in schema:
        assert field.metadata[b"description"].endswith(b"."), field.name
        if pa.types.is_integer(field.type) or pa.types.is_floating(field.type):
            assert field.metadata[b"unit"], field.name


@SCHEMAS
def test_column_names_are_unique(schema: pa.Schema) -> None:
    assert len(set(schema.names)) == len(schema.names)


def test_ledger_rows_take_what_rows_and_evidence_hold_and_leave_the_rest_null() -> None:
    rows = pa.RecordBatch.from_pylist([{"document_id": "a", "offset": 7, "other": "x"}])

    (row,) = ledger_rows(rows, outcome=["rejected"], reason=["too_short"]).to_pylist()

    assert (row["document_id"], row["offset"]) == ("a", 7)
    assert (row["outcome"], row["reason"], row["duplicate_of"]) == ("rejected", "too_short", None)
    assert "other" not in row
