import json
import os
import re
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jingyu.filters.rule import Rule
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.page.page import Page
from jingyu.pipeline.page.sandbox import Sandbox
from jingyu.pipeline.page.settings import Extraction
from jingyu.schemas.decisions import Decision
from tests.support.paths import ROOT

CONFIG = RunConfig(
    rules=(Rule(signal="char_count", min=1, reason="too_short"),),
    extraction=Extraction(timeout_seconds=120),
)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(CONFIG, "tests.support.hostile:obey") as sandbox:
        yield sandbox


COPY, INTERPRETER = "ForkProcess", "Popen"


def obeying(*orders: str) -> subprocess.Popen[str]:
    """Starts a process with one thread, whose sandbox is a copy of it."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.support.obeying", *orders],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def told(*orders: str) -> list[dict[str, Any]]:
    with obeying(*orders) as process:
        output, _ = process.communicate("")
    return [json.loads(line) for line in output.splitlines()]


def tell(sandbox: Sandbox, order: str) -> Decision | None:
    return sandbox.examine(Page(order.encode(), "text/html", None)).ended


@pytest.mark.parametrize(
    ("order", "reason", "limit"),
    [
        ("die", "crashed", None),
        ("hoard", "memory_error", None),
        ("recurse", "recursion_error", None),
    ],
)
def test_a_page_that_destroys_fails_and_the_next_one_is_examined(
    sandbox: Sandbox, order: str, reason: str, limit: float | None
) -> None:
    assert tell(sandbox, order) == Decision("failed", "extract", reason, None, limit)
    assert tell(sandbox, "behave") == Decision("rejected", "extract", "obeyed")


@pytest.fixture
def second_thread() -> Iterator[None]:
    stopped = threading.Event()
    thread = threading.Thread(target=stopped.wait)
    thread.start()
    yield
    stopped.set()
    thread.join()


def test_a_page_that_hangs_fails_at_the_limit() -> None:
    extraction = Extraction(timeout_seconds=0.5)
    config = CONFIG.model_copy(update={"extraction": extraction})
    with Sandbox(config, "tests.support.hostile:obey") as sandbox:
        assert tell(sandbox, "hang") == Decision("failed", "extract", "timeout", None, 0.5)
        assert tell(sandbox, "behave") == Decision("rejected", "extract", "obeyed")


def test_a_defect_of_ours_is_one_failed_page_with_its_place_and_no_text(sandbox: Sandbox) -> None:
    decision = tell(sandbox, "raise")

    assert decision is not None
    assert decision[:3] == ("failed", "extract", "internal_error")
    assert re.fullmatch(r"KeyError at .*hostile\.py:\d+", decision.evidence or "")
    assert tell(sandbox, "behave") == Decision("rejected", "extract", "obeyed")


@pytest.mark.usefixtures("second_thread")
def test_the_process_ends_with_the_sandbox() -> None:
    with Sandbox(CONFIG, "tests.support.hostile:obey") as sandbox:
        tell(sandbox, "behave")
        process = sandbox._process  # noqa: SLF001

    assert isinstance(process, subprocess.Popen)
    assert process.poll() is not None


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ("die", "crashed"),
        ("hang", "timeout"),
        ("hoard", "memory_error"),
        ("recurse", "recursion_error"),
    ],
)
def test_a_copy_survives_what_a_fresh_interpreter_does(order: str, reason: str) -> None:
    answers = told(order, "behave")

    assert [answer["reason"] for answer in answers] == [reason, "obeyed"]
    assert answers[0]["kind"] == COPY


def test_a_copy_uses_a_table_of_robots_files_that_its_first_process_uses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    snapshot = tmp_path / "robots.jsonl"
    snapshot.write_text('{"host": "a.cn", "body": "", "date": "2026-10-01"}', "utf-8")

    (answer,) = told(f"robots={snapshot}", "say")

    assert answer["kind"] == COPY
    assert answer["reason"] == "obeyed"


def test_only_the_first_process_is_a_copy() -> None:
    kinds = [answer["kind"] for answer in told("behave", "die", "behave", "behave")]

    assert kinds == [COPY, COPY, "NoneType", INTERPRETER]


@pytest.mark.usefixtures("second_thread")
def test_a_fresh_process_has_examined_a_page_of_ours_before_the_time_of_another_begins() -> None:
    with Sandbox(CONFIG, "tests.support.hostile:obey") as sandbox:
        tell(sandbox, "die")
        answer = sandbox.examine(Page(b"tell orders", "text/html", None))

    first, *others = answer.columns["text"].split("\n")
    assert "净语" in first
    assert others == ["tell orders"]


@pytest.mark.usefixtures("second_thread")
def test_a_process_with_a_second_thread_is_not_copied() -> None:
    with Sandbox(CONFIG, "tests.support.hostile:obey") as sandbox:
        assert type(sandbox._process).__name__ == INTERPRETER  # noqa: SLF001


def test_a_copy_holds_none_of_the_files_of_its_original_open() -> None:
    (answer,) = told("name files")

    names = answer["text"].split("\n")
    assert len(names) == 4
    assert {os.devnull, "socket"} < set(names)  # beside standard output and errors
    assert not any("obeying.py" in name for name in names)


def test_a_copy_ends_when_its_original_is_killed() -> None:
    with obeying("behave") as process:
        assert process.stdout is not None
        copy = os.pidfd_open(json.loads(process.stdout.readline())["number"])
        process.send_signal(signal.SIGKILL)
        ended, _, _ = select.select([copy], [], [], 10)

    os.close(copy)
    assert ended == [copy]


def test_each_page_has_its_own_columns(sandbox: Sandbox) -> None:
    orders = ("behave", "be silent", "be silent", "behave", "obey")
    columns = [sandbox.examine(Page(each.encode(), "text/html", None)).columns for each in orders]

    assert columns == [{"text": "behave"}, {}, {}, {"text": "behave"}, {"text": "obey"}]


def test_an_answer_that_nobody_waited_for_is_not_that_of_the_next_page(sandbox: Sandbox) -> None:
    sandbox.begin(Page(b"first", "text/html", None))
    sandbox.begin(Page(b"second", "text/html", None))

    assert sandbox.finish().columns == {"text": "second"}
