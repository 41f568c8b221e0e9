import io
import json
import re
from pathlib import Path

import pytest
from rich.console import Console

from jingyu.pipeline.read import storage
from jingyu.pipeline.read.sniff import Format
from jingyu.pipeline.read.storage import StoredFile
from jingyu.pipeline.run.progress import Progress, State, _duration, _Watch
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.items import WorkItem
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.staging import ExtractSummary, ProgressFile
from tests.support.servers import at_endpoint, make_bucket, server


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(str(tmp_path), extract="e")


def item(start: int, stop: int) -> WorkItem:
    return WorkItem(StoredFile("a", "/in/a", 100, 0.0), Format.WARC, start, stop)


ITEMS = {"a": item(0, 40), "b": item(40, 100)}


def finish(layout: Layout, key: str, pages: int, documents: int) -> None:
    summary = ExtractSummary(page_count=pages, document_count=documents)
    layout.staged(key).write_summary(summary)


def tell(layout: Layout, key: str, content: str) -> None:
    filesystem.write_bytes(storage.join(layout.progress_folder, key), content.encode())


def at(offset: int, records: int, documents: int) -> str:
    return json.dumps({"offset": offset, "records": records, "documents": documents})


def looked_at(layout: Layout) -> State:
    watch = _Watch(layout, ITEMS)
    watch.line()
    return watch.state


def test_nothing_is_done_before_anything_is_there(layout: Layout) -> None:
    assert looked_at(layout) == State(0, 0, 0, 0)


def test_finished_items_and_those_in_work_are_added_up(layout: Layout) -> None:
    finish(layout, "a", 10, 4)
    tell(layout, "b", at(70, 5, 2))

    assert looked_at(layout) == State(1, 40 + 30, 15, 6)


def test_an_item_that_is_finished_is_counted_once(layout: Layout) -> None:
    tell(layout, "a", at(30, 9, 3))
    finish(layout, "a", 10, 4)

    assert looked_at(layout) == State(1, 40, 10, 4)


@pytest.mark.parametrize("content", ["", "{", at(0, 0, 0)])
def test_what_is_being_written_or_behind_the_start_moves_nothing(
    content: str, layout: Layout
) -> None:
    tell(layout, "b", content)

    assert looked_at(layout) == State(0, 0, 0, 0)


def test_files_of_other_items_are_passed_over(layout: Layout) -> None:
    finish(layout, "other", 10, 4)
    tell(layout, "another", at(70, 5, 2))

    assert looked_at(layout) == State(0, 0, 0, 0)


def test_the_line_shows_pieces_pages_and_time_left(layout: Layout) -> None:
    finish(layout, "a", 12345, 4321)

    line = _Watch(layout, ITEMS).line()

    pattern = r"1 of 2 pieces, 12,345 pages read, 4,321 Chinese, [\d,]+ pages/s, \d+:\d\d:\d\d left"
    assert re.fullmatch(pattern, line)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0, "0:00:00"), (59.6, "0:01:00"), (3599.4, "0:59:59"), (360_000, "100:00:00")],
)
def test_a_duration_is_told_in_hours_minutes_and_seconds(seconds: float, told: str) -> None:
    assert _duration(seconds) == told


def quiet() -> tuple[Progress, io.StringIO]:
    told = io.StringIO()
    return Progress(Console(file=told)), told


def test_a_step_without_work_is_not_told() -> None:
    progress, told = quiet()

    with progress.step("select", 0):
        pass
    with progress.step("write", 1):
        pass

    assert list(progress.seconds) == ["write"]
    assert re.fullmatch(r"write: \d+\.\d s\n", told.getvalue())


def test_what_is_said_is_shown_as_it_is() -> None:
    progress, told = quiet()
    path = "/crawl/[bold]" + "很长" * 100

    progress.say(path)

    assert told.getvalue() == f"{path}\n"


def test_extracting_tells_what_is_reused_and_leaves_no_traces(layout: Layout) -> None:
    progress, told = quiet()
    tell(layout, "old", at(0, 0, 0))

    with progress.extracting(layout, ITEMS, {"b": ITEMS["b"]}):
        assert not storage.exists(layout.progress_folder)
        tell(layout, "b", at(70, 5, 2))

    pattern = r"extract: 1 of 2 pieces are staged already\nextract: \d+\.\d s\n"
    assert re.fullmatch(pattern, told.getvalue())
    assert not storage.exists(layout.progress_folder)


def test_a_terminal_shows_a_bar_that_goes_away(layout: Layout) -> None:
    told = io.StringIO()
    progress = Progress(Console(file=told, force_terminal=True, width=80))

    with progress.extracting(layout, ITEMS, ITEMS):
        pass

    assert "extract" in told.getvalue()
    assert list(progress.seconds) == ["extract"]


def test_extracting_that_fails_is_not_told_as_done(layout: Layout) -> None:
    progress, told = quiet()

    with pytest.raises(ZeroDivisionError), progress.extracting(layout, ITEMS, ITEMS):
        raise ZeroDivisionError

    assert told.getvalue() == ""
    assert not progress.seconds


def test_a_log_that_cannot_be_written_is_told_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        Progress(Console(quiet=True), str(tmp_path / "nowhere" / "run.log"))


def test_what_is_said_stands_in_a_log_with_its_time_whatever_the_console(tmp_path: Path) -> None:
    log = tmp_path / "run.log"

    for _ in range(2):
        progress = Progress(Console(quiet=True), str(log))
        progress.say("skipped a\x1b[2Jb.txt")

    lines = log.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:+]+ skipped a.*b\.txt", line) for line in lines)
    assert "\x1b" not in "".join(lines)


def test_progress_is_told_on_a_store(monkeypatch: pytest.MonkeyPatch) -> None:
    with server("s3") as address, at_endpoint("s3", address):
        make_bucket("s3", address, "far")
        far = Layout("s3://far/out", extract="e")
        monkeypatch.setattr(ProgressFile, "_STORE_SECONDS", 0.0)
        finish(far, "a", 10, 4)
        progress = far.progress("b")
        progress(70, 5, 2)

        while_in_work = looked_at(far)
        progress.end()

        assert while_in_work == State(1, 40 + 30, 15, 6)
        assert looked_at(far) == State(1, 40, 10, 4)


def test_an_item_of_a_store_that_is_done_soon_tells_nothing() -> None:
    progress = Layout("s3://nowhere/out", extract="e").progress("a")

    progress(1, 1, 1)
    progress.end()


def test_what_is_told_of_an_item_goes_when_it_is_staged(layout: Layout) -> None:
    progress = layout.progress("a")
    progress(1, 1, 1)
    assert filesystem.names_in(layout.progress_folder) == {"a"}

    progress.end()

    assert filesystem.names_in(layout.progress_folder) == frozenset()
