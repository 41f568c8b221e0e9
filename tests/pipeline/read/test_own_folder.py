import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jingyu.pipeline.read import own_folder as own
from jingyu.pipeline.read.own_folder import entry_of, forget, make_own, release, remove_unused, use

DAY = 86_400


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    make_own(str(own.own_folder()))
    return own.own_folder()


def entry(folder: Path, name: str, days: float, size: int = 1) -> str:
    """Makes an entry that was used so many days ago, every other one a folder."""
    path = folder / name
    file = path / "file" if name.startswith("folder") else path
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(bytes(size))
    os.utime(path, (time.time() - days * DAY,) * 2)
    return str(path)


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_what_was_unused_for_too_long_goes(folder: Path) -> None:
    for name, days in (("folder-old", 7.1), ("old", 7.1), ("folder-new", 6.9), ("new", 6.9)):
        entry(folder, name, days)

    remove_unused()

    assert left(folder) == {"folder-new", "new"}


def test_what_was_used_longest_ago_goes_first_where_it_is_too_much(folder: Path) -> None:
    for number in range(4):
        entry(folder, f"{number}", number + 1, size=1_000)

    remove_unused(most_bytes=2_500)

    assert left(folder) == {"0", "1"}


def test_what_was_just_made_stays_whatever_its_size(folder: Path) -> None:
    entry(folder, "made", 0, size=1_000)

    remove_unused(most_bytes=10)

    assert left(folder) == {"made"}


def test_what_this_process_uses_stays_until_it_is_released(folder: Path) -> None:
    used = entry(folder, "folder-used", 9)
    assert use(used)
    os.utime(used, (0, 0))

    remove_unused()
    while_used = left(folder)
    release(used)
    remove_unused()

    assert while_used == {"folder-used"}
    assert left(folder) == set()


def test_what_another_process_uses_stays(folder: Path) -> None:
    used = entry(folder, "used", 9)
    program = "import fcntl, os, sys; d = os.open(sys.argv[1], os.O_RDONLY); "
    program += "fcntl.flock(d, fcntl.LOCK_SH); print(flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", program, used], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout
        other.stdout.readline()

        remove_unused()

        assert left(folder) == {"used"}


def test_what_is_gone_or_was_replaced_is_not_there(folder: Path) -> None:
    path = entry(folder, "table", 0)
    assert use(path)

    os.remove(path)
    after_it_went = use(path)
    entry(folder, "table", 0)

    assert not after_it_went
    assert use(path)
    release(path)


def test_an_entry_is_what_lies_right_in_the_folder() -> None:
    inside = f"/t/jingyu-files-{os.getuid()}/abc"

    assert entry_of(f"{inside}/lists/blocked.txt") == entry_of(inside) == inside
    assert entry_of("/somewhere/else") == ""


def test_a_copy_that_closed_its_files_uses_an_entry_anew(folder: Path) -> None:
    path = entry(folder, "new", 0)
    assert use(path)

    os.close(own._used[path])  # noqa: SLF001  (as a copy does)
    forget()

    assert use(path)
    release(path)
