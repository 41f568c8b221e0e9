"""Steps in this process."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.run.engine import Engine
from jingyu.pipeline.run.here import Elements, flow_here, map_here
from tests.support.staged import ON_A_RUNNER
from tests.support.steps import CountWords, Obey

TEXTS = ("ein alter brauch ein neuer", "", "alter wein", "neue besen")


def test_all_pieces_are_done_in_this_process_in_their_order(tmp_path: Path) -> None:
    step = Obey(tmp_path)

    map_here(step, ["a", "b", "c"])

    assert step.notes() == [(os.getpid(), order) for order in ("open", "a", "b", "c", "close")]


def test_what_shows_how_far_it_is_starts_after_the_worker_and_ends_before_it(
    tmp_path: Path,
) -> None:
    step = Obey(tmp_path)
    seen = []

    @contextmanager
    def shown() -> Iterator[None]:
        seen.append([order for _, order in step.notes()])
        yield
        seen.append([order for _, order in step.notes()])

    map_here(step, ["a"], shown())

    assert seen == [["open"], ["open", "a"]]
    assert step.notes()[-1][1] == "close"


def test_the_first_error_ends_the_work(tmp_path: Path) -> None:
    step = Obey(tmp_path)

    with pytest.raises(OSError, match="No space left"):
        map_here(step, ["a", "raise", "b"])

    assert [order for _, order in step.notes()] == ["open", "a", "begun"]


def test_without_work_nothing_is_done(tmp_path: Path) -> None:
    step = Obey(tmp_path)

    map_here(step, [])

    assert [order for _, order in step.notes()] == ["open", "close"]


def test_a_dataflow_is_carried_out_function_by_function(tmp_path: Path) -> None:
    step = CountWords(tmp_path)

    flow_here(step, TEXTS)

    found = step.found()
    assert found["counts/a"] == ["alter 2"]
    assert found["counts/e"] == ["ein 2"]
    assert found["counts/n"] == ["neue 1", "neuer 1"]
    (figures,) = (lines for name, lines in found.items() if name.startswith("figures"))
    assert sum(int(line.rpartition(" ")[2].rstrip(")")) for line in figures) == 9
    assert "wein" in [word for name, lines in found.items() if "long" in name for word in lines]


@pytest.mark.parametrize(
    "texts", [TEXTS, (), ("",), (" ".join(f"wort{n % 13}" for n in range(500)),) * 3], ids=len
)
def test_a_runner_comes_to_the_same(texts: tuple[str, ...], tmp_path: Path) -> None:
    here, there = CountWords(tmp_path / "here"), CountWords(tmp_path / "there")
    for step in (here, there):
        step.folder.mkdir()

    Engine().flow(here, texts, str(tmp_path / "list"), documents=1)
    ON_A_RUNNER.flow(there, texts, str(tmp_path / "list"), documents=1)

    assert here.found() == there.found()


def by_itself(element: Any) -> Iterator[Any]:
    yield element


def doubled(element: Any) -> Iterator[Any]:
    yield "once", element
    yield "twice", element
    yield "twice", element


pairs = st.lists(st.tuples(st.integers(0, 3), st.integers()), max_size=20)


@given(elements=pairs, others=pairs)
def test_collections_hold_what_functions_yield(
    elements: list[tuple[int, int]], others: list[tuple[int, int]]
) -> None:
    one, other = Elements(elements), Elements(others)

    assert one.each("", by_itself) == one
    assert one.merged_with("", other).elements == elements + others
    once, twice, none = one.split("", doubled, ("once", "twice", "none"))
    assert once == one
    assert len(twice.elements) == 2 * len(elements)
    assert none.elements == []
    targets = dict(one.by_target("").elements)
    assert sorted(targets) == sorted({target for target, _ in elements})
    for target, values in targets.items():
        assert values == [value for each, value in elements if each == target]
    met, _ = one.meet("", lambda element: [("met", element)], ("met", "none"))
    assert met == one.by_target("")
