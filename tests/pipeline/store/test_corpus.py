"""Documents as columns of their own, and as rows of a corpus with details in structs."""

import io
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.store.corpus import document_columns, flat, holding, nested
from jingyu.schemas.corpus import DOCUMENT, PLACES, corpus_schema
from jingyu.schemas.lexicon import SUBJECTS
from tests.support.staged import empty_of

WHOLE = corpus_schema(tuple(SUBJECTS))
BARE = corpus_schema(())


def batch(*rows: dict[str, Any]) -> pa.RecordBatch:
    """Returns documents of zeros and empty strings, but for the columns given."""
    empty = {field.name: None if field.nullable else empty_of(field.type) for field in DOCUMENT}
    return pa.RecordBatch.from_pylist([empty | row for row in rows], DOCUMENT)


def written(rows: pa.RecordBatch) -> pa.Table:
    """Returns rows as they are read from a file."""
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_batches([rows]), stream)
    return pq.read_table(stream)


texts = st.text("净语a", max_size=3)
documents = st.lists(
    st.fixed_dictionaries(
        {
            "text": texts,
            "title": st.none() | texts,
            "han_ratio": st.floats(0, 1),
            "masked_mobile_count": st.integers(0, 9),
            "lexicon_gambling_count": st.integers(0, 9),
            "licenses": st.lists(texts, max_size=2),
            "origin": st.sampled_from(["mainland", "overseas", "unknown"]),
            "origin_evidence": st.lists(texts, max_size=2),
            "http_status": st.none() | st.integers(200, 599),
            "questions": st.lists(texts, max_size=2),
            "repeated_line_count": st.integers(0, 9),
        }
    ),
    max_size=4,
)


@given(rows=documents)
def test_what_is_nested_is_flat_again(rows: list[dict[str, Any]]) -> None:
    whole = batch(*rows)

    nested_rows = nested(whole, WHOLE)

    assert nested_rows.schema.equals(WHOLE)
    found = flat(written(nested_rows), DOCUMENT.names)
    assert found.to_pylist() == whole.to_pylist()
    assert document_columns(WHOLE) == DOCUMENT.names


@given(rows=documents)
def test_of_a_corpus_without_word_lists_all_else_is_read(rows: list[dict[str, Any]]) -> None:
    whole = batch(*rows)

    columns = document_columns(BARE)

    assert columns == [name for name in DOCUMENT.names if not name.startswith("lexicon_")]
    found = flat(written(nested(whole, BARE)), columns)
    assert found.to_pylist() == whole.select(columns).to_pylist()


def test_some_columns_are_read_in_the_order_in_which_they_are_asked_for() -> None:
    rows = written(nested(batch({"text": "净", "han_ratio": 0.5, "record_type": "row"}), WHOLE))

    found = flat(rows, ["record_type", "han_ratio", "text"])

    assert found.to_pylist() == [{"record_type": "row", "han_ratio": 0.5, "text": "净"}]


def test_only_the_columns_that_hold_what_is_asked_for_are_read_each_once() -> None:
    names = ["han_ratio", "text", "digit_ratio", "masked_mobile_count", "noai", "note"]

    assert holding(names) == ["signals", "text", "masked", "rights", "note"]


def test_columns_that_somebody_added_stand_at_the_end_and_are_read_as_they_are() -> None:
    table = written(nested(batch({"text": "净"}), BARE)).append_column("note", pa.array(["x"]))

    columns = document_columns(table.schema)
    rows = flat(table, columns).to_pylist()

    assert columns[-1] == "note"
    assert (rows[0]["note"], rows[0]["text"]) == ("x", "净")


def test_a_detail_is_null_where_its_column_is() -> None:
    (row,) = nested(batch({"http_status": None, "paywall": "none"}), WHOLE).to_pylist()

    assert row["record"]["http_status"] is None
    assert row["rights"]["paywall"] == "none"


@pytest.mark.parametrize(("schema", "has_lexicon"), [(WHOLE, True), (BARE, False)])
def test_a_corpus_has_about_thirty_columns(schema: pa.Schema, *, has_lexicon: bool) -> None:
    assert 25 <= len(schema) <= 40
    assert ("lexicon" in schema.names) is has_lexicon
    assert len(DOCUMENT) > 150
    assert all(len(place) <= 2 for place in PLACES.values())
