"""Steps in worker processes on this machine."""

import errno
import json
import os
from collections import Counter, deque
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jingyu.filters.settings.errors import JingyuError
from jingyu.pipeline.page.isolation import may_fork
from jingyu.pipeline.run import together
from jingyu.pipeline.run.engine import Engine
from jingyu.pipeline.run.together import is_worth_help
from jingyu.pipeline.run.workers import Worker, ended_at_last, map_in_workers
from jingyu.pipeline.store.parquet import read_parquet
from tests.support.foreign import foreign_folder
from tests.support.paths import ROOT
from tests.support.steps import CountRows, CountWords, ListFiles, Obey


@pytest.fixture
def step(tmp_path: Path) -> Obey:
    folder = tmp_path / "notes"
    folder.mkdir()
    return Obey(folder)


def help_at_once(patch: pytest.MonkeyPatch, *, by_copies: bool) -> None:
    """Helpers are started at once: copies where that is safe, or fresh interpreters."""
    if by_copies and not may_fork():
        pytest.skip("this process has threads or Beam")
    patch.setattr(together, "may_fork", lambda: by_copies)
    patch.setattr(together, "has_connections", lambda: False)
    for name in ("_FIRST_LOOK_SECONDS", "_FIRST_LOOK_WITH_COPIES_SECONDS"):
        patch.setattr(together, name, 0)
    for name in ("_WORTH_SECONDS", "_WORTH_COPIES_SECONDS"):
        patch.setattr(together, name, -1)


@pytest.fixture(params=[True, False], ids=["copies", "fresh"])
def eager(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Helpers of each sort are started at once."""
    help_at_once(monkeypatch, by_copies=request.param)


@pytest.fixture
def helped_by_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    help_at_once(monkeypatch, by_copies=True)


@pytest.fixture
def helped_by_fresh_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    help_at_once(monkeypatch, by_copies=False)


def done(step: Obey) -> list[str]:
    return [
        order for _, order in step.notes() if order not in {"open", "close", "waiting", "begun"}
    ]


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


@pytest.mark.usefixtures("eager")
def test_the_engine_has_help_where_there_are_several_workers_and_work_for_them(
    step: Obey, tmp_path: Path
) -> None:
    Engine(workers=2, small_run=10).map(step, ["wait for another", "a"], str(tmp_path / "list"))

    processes = [process for process, order in step.notes() if order == "open"]
    assert len(processes) == 2
    assert os.getpid() in processes
    assert sorted(done(step)) == ["a", "wait for another"]


@pytest.mark.usefixtures("helped_by_copies")
@pytest.mark.parametrize(
    ("documents", "orders", "processes"),
    [(999, ["a", "b"], 1), (1_000, ["wait for another", "a"], 2)],
)
def test_a_light_step_about_many_documents_is_helped_by_copies(
    documents: int, orders: list[str], processes: int, step: Obey, tmp_path: Path
) -> None:
    Engine(workers=2).map(step, orders, str(tmp_path / "list"), documents)

    assert len([order for _, order in step.notes() if order == "open"]) == processes
    assert sorted(done(step)) == sorted(orders)


@pytest.mark.usefixtures("helped_by_copies")
def test_a_process_that_asked_a_store_or_server_is_not_copied(
    step: Obey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(together, "has_connections", lambda: True)

    Engine(workers=2).map(step, ["a", "b"], str(tmp_path / "list"), 1_000)

    assert {process for process, _ in step.notes()} == {os.getpid()}


@pytest.mark.usefixtures("helped_by_fresh_processes")
def test_a_light_step_is_not_worth_a_fresh_process(step: Obey, tmp_path: Path) -> None:
    Engine(workers=2).map(step, ["a", "b"], str(tmp_path / "list"), 1_000)

    assert {process for process, _ in step.notes()} == {os.getpid()}


@pytest.mark.usefixtures("helped_by_copies")
def test_a_copy_reads_files_that_its_original_has_read(step: Obey, tmp_path: Path) -> None:
    paths = [str(tmp_path / f"{number}.parquet") for number in range(4)]
    for number, path in enumerate(paths):
        pq.write_table(pa.table({"text": [str(number)] * 100 * number}), path)
        read_parquet(path, ["text"])

    Engine(workers=2).map(CountRows(step), ["wait for another", *paths], "", 1_000)

    counted = [f"{path} {100 * number}" for number, path in enumerate(paths)]
    assert sorted(done(step)) == sorted([*counted, "wait for another"])
    assert {process for process, order in step.notes() if order in counted} - {os.getpid()}


def test_a_copy_keeps_no_file_open_that_its_original_has(tmp_path: Path) -> None:
    if not may_fork():
        pytest.skip("this process has threads or Beam")
    place = tmp_path / "open"
    place.touch()
    with place.open("rb") as file, ended_at_last([Worker.copy()]) as (worker,):
        worker.send(ListFiles())
        worker.check()
        worker.send(str(tmp_path / "files"))
        worker.check()

        assert file.readable()
    files = json.loads((tmp_path / "files").read_text(encoding="utf-8"))
    assert str(place) not in files
    assert files[0] == os.devnull


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


# Last, since it imports Beam: then this process has no copies.
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
