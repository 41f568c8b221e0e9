"""Steps in worker processes on this machine."""

import errno
import json
import os
from collections import Counter, deque
from pathlib import Path

import pytest

from jingyu.filters.settings.errors import JingyuError
from jingyu.pipeline.run.engine import Engine
from jingyu.pipeline.run.together import is_worth_help
from jingyu.pipeline.run.workers import map_in_workers
from tests.support.foreign import foreign_folder
from tests.support.paths import ROOT
from tests.support.steps import CountWords, Obey


@pytest.fixture
def step(tmp_path: Path) -> Obey:
    folder = tmp_path / "notes"
    folder.mkdir()
    return Obey(folder)


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Helpers are started at once."""
    monkeypatch.setattr("jingyu.pipeline.run.together._FIRST_LOOK_SECONDS", 0)
    monkeypatch.setattr("jingyu.pipeline.run.together._WORTH_SECONDS", -1)


def done(step: Obey) -> list[str]:
    return [order for _, order in step.notes() if order not in {"open", "close", "waiting"}]


@pytest.mark.parametrize(("pieces", "workers"), [(1, 1), (5, 2), (3, 3), (2, 4)])
def test_each_piece_is_done_once_by_as_many_processes_as_there_are_or_have_work(
    pieces: int, workers: int, step: Obey
) -> None:
    map_in_workers(step, deque([str(number) for number in range(pieces)]), workers)

    assert sorted(done(step)) == [str(number) for number in range(pieces)]
    processes = {process for process, _ in step.notes()}
    assert len(processes) == min(pieces, workers)
    assert os.getpid() not in processes


def test_a_worker_is_opened_once_for_all_its_pieces(step: Obey) -> None:
    map_in_workers(step, deque([str(number) for number in range(6)]), 2)

    opened = Counter(process for process, order in step.notes() if order == "open")
    assert set(opened.values()) == {1}


def test_without_work_no_process_is_started(step: Obey) -> None:
    map_in_workers(step, deque(), 2)

    assert step.notes() == []


def test_an_error_of_a_worker_is_raised_here_with_its_type_and_all_that_it_tells(
    step: Obey,
) -> None:
    with pytest.raises(OSError, match="No space left on device") as caught:
        map_in_workers(step, deque(["raise"]), 1)

    assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, "/somewhere")


def test_after_an_error_no_further_piece_is_dealt(step: Obey) -> None:
    with pytest.raises(OSError, match="No space left"):
        map_in_workers(step, deque(["raise", "a", "b"]), 1)

    assert done(step) == []


def test_an_error_that_cannot_be_sent_is_told_by_its_name(step: Obey) -> None:
    with pytest.raises(JingyuError, match=r"^OurOwnError in a worker process: text 7$"):
        map_in_workers(step, deque(["raise what cannot be sent"]), 1)


@pytest.mark.parametrize(("order", "code"), [("die", -9), ("leave", 3)])
def test_a_worker_that_ends_amid_the_work_is_an_error_of_the_run(
    order: str, code: int, step: Obey
) -> None:
    with pytest.raises(
        JingyuError, match=f"^a worker process ended with code {code}; run the same command again"
    ):
        map_in_workers(step, deque([order, "a", "b"]), 2)


@pytest.mark.parametrize("orders", [["a", "b", "c"], ["raise", "a"], ["die", "a"]])
def test_no_process_is_left_behind(orders: list[str], step: Obey) -> None:
    try:
        map_in_workers(step, deque(orders), 2)
    except (OSError, JingyuError):
        assert orders[0] != "a"

    for process in {process for process, _ in step.notes()}:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_a_worker_imports_nothing_from_the_current_folder(
    step: Obey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = foreign_folder(tmp_path / "foreign")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTHONPATH", str(folder))

    map_in_workers(step, deque(["where"]), 1)

    told = json.loads((step.folder / "whereabouts").read_text(encoding="utf-8"))
    assert told["folder"] == str(folder)
    assert told["modules"]["tests"] == [str(ROOT / "tests")]
    places = [place for some in told["modules"].values() for place in some]
    assert [place for place in places if Path(place).is_relative_to(folder)] == []


def test_workers_of_a_runner_import_nothing_from_it_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = CountWords(tmp_path / "here"), CountWords(tmp_path / "there")
    work_list, texts = str(tmp_path / "list"), ("ein alter brauch", "alter wein")
    for step in (here, there):
        step.folder.mkdir()
    Engine().flow(here, texts, work_list, documents=2)
    monkeypatch.chdir(foreign_folder(tmp_path / "foreign"))

    Engine(workers=2, small_run=0).flow(there, texts, work_list, documents=2)

    assert there.found() == here.found()


@pytest.mark.usefixtures("eager")
def test_the_engine_has_help_where_there_are_several_workers_and_work_for_them(
    step: Obey, tmp_path: Path
) -> None:
    Engine(workers=2, small_run=10).map(step, ["wait for another", "a"], str(tmp_path / "list"))

    processes = [process for process, order in step.notes() if order == "open"]
    assert len(processes) == 2
    assert os.getpid() in processes
    assert sorted(done(step)) == ["a", "wait for another"]


def test_what_is_soon_over_is_done_here_alone(step: Obey, tmp_path: Path) -> None:
    Engine(workers=2).map(step, ["a", "b"], str(tmp_path / "list"))

    assert {process for process, _ in step.notes()} == {os.getpid()}


@pytest.mark.parametrize(
    ("seconds", "done", "waiting", "is_worth"),
    [
        (0.7, 0, 4, True),
        (0.7, 0, 1, False),
        (0.7, 1, 3, False),
        (60, 0, 1, True),
        (60, 9, 0, False),
    ],
)
def test_help_is_worth_it_where_what_waits_will_take_seconds(
    seconds: float, done: int, waiting: int, is_worth: bool
) -> None:
    assert is_worth_help(seconds, done, waiting) is is_worth


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize(
    ("order", "error", "told"),
    [("raise", OSError, "No space left"), ("die", JingyuError, "ended with code -9")],
)
def test_what_a_helper_raises_ends_the_step(
    order: str, error: type[Exception], told: str, step: Obey, tmp_path: Path
) -> None:
    with pytest.raises(error, match=told):
        Engine(workers=2).map(step, ["wait for another", order, "a"], str(tmp_path / "list"))


@pytest.mark.usefixtures("eager")
def test_what_is_raised_here_ends_the_helpers(step: Obey, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left"):
        Engine(workers=2).map(step, ["wait, then raise", "wait long"], str(tmp_path / "list"))

    for process in {process for process, _ in step.notes()} - {os.getpid()}:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


@pytest.mark.parametrize(
    ("engine", "pieces", "documents"),
    [
        (Engine(), ["a", "b"], None),
        (Engine(workers=2, small_run=10), ["a", "b"], 10),
        (Engine(workers=2), ["a"], None),
    ],
)
def test_the_engine_does_what_is_small_or_for_one_in_this_process(
    engine: Engine, pieces: list[str], documents: int | None, step: Obey, tmp_path: Path
) -> None:
    engine.map(step, pieces, str(tmp_path / "list"), documents)

    assert {process for process, _ in step.notes()} == {os.getpid()}
