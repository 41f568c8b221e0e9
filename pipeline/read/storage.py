"""Files to read, wherever they are: local paths, object stores, web addresses."""

import contextlib
import glob
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from pyarrow.fs import FileInfo, FileType

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.read.stores import Store, glob_pattern, store_of

_WILD = re.compile(r"[*?\[]")


@dataclass(frozen=True, order=True)
class StoredFile:
    """A file as it was found."""

    name: str
    """Path relative to the input that it was found under: the same wherever the data lie."""
    path: str
    size: int | None
    """Bytes; none where a web server does not tell."""
    modified: float
    """Seconds since 1970, or 0."""


def is_local(path: str) -> bool:
    """Returns whether a path is on this machine's own disk."""
    return "://" not in path


def is_web(path: str) -> bool:
    """Returns whether a path is a web address."""
    return path.startswith(("http://", "https://"))


def join(folder: str, *parts: str) -> str:
    """Returns a path below a folder, local or not."""
    return "/".join((folder.rstrip("/"), *parts))


def find(path: str) -> list[StoredFile]:
    """Returns the files that a path, folder, glob or address stands for, ordered by name.

    Hidden files are left out of folders.

    Raises:
        InputError: There is no such file.
    """
    if is_web(path):
        return [_on_the_web(path)]
    found = _local(path) if is_local(path) else _remote(path)
    if not found:
        raise InputError(f"{path}: there is no such file; check the path")
    return sorted(found)


def _local(path: str) -> list[StoredFile]:
    if os.path.isfile(path):
        root, files = os.path.dirname(path), [path]
    elif os.path.isdir(path):
        root = path
        files = [file for file in _files_below(path) if not _is_hidden(os.path.relpath(file, path))]
    else:
        root = _WILD.split(path, maxsplit=1)[0].rpartition("/")[0]
        files = [name for name in glob.glob(path, recursive=True) if os.path.isfile(name)]
    found = []
    for file in files:
        name = os.path.relpath(file, root or ".").replace(os.sep, "/")
        stat = os.stat(file)
        found.append(StoredFile(name, file, stat.st_size, stat.st_mtime))
    return found


def _files_below(folder: str) -> Iterator[str]:
    for at, _, names in os.walk(folder):
        yield from (os.path.join(at, name) for name in names)


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") for part in name.split(os.sep))


def _remote(path: str) -> list[StoredFile]:
    store = store_of(path)
    try:
        found = store.info(path)
        if found.is_file:
            return [_stored(found, store, path, path.rpartition("/")[0])]
        if not _WILD.search(path):
            return [
                _stored(file, store, path, path)
                for file in store.files_below(path)
                if not _is_hidden(file.path.removeprefix(store.path(path)))
            ]
        root = _WILD.split(path, maxsplit=1)[0].rpartition("/")[0]
        pattern = glob_pattern(store.path(path))
        return [
            _stored(file, store, path, root)
            for file in store.files_below(root)
            if pattern.match(file.path)
        ]
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be listed: {error}") from error


def _stored(file: FileInfo, store: Store, path: str, root: str) -> StoredFile:
    name = file.path.removeprefix(store.path(root)).lstrip("/")
    modified = file.mtime.timestamp() if file.mtime else 0.0
    return StoredFile(name, store.address(file.path, path), file.size, modified)


def _on_the_web(address: str) -> StoredFile:
    from jingyu.pipeline.read.web_files import described

    try:
        size, modified = described(address)
    except (OSError, ValueError) as error:
        raise InputError(f"{address}: cannot be reached: {error}") from error
    return StoredFile(address.rpartition("/")[2] or address, address, size, modified)


def open_to_read(path: str) -> BinaryIO:
    """Returns a stream of a file's bytes; all can seek but those of web servers without ranges."""
    if is_local(path):
        return open(path, "rb")
    if is_web(path):
        from jingyu.pipeline.read.web_files import opened

        return opened(path)
    return store_of(path).open(path)


def read_bytes(path: str) -> bytes:
    """Returns a file's content."""
    with open_to_read(path) as stream:
        return stream.read()


def size_of(path: str) -> int:
    """Returns the bytes of a file that is no web server's."""
    return os.path.getsize(path) if is_local(path) else store_of(path).info(path).size


def read_range(path: str, start: int, stop: int) -> bytes:
    """Returns some bytes of a file that is no web server's: of a store in one request."""
    if not is_local(path):
        return store_of(path).read_range(path, start, stop)
    with open(path, "rb", buffering=0) as stream:
        return os.pread(stream.fileno(), stop - start, start)


def exists(path: str) -> bool:
    """Returns whether there is such a file or folder."""
    if is_local(path):
        return os.path.exists(path)
    is_there: bool = store_of(path).info(path).type != FileType.NotFound
    return is_there


def folders_in(folder: str, prefix: str) -> list[str]:
    """Returns the paths of the folders right in a folder whose names begin with a prefix."""
    if not is_local(folder):
        names = store_of(folder).names_in(folder)
        wanted = [name for name, is_folder in names.items() if is_folder]
        return sorted(join(folder, name) for name in wanted if name.startswith(prefix))
    with contextlib.suppress(FileNotFoundError), os.scandir(folder) as entries:
        return sorted(e.path for e in entries if e.is_dir() and e.name.startswith(prefix))
    return []
