import contextlib
import functools
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pyarrow.parquet as pq
import pytest
from rich.console import Console

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.config.config import load_config
from jingyu.pipeline.flow import Run, run
from jingyu.pipeline.read import storage
from jingyu.pipeline.run.engine import Engine
from jingyu.pipeline.run.progress import Progress
from jingyu.pipeline.store import filesystem
from tests.crawl import build_crawl
from tests.support.paths import DEMO, ROOT


def test_a_file_appears_when_the_block_ends_well(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file"
    with filesystem.open_to_write(str(path)) as stream:
        stream.write(b"content")
        assert not path.exists()

    assert path.read_bytes() == b"content"
    assert list(path.parent.iterdir()) == [path]


def write_and_raise(path: Path, error: type[BaseException]) -> None:
    with filesystem.open_to_write(str(path)) as stream:
        stream.write(b"new")
        raise error


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt])
def test_nothing_appears_and_nothing_is_left_when_the_block_raises(
    error: type[BaseException], tmp_path: Path
) -> None:
    with pytest.raises(error):
        write_and_raise(tmp_path / "file", error)

    assert list(tmp_path.iterdir()) == []


def test_a_file_stays_as_it_was_when_writing_it_anew_fails(tmp_path: Path) -> None:
    path = tmp_path / "file"
    filesystem.write_bytes(str(path), b"old")

    with pytest.raises(ZeroDivisionError):
        write_and_raise(path, ZeroDivisionError)

    assert storage.read_bytes(str(path)) == b"old"


def test_a_file_is_moved_in_anothers_place_and_deleted_once(tmp_path: Path) -> None:
    source, target = str(tmp_path / "a"), str(tmp_path / "b" / "c")
    filesystem.write_bytes(source, b"new")
    filesystem.write_bytes(target, b"old")

    filesystem.move(source, target)

    assert storage.read_bytes(target) == b"new"
    assert filesystem.names_in(str(tmp_path)) == {"b"}
    filesystem.delete(str(tmp_path / "b"))
    filesystem.delete(str(tmp_path / "b"))
    assert not storage.exists(target)


def test_a_folder_that_does_not_exist_has_no_names(tmp_path: Path) -> None:
    assert filesystem.names_in(str(tmp_path / "nowhere")) == frozenset()


@pytest.mark.parametrize("pattern", ["nowhere", "nowhere/*.gz", "nowhere/**"])
def test_what_no_file_matches_is_an_error(pattern: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file; check the path"):
        storage.find(f"{tmp_path}/{pattern}")


def test_paths_are_joined_with_one_slash() -> None:
    assert storage.join("/", "a") == "/a"
    assert storage.join("gs://bucket/", "a", "b") == "gs://bucket/a/b"


def test_names_do_not_depend_on_the_folder_that_one_is_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filesystem.write_bytes(f"{tmp_path}/in/a/b.gz", b"x")
    monkeypatch.chdir(tmp_path / "in")

    found = [storage.find(path) for path in (f"{tmp_path}/in", ".", "**/*.gz", "../in")]

    assert [[file.name for file in files] for files in found] == [["a/b.gz"]] * 4


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("served") / "crawl.warc.gz"
    build_crawl(path)
    return path


@pytest.fixture(scope="module")
def address(crawl: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(crawl.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_file_on_the_web_is_found_with_size_and_time_and_read(crawl: Path, address: str) -> None:
    (found,) = storage.find(f"{address}crawl.warc.gz")

    assert found.name == "crawl.warc.gz"
    assert found.size == crawl.stat().st_size
    assert found.modified == int(crawl.stat().st_mtime)
    assert storage.read_bytes(found.path) == crawl.read_bytes()


@pytest.mark.filterwarnings("ignore:Implicitly cleaning up:ResourceWarning")
def test_a_file_that_the_web_does_not_have_is_an_error(address: str) -> None:
    with pytest.raises(InputError, match=r"nowhere\.warc\.gz: cannot be reached: .*404"):
        storage.find(f"{address}nowhere.warc.gz")


def test_a_server_that_is_not_there_is_an_error() -> None:
    with pytest.raises(InputError, match=r"cannot be reached: Connection refused$"):
        storage.find("http://127.0.0.1:9/crawl.warc.gz")


def ledger(path: str, out: Path) -> list[dict[str, object]]:
    progress = Progress(Console(file=io.StringIO()))
    run(Run(load_config(DEMO), (path,), str(out), Engine(), progress=progress))
    rows: list[dict[str, object]] = pq.read_table(out / "ledger").to_pylist()
    return rows


def test_a_crawl_read_over_the_web_gives_the_ledger_of_the_file(
    crawl: Path, address: str, tmp_path: Path
) -> None:
    over_the_web = ledger(f"{address}crawl.warc.gz", tmp_path / "web")

    assert over_the_web == ledger(str(crawl), tmp_path / "file")


@contextlib.contextmanager
def mounted(folder: Path, size: str) -> Iterator[None]:
    """Mounts a file system of a size, or skips the test."""
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    try:
        subprocess.run(["mount", *options], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a small file system cannot be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.parametrize(("workers", "size"), [(1, "60k"), (1, "200k"), (2, "60k")])
def test_a_full_disk_is_told_in_a_sentence_and_a_rerun_ends_well(
    workers: int, size: str, crawl: Path, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    program = [sys.executable, "-m", "jingyu.pipeline.cli", "run", str(DEMO), "--input", str(crawl)]
    command = [*program, "--output", str(disk / "out"), "--workers"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}

    def result(workers: int) -> tuple[int, str]:
        done = subprocess.run(
            [*command, str(workers)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stderr.strip()

    with mounted(disk, size):
        code, told = result(workers)
        assert code == 1
        assert told.endswith("No space left on device; make room there, then run again to continue")
        assert told.splitlines()[-1].startswith("jingyu: ")
        assert not (disk / "out" / "manifest.json").exists()

        subprocess.run(["mount", "-o", "remount,size=20m", str(disk)], check=True)

        assert result(1)[0] == 0
        assert (disk / "out" / "manifest.json").exists()
