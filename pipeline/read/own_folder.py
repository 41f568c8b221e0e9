"""A folder of this user's own for what processes on one machine share.

Each entry, a file or a folder, is locked by those that use it. What nobody uses is kept for later
runs, up to a size and an age.
"""

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from jingyu.filters.settings.errors import ConfigError

MOST_UNUSED_BYTES: Final = 4 << 30
MOST_UNUSED_SECONDS: Final = 7 * 86_400.0
"""What is unused may take up so much, and is kept for so long."""
_JUST_MADE_SECONDS: Final = 3_600.0
"""What was touched that recently is left: somebody may be about to use it."""
_FOLDER: Final = "jingyu-files-"

_used: dict[str, int] = {}
"""Locked entries that this process uses as long as it lives."""


def own_folder() -> Path:
    """Returns the folder, which need not be there."""
    return Path(tempfile.gettempdir()) / f"{_FOLDER}{os.getuid()}"


def make_own(folder: str) -> None:
    """Makes the folder, or one below it, which is to be this user's alone.

    Raises:
        ConfigError: It is somebody else's: many may write beside it.
    """
    places = (*reversed(Path(folder).parents), Path(folder))
    for place in places[next(n for n, at in enumerate(places) if at.name.startswith(_FOLDER)) :]:
        os.makedirs(place, mode=0o700, exist_ok=True)
        if os.lstat(place).st_uid != os.getuid() or place.is_symlink():
            raise ConfigError(
                f"{place}: is to hold copies of what the config names, and is another user's; "
                "remove it, or set TMPDIR to a folder of yours"
            )


def entry_of(path: str) -> str:
    """Returns the entry that a path below the folder is, or lies in; empty if it is not below."""
    parts = Path(path).parts
    places = [place for place, name in enumerate(parts[:-1]) if name.startswith(_FOLDER)]
    return str(Path(*parts[: places[0] + 2])) if places else ""


def release(entry: str) -> None:
    """Lets an entry go that this process used."""
    if entry in _used:
        os.close(_used.pop(entry))


def forget() -> None:
    """Forgets what this process uses: of a copy of another one that closed its files."""
    _used.clear()


def use(entry: str) -> bool:
    """Keeps an entry from being removed while this process lives; returns whether it is there."""
    if entry in _used and _is_at(_used[entry], entry):
        return True
    release(entry)
    try:
        descriptor = os.open(entry, os.O_RDONLY)
    except FileNotFoundError:
        return False
    with contextlib.suppress(OSError):  # a filesystem without locks removes nothing either
        fcntl.flock(descriptor, fcntl.LOCK_SH)
    if not _is_at(descriptor, entry):  # removed before it was locked
        os.close(descriptor)
        return False
    with contextlib.suppress(OSError):
        os.utime(entry)
    _used[entry] = descriptor
    return True


def remove_unused(
    most_bytes: int = MOST_UNUSED_BYTES, most_seconds: float = MOST_UNUSED_SECONDS
) -> None:
    """Removes what nobody uses: what is too old, then what was used longest ago, down to a size."""
    now, left = time.time(), 0
    entries = sorted(_entries(), key=lambda each: -each[0])
    for touched, path in entries:
        age = now - touched
        left += _size(path)
        if age > _JUST_MADE_SECONDS and (age > most_seconds or left > most_bytes):
            left -= _removed(path)


def _entries() -> Iterator[tuple[float, str]]:
    """Yields when each entry was last used, and its path."""
    folder = own_folder()
    with contextlib.suppress(OSError):
        if os.lstat(folder).st_uid != os.getuid() or folder.is_symlink():
            return
        for entry in os.scandir(folder):
            with contextlib.suppress(OSError):
                yield entry.stat(follow_symlinks=False).st_mtime, entry.path


def _removed(path: str) -> int:
    """Removes an entry that nobody uses, and returns its size; 0 if it stays."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return 0
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not _is_at(descriptor, path):  # removed meanwhile, and made anew by one that uses it
            return 0
        size = _size(path)
        if os.path.isdir(path):
            shutil.rmtree(path)
        else:
            os.remove(path)
    except OSError:
        return 0
    finally:
        os.close(descriptor)
    return size


def _size(path: str) -> int:
    total = 0
    with contextlib.suppress(OSError):
        total = os.lstat(path).st_size
    for at, _, names in os.walk(path):
        for name in names:
            with contextlib.suppress(OSError):
                total += os.lstat(os.path.join(at, name)).st_size
    return total


def _is_at(descriptor: int, path: str) -> bool:
    try:
        there = os.stat(path)
    except FileNotFoundError:
        return False
    held = os.fstat(descriptor)
    return (held.st_dev, held.st_ino) == (there.st_dev, there.st_ino)
