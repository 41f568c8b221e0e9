"""What steps decided on the documents of an item, in a file each."""

from pathlib import Path

import numpy as np
import pytest

from jingyu.filters.decisions import Decisions
from jingyu.pipeline.store.decided import (
    STEPS,
    missing_from,
    read_decisions,
    read_decisions_on_ended,
    write_decisions,
    write_decisions_on_ended,
)
from jingyu.pipeline.store.layout import Layout
from jingyu.schemas.decisions import REJECTED, Decision
from tests.support.staged import layout_in


def ending(step: str, row: int, count: int = 5) -> Decisions:
    decisions = Decisions.none(count)
    decisions.end(np.array([row]), Decision(REJECTED, step, f"by_{step}", 1.5, 2.5))
    return decisions


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """A layout in which each step ended the row of its number."""
    layout = layout_in(tmp_path)
    for number, step in enumerate(STEPS):
        write_decisions(step, "a", layout, ending(step, number))
    return layout


@pytest.mark.parametrize("step", STEPS)
def test_what_was_decided_is_read_up_to_a_step(step: str, layout: Layout) -> None:
    decisions = read_decisions("a", layout, step)

    count = STEPS.index(step) + 1
    reasons = [f"by_{each}" for each in STEPS[:count]]
    assert decisions["reason"].tolist() == reasons + [None] * (5 - count)
    assert decisions["measured"][:count].tolist() == [1.5] * count
    assert len(decisions) == 5


def test_each_item_has_decisions_of_its_own(layout: Layout) -> None:
    write_decisions("select", "b", layout, Decisions.none(2))

    assert len(read_decisions("b", layout, "select")) == 2
    assert len(read_decisions("a", layout, "select")) == 5


def test_what_is_written_in_place_of_what_was_read_is_read_anew(layout: Layout) -> None:
    read_decisions("a", layout, "select")
    write_decisions("select", "a", layout, ending("select", 4, count=7))

    decisions = read_decisions("a", layout, "select")

    assert np.flatnonzero(~decisions.is_open).tolist() == [4]
    assert len(decisions) == 7


def test_rows_of_which_nothing_was_said_are_open(tmp_path: Path) -> None:
    layout = layout_in(tmp_path)
    write_decisions("select", "a", layout, Decisions.none(3))

    assert read_decisions("a", layout, "select").is_open.tolist() == [True] * 3


def test_an_item_without_documents_has_decisions_on_none(tmp_path: Path) -> None:
    layout = layout_in(tmp_path)
    write_decisions("select", "a", layout, Decisions.none(0))

    assert len(read_decisions("a", layout, "sources")) == 0


def test_the_source_gate_and_caps_may_have_nothing_to_say(tmp_path: Path) -> None:
    layout = layout_in(tmp_path)
    for step in ("select", "deduplicate", "clean"):
        write_decisions(step, "a", layout, Decisions.none(2))

    assert read_decisions("a", layout, "caps").is_open.tolist() == [True] * 2


def test_the_other_steps_must_have_decided(tmp_path: Path) -> None:
    layout = layout_in(tmp_path)
    write_decisions("select", "a", layout, Decisions.none(2))

    with pytest.raises(FileNotFoundError):
        read_decisions("a", layout, "deduplicate")


def test_what_a_layout_does_not_name_is_not_looked_for(layout: Layout) -> None:
    early = Layout(layout.out, layout.extract, layout.select)

    decisions = read_decisions("a", early, "sources")

    assert decisions["reason"].tolist() == ["by_select", *[None] * 4]


def test_decisions_on_ended_records_lie_beside_those_on_documents(tmp_path: Path) -> None:
    layout = layout_in(tmp_path)
    write_decisions("select", "a", layout, Decisions.none(2))
    assert read_decisions_on_ended("a", layout) is None

    write_decisions_on_ended("a", layout, ending("sources", 1, count=3))

    found = read_decisions_on_ended("a", layout)
    assert found
    assert found["reason"].tolist() == [None, "by_sources", None]
    assert len(read_decisions("a", layout, "select")) == 2


def test_items_on_which_a_step_has_not_decided_are_missing_in_their_order(layout: Layout) -> None:
    write_decisions_on_ended("c", layout, Decisions.none(1))

    assert missing_from("select", ["d", "a", "c", "b"], layout) == ["d", "c", "b"]
    assert missing_from("select", ["a"], layout) == []


def test_where_a_step_has_decided_nothing_every_item_is_missing(tmp_path: Path) -> None:
    assert missing_from("clean", ["a", "b"], layout_in(tmp_path)) == ["a", "b"]
