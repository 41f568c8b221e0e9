import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from jingyu.filters.settings.errors import JingyuError
from jingyu.pipeline.read import storage
from jingyu.pipeline.store import filesystem, lock
from jingyu.pipeline.store.lock import locked
from tests.support.servers import at_endpoint, make_bucket, server


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    with server("s3") as address, at_endpoint("s3", address):
        make_bucket("s3", address, "locks")
        yield "s3://locks"


@pytest.fixture(params=["disk", "store"])
def out(request: pytest.FixtureRequest, tmp_path: Path, bucket: str) -> str:
    name = request.node.name.partition("[")[0]
    return f"{bucket}/{name}" if request.param == "store" else str(tmp_path / "out")


def test_a_second_run_is_refused_while_the_first_goes_on_and_not_afterwards(out: str) -> None:
    with (
        locked(out),
        pytest.raises(JingyuError, match="another run is writing there"),
        locked(out),
    ):
        pass

    with locked(out):
        pass


def test_what_another_run_holds_stays_held_when_a_second_one_was_refused(out: str) -> None:
    with locked(out):
        for _ in range(2):
            with pytest.raises(JingyuError), locked(out):
                pass


def claim(out: str, host: str, process: int) -> str:
    path = f"{out}/.lock/of-another"
    filesystem.write_bytes(path, json.dumps({"host": host, "process": process}).encode())
    return path


def killed_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        return process.pid


def test_a_run_that_was_killed_on_this_machine_holds_nothing(bucket: str) -> None:
    out = f"{bucket}/killed"
    path = claim(out, socket.gethostname(), killed_process())

    with locked(out):
        assert not storage.exists(path)


def test_a_run_on_another_machine_holds_a_folder_as_long_as_its_claim_is_fresh(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = f"{bucket}/elsewhere"
    path = claim(out, "elsewhere", 1)

    with pytest.raises(JingyuError, match=f"from elsewhere; .* delete {path}"), locked(out):
        pass
    monkeypatch.setattr(lock, "_STALE_AFTER_SECONDS", -1.0)
    with locked(out):
        assert not storage.exists(path)


def test_a_claim_is_written_anew_while_the_run_goes_on(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "_RENEWED_AFTER_SECONDS", 0.01)
    out = f"{bucket}/renewed"
    with locked(out):
        (name,) = filesystem.names_in(f"{out}/.lock")
        filesystem.delete(f"{out}/.lock/{name}")
        while not storage.exists(f"{out}/.lock/{name}"):
            pass

    assert not storage.exists(f"{out}/.lock")


def test_what_is_no_claim_is_left_alone(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_STALE_AFTER_SECONDS", -1.0)
    path = f"{bucket}/foreign/.lock/notes.txt"
    filesystem.write_bytes(path, b"mine")

    with locked(f"{bucket}/foreign"):
        pass

    assert storage.read_bytes(path) == b"mine"
