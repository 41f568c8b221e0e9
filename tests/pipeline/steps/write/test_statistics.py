import json
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.steps.write.statistics import (
    add_up,
    corpus_statistics,
    ledger_statistics,
)
from jingyu.pipeline.store.tallies import edges_of
from jingyu.schemas.corpus import DOCUMENT
from jingyu.schemas.decisions import OUTCOMES
from jingyu.schemas.ledger import LEDGER
from jingyu.schemas.signals import SIGNALS
from tests.support.staged import empty_of

# Sums of these are exact, so that no order of adding shows.
eighths = st.integers(0, 8).map(lambda number: number / 8)
maybe = st.sampled_from([None, "", "a.cn", "b.cn"])
documents = st.lists(
    st.fixed_dictionaries(
        {"char_count": st.integers(0, 1 << 40), "quality": eighths, "char_entropy": eighths}
        | {"registered_domain": maybe, "charset": maybe, "charset_source": maybe}
        | {"language": st.sampled_from(["zh", "yue"])}
    ),
    min_size=1,
    max_size=5,
)
records = st.lists(
    st.fixed_dictionaries(
        {"outcome": st.sampled_from(OUTCOMES), "stage": st.sampled_from(["read", "select"])}
        | {
            "reason": st.sampled_from([None, "too_short"]),
            "registered_domain": maybe,
            "host": maybe,
        }
    ),
    min_size=1,
    max_size=5,
)


def batch(schema: pa.Schema, rows: list[dict[str, Any]]) -> pa.RecordBatch:
    """Returns rows of zeros and empty strings, but for the columns given."""
    empty = {field.name: None if field.nullable else empty_of(field.type) for field in schema}
    return pa.RecordBatch.from_pylist([empty | row for row in rows], schema=schema)


@given(parts=st.lists(documents, min_size=1, max_size=5), order=st.randoms(), cut=st.integers(0, 5))
@settings(max_examples=30)
def test_statistics_of_the_corpus_do_not_depend_on_order_and_grouping(
    parts: list[list[dict[str, Any]]], order: Any, cut: int
) -> None:
    whole = corpus_statistics(batch(DOCUMENT, [row for part in parts for row in part]))
    each = [corpus_statistics(batch(DOCUMENT, part)) for part in parts]
    shuffled = order.sample(each, len(each))
    stored = json.loads(json.dumps(add_up(shuffled[:cut])))

    assert add_up(each) == whole
    assert add_up([stored, add_up(shuffled[cut:])]) == whole


@given(parts=st.lists(records, min_size=1, max_size=5), order=st.randoms())
@settings(max_examples=30)
def test_statistics_of_the_ledger_do_not_depend_on_order_and_grouping(
    parts: list[list[dict[str, Any]]], order: Any
) -> None:
    rows = [row for part in parts for row in part]
    whole = ledger_statistics(batch(LEDGER, rows))
    each = [ledger_statistics(batch(LEDGER, part)) for part in parts]

    assert add_up(order.sample(each, len(each))) == whole
    assert sum(whole["outcomes"].values()) == sum(whole["reasons"].values()) == len(rows)


@given(rows=documents)
@settings(max_examples=30)
def test_the_bins_of_every_signal_hold_every_document(rows: list[dict[str, Any]]) -> None:
    found = corpus_statistics(batch(DOCUMENT, rows))

    for name in SIGNALS.names:
        assert sum(found["signals"][name]["histogram"]) == len(rows)
        assert len(found["signals"][name]["histogram"]) == len(edges_of(name)) - 1
    lengths = [row["char_count"] for row in rows]
    counted = found["signals"]["char_count"]
    assert (counted["min"], counted["max"]) == (min(lengths), max(lengths))
    assert found["characters"] == counted["sum"] == sum(lengths)


@pytest.mark.parametrize(
    ("signal", "value", "expected"),
    [("quality", 0.0, 0), ("quality", 1.0, 49), ("char_count", 0, 0), ("char_count", 1, 1)],
)
def test_a_value_on_a_bound_is_counted_above_it_and_the_last_below(
    signal: str, value: float, expected: int
) -> None:
    found = corpus_statistics(batch(DOCUMENT, [{signal: value}]))

    assert np.flatnonzero(found["signals"][signal]["histogram"]).tolist() == [expected]


def test_what_is_added_up_stays_as_it_was() -> None:
    part = corpus_statistics(batch(DOCUMENT, [{"language": "zh"}]))
    before = json.dumps(part)

    add_up([part, part])

    assert json.dumps(part) == before
    assert add_up([]) == {}
