"""What is decided on many rows, and how it is written and read back."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.decisions import Decisions, is_none
from jingyu.schemas.decisions import DECISION, DECISIONS, DUPLICATE, KEPT, REJECTED, Decision

SHORT = Decision(REJECTED, "select", "too_short", 10.0, 50.0)
COPY = Decision(DUPLICATE, "deduplicate", "exact_duplicate")
TAKEN_DOWN = Decision(REJECTED, "takedown", "taken_down")


def ledger(decisions: Decisions) -> list[dict[str, Any]]:
    arrays = decisions.ledger()
    rows: list[dict[str, Any]] = pa.Table.from_arrays(arrays, schema=DECISION).to_pylist()
    return rows


def test_where_nothing_was_decided_every_row_is_open_and_nothing_is_written() -> None:
    decisions = Decisions.none(3)

    assert len(decisions) == 3
    assert decisions.is_open.tolist() == [True] * 3
    assert decisions.table().num_rows == 0


def test_the_first_decision_stays() -> None:
    decisions = Decisions.none(3)

    decisions.end(np.array([0, 1]), SHORT)
    decisions.end(np.array([1, 2]), COPY)

    assert decisions["reason"].tolist() == ["too_short", "too_short", "exact_duplicate"]
    assert decisions["measured"][:2].tolist() == [10, 10]
    assert np.isnan(decisions["measured"][2])


def test_rows_are_named_by_a_mask_or_by_their_places() -> None:
    by_mask, by_places = Decisions.none(4), Decisions.none(4)

    by_mask.end(np.array([False, True, False, True]), SHORT)
    by_places.end(np.array([1, 3]), SHORT)

    assert by_mask.is_open.tolist() == by_places.is_open.tolist() == [True, False, True, False]


@pytest.mark.parametrize("rows", [np.array([3, 1, 0]), np.array([True, True, False, True])])
def test_a_column_that_differs_has_a_value_for_each_row_that_is_named(rows: Any) -> None:
    decisions = Decisions.none(4)
    decisions.end(np.array([1]), COPY)

    decisions.end(rows, SHORT, measured=[7.0, 8.0, 9.0])

    of_places = dict(zip(np.arange(4)[rows].tolist(), [7.0, 8.0, 9.0], strict=True))
    assert decisions["measured"][[0, 3]].tolist() == [of_places[0], of_places[3]]
    assert np.isnan(decisions["measured"][1])
    assert decisions["reason"].tolist() == ["too_short", "exact_duplicate", None, "too_short"]


def test_evidence_that_was_noted_stays_when_the_way_ends_for_another_reason() -> None:
    decisions = Decisions.none(2)
    decisions["evidence"][0] = "quiz/a#0"

    decisions.end(np.array([0, 1]), SHORT)

    assert decisions["evidence"].tolist() == ["quiz/a#0", None]


def test_what_is_overruled_keeps_what_it_duplicates() -> None:
    decisions = Decisions.none(3)
    decisions.end(np.array([0]), SHORT)
    decisions.end(np.array([1]), COPY, duplicate_of=["x"], similarity=[1.0])
    decisions["evidence"][2] = "quiz/a#0"
    decisions["duplicate_count"][2] = 4

    decisions.overrule(np.array([0, 1, 2]), TAKEN_DOWN, evidence=["list:1", "list:2", "list:3"])

    assert decisions["reason"].tolist() == ["taken_down"] * 3
    assert decisions["evidence"].tolist() == ["list:1", "list:2", "list:3"]
    assert np.isnan(decisions["measured"]).all()
    assert np.isnan(decisions["limit"]).all()
    assert decisions["duplicate_of"].tolist() == [None, "x", None]
    assert decisions["similarity"][1] == 1
    assert decisions["duplicate_count"].tolist() == [0, 0, 4]


def test_in_the_ledger_what_is_still_open_is_kept_with_its_evidence() -> None:
    decisions = Decisions.none(3)
    decisions.end(np.array([1]), COPY, duplicate_of=["x"], similarity=[0.9])
    decisions["evidence"][2] = "quiz/a#0"

    rows = ledger(decisions)

    nothing = dict.fromkeys(DECISION.names)
    kept = nothing | {"outcome": KEPT, "stage": "write"}
    assert rows == [
        kept,
        nothing | COPY._asdict() | {"duplicate_of": "x", "similarity": 0.9},
        kept | {"evidence": "quiz/a#0"},
    ]
    assert decisions.is_open.tolist() == [True, False, True]


def test_what_a_step_writes_are_the_rows_on_which_it_has_something_to_say() -> None:
    decisions = Decisions.none(4)
    decisions.end(np.array([3]), SHORT)
    decisions["duplicate_count"][1] = 2
    decisions["evidence"][2] = "quiz/a#0"

    table = decisions.table()

    assert table.schema.equals(DECISIONS)
    assert table["row"].to_pylist() == [1, 2, 3]
    assert table["outcome"].to_pylist() == [None, None, REJECTED]


def test_a_note_of_a_later_step_does_not_erase_what_is_known() -> None:
    first, second = Decisions.none(3), Decisions.none(3)
    first.end(np.array([0]), COPY, duplicate_of=["x"], similarity=[0.9])
    first["duplicate_count"][1] = 2
    second["evidence"][[0, 1]] = "quiz/a#0"
    second["duplicate_count"][2] = 3

    first.add(second.table())

    assert first["outcome"].tolist() == [DUPLICATE, None, None]
    assert first["duplicate_of"].tolist() == ["x", None, None]
    assert first["similarity"][0] == 0.9
    assert first["duplicate_count"].tolist() == [0, 2, 3]
    assert first["evidence"].tolist() == ["quiz/a#0", "quiz/a#0", None]


def test_later_steps_add_their_rows_to_those_of_earlier_ones() -> None:
    first, second = Decisions.none(3), Decisions.none(3)
    first.end(np.array([2]), SHORT)
    second.end(np.array([0]), COPY, duplicate_of=["x"])

    together = Decisions.none(3)
    for each in (first, second):
        together.add(each.table())

    assert together["reason"].tolist() == ["exact_duplicate", None, "too_short"]
    assert together["limit"][2] == 50


def test_a_value_is_none_only_where_there_is_none() -> None:
    values = np.array([None, "", 0, "a"], np.object_)

    assert is_none(values).tolist() == [True, False, False, False]


names = st.text("abc", min_size=1, max_size=3)
maybe = st.none() | names
figures = st.none() | st.floats(allow_nan=False)
ends = st.builds(Decision, st.sampled_from(["rejected", "failed"]), names, maybe, figures, figures)


@st.composite
def decided(draw: st.DrawFn) -> Decisions:
    """Returns what steps may have decided: ends of some rows, and notes on any."""
    count = draw(st.integers(0, 8))
    decisions = Decisions.none(count)
    rows = (
        st.lists(st.integers(0, count - 1), max_size=count, unique=True) if count else st.just([])
    )
    for _ in range(draw(st.integers(0, 3))):
        some = draw(rows)
        each = {name: [draw(names) for _ in some] for name in ("duplicate_of", "evidence")}
        decisions.end(np.array(some, np.int64), draw(ends), **each if draw(st.booleans()) else {})
    for row in draw(rows):
        decisions["duplicate_count"][row] = draw(st.integers(1, 9))
        decisions["duplicate_domain_count"][row] = draw(st.integers(0, 9))
    for row in draw(rows):
        decisions["evidence"][row] = draw(names)
    return decisions


def told(decisions: Decisions) -> dict[str, list[Any]]:
    """Returns the columns with NaN as none, so that they compare."""
    return {
        name: pa.array(decisions[name], from_pandas=True).to_pylist()
        for name in DECISIONS.names[1:]
    }


@given(decisions=decided())
def test_what_is_written_is_read_back(decisions: Decisions) -> None:
    again = Decisions.none(len(decisions))

    again.add(decisions.table())

    assert told(again) == told(decisions)


@given(decisions=decided(), row=st.integers(0, 7), decision=ends)
def test_ending_a_row_changes_no_row_that_was_ended_and_no_other(
    decisions: Decisions, row: int, decision: Decision
) -> None:
    before = ledger(decisions)
    was_open = decisions.is_open.tolist()
    rows = np.array([row] if row < len(decisions) else [], np.int64)

    decisions.end(rows, decision)

    after = ledger(decisions)
    for number, (one, other) in enumerate(zip(before, after, strict=True)):
        if number == row and was_open[number]:
            assert (other["outcome"], other["reason"]) == (decision.outcome, decision.reason)
        else:
            assert other == one
