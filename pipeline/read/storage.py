"""Files to read, wherever they are: local paths, what Beam's filesystems read, web addresses."""

import contextlib
import glob
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from jingyu.filters.settings.errors import InputError

_TIMEOUT_SECONDS = 60


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
        root = re.split(r"[*?\[]", path, maxsplit=1)[0].rpartition("/")[0]
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
    from apache_beam.io.filesystem import BeamIOError
    from apache_beam.io.filesystems import FileSystems

    try:
        patterns = [path] if re.search(r"[*?\[]", path) else [path, join(path, "**")]
        matches = FileSystems.match(patterns)
    except (BeamIOError, ValueError, ImportError) as error:
        raise InputError(f"{path}: cannot be listed: {type(error).__name__}: {error}") from error
    root = re.split(r"[*?\[]", path, maxsplit=1)[0].rpartition("/")[0]
    return [
        StoredFile(
            file.path.removeprefix(
                path if len(matches) > 1 and matches[1] is match else root
            ).lstrip("/"),
            file.path,
            file.size_in_bytes,
            file.last_updated_in_seconds or 0.0,
        )
        for match in matches
        for file in match.metadata_list
    ]


def _on_the_web(address: str) -> StoredFile:
    import urllib.request
    from email.utils import parsedate_to_datetime

    request = urllib.request.Request(address, method="HEAD")  # noqa: S310  (scheme was checked)
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as response:  # noqa: S310
            size = response.headers.get("Content-Length")
            stated = response.headers.get("Last-Modified")
            modified = parsedate_to_datetime(stated).timestamp() if stated else 0.0
    except (OSError, ValueError) as error:
        raise InputError(f"{address}: cannot be reached: {error}") from error
    return StoredFile(
        address.rpartition("/")[2] or address,
        address,
        int(size) if size else None,
        modified,
    )


def open_to_read(path: str) -> BinaryIO:
    """Returns a stream of a file's bytes; all but web addresses can seek."""
    if is_local(path):
        return open(path, "rb")
    if is_web(path):
        import urllib.request

        stream: BinaryIO = urllib.request.urlopen(path, timeout=_TIMEOUT_SECONDS)  # noqa: S310
        return stream
    from apache_beam.io.filesystem import CompressionTypes
    from apache_beam.io.filesystems import FileSystems

    remote: BinaryIO = FileSystems.open(path, compression_type=CompressionTypes.UNCOMPRESSED)
    return remote


def read_bytes(path: str) -> bytes:
    """Returns a file's content."""
    with open_to_read(path) as stream:
        return stream.read()


def exists(path: str) -> bool:
    """Returns whether there is such a file or folder."""
    if is_local(path):
        return os.path.exists(path)
    from apache_beam.io.filesystems import FileSystems

    found: bool = FileSystems.exists(path)
    return found


def folders_in(folder: str, prefix: str) -> list[str]:
    """Returns the paths of the folders right in a folder whose names begin with a prefix.

    On storage that is not local there are none to be seen.
    """
    with contextlib.suppress(FileNotFoundError):
        if is_local(folder):
            with os.scandir(folder) as entries:
                return sorted(e.path for e in entries if e.is_dir() and e.name.startswith(prefix))
    return []
