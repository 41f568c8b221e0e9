"""No source is more of the corpus than the register allows it to be."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.steps.write.caps import capped_sources, fitting, write_caps
from jingyu.pipeline.store.decided import read_decisions
from jingyu.pipeline.store.layout import Layout
from tests.support.staged import deduplicate_here, stage


def documents(source: str | None, count: int, first: int) -> list[dict[str, Any]]:
    return [
        {"source_name": source, "char_count": 100, "text_hash": first + n} for n in range(count)
    ]


def shares(
    folder: Path, items: dict[str, list[dict[str, Any]]], caps: dict[str, float]
) -> tuple[dict[str | None, float], Layout]:
    """Returns the share of each source in the corpus."""
    layout = stage(folder, items)
    deduplicate_here(list(items), layout, Deduplication(find="exact"))
    write_caps(list(items), layout, caps)
    kept: dict[str | None, float] = {}
    for key, rows in items.items():
        is_kept = read_decisions(key, layout, "caps").is_open
        for row in np.flatnonzero(is_kept).tolist():
            source = rows[row]["source_name"]
            kept[source] = kept.get(source, 0) + rows[row]["char_count"]
    total = sum(kept.values())
    return {source: size / total for source, size in kept.items()}, layout


def test_a_source_is_cut_to_its_share_and_others_stay(tmp_path: Path) -> None:
    items = {"a": documents("报纸", 300, 0), "b": [*documents(None, 300, 300)]}
    found, layout = shares(tmp_path, items, {"报纸": 0.25})

    assert 0.23 < found["报纸"] <= 0.25
    (row,) = capped_sources(layout)
    assert (row["source"], row["max_share"], row["share"]) == ("报纸", 0.25, 0.5)


def test_a_document_that_goes_tells_the_share_of_its_source_and_the_limit(tmp_path: Path) -> None:
    items = {"a": [*documents("报纸", 300, 0), *documents(None, 300, 300)]}
    _, layout = shares(tmp_path, items, {"报纸": 0.25})

    decisions = read_decisions("a", layout, "caps")

    cut = ~decisions.is_open
    assert set(decisions["reason"][cut]) == {"over_share"}
    assert set(decisions["measured"][cut]) == {0.5}
    assert set(decisions["limit"][cut]) == {0.25}


def test_a_source_within_its_share_is_left_whole(tmp_path: Path) -> None:
    items = {"a": documents("报纸", 50, 0), "b": documents(None, 50, 50)}
    found, layout = shares(tmp_path, items, {"报纸": 0.5})

    assert found["报纸"] == 0.5
    assert capped_sources(layout) == []


def test_which_documents_go_does_not_depend_on_files(tmp_path: Path) -> None:
    rows = [*documents("报纸", 60, 0), *documents(None, 60, 60)]
    together = shares(tmp_path / "one", {"a": rows}, {"报纸": 0.2})[1]
    apart = shares(tmp_path / "two", {"a": rows[:60], "b": rows[60:]}, {"报纸": 0.2})[1]

    # The ids of the first file's documents are the same in both.
    kept = read_decisions("a", together, "caps").is_open[:60]
    assert kept.tolist() == read_decisions("a", apart, "caps").is_open.tolist()


def test_without_caps_nothing_goes(tmp_path: Path) -> None:
    found, layout = shares(tmp_path, {"a": documents("报纸", 9, 0)}, {})

    assert found == {"报纸": 1.0}
    assert capped_sources(layout) == []


@given(
    st.lists(st.tuples(st.integers(0, 1000), st.floats(0.05, 0.4)), max_size=4),
    st.integers(1, 1000),
)
def test_what_fits_is_within_all_shares_and_as_much_as_can_be(
    sources: list[tuple[int, float]], others: int
) -> None:
    sizes, limits = (
        (np.array(c, np.float64) for c in zip(*sources, strict=True))
        if sources
        else (
            np.zeros(0),
            np.zeros(0),
        )
    )
    allowed = fitting(sizes, limits, others)

    total = others + allowed.sum()
    assert (allowed <= sizes).all()
    for size, limit, fits in zip(sizes, limits, allowed, strict=True):
        assert fits == pytest.approx(min(size, limit * total), rel=1e-9)
