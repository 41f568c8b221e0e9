"""Files that a run writes, moves and removes."""

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from typing import IO

from pyarrow.fs import LocalFileSystem, copy_files

from jingyu.pipeline.read import storage
from jingyu.pipeline.read.stores import store_of

_PARTIAL = ".partial"
_UPLOADS = 4


@contextlib.contextmanager
def open_to_write(path: str) -> Iterator[IO[bytes]]:
    """Yields a stream whose bytes become the file when the block ends well, whole or not at all.

    What goes to a store is collected in a temporary file first: a stream into the store would
    leave half a file when it is closed after an error. A disk that is full is told with its path.
    """
    if not storage.is_local(path):
        place = tempfile.gettempdir()
        with _named(place), tempfile.NamedTemporaryFile(prefix="jingyu-") as aside:
            yield aside.file
            aside.file.flush()
            _upload(aside.name, path)
        return
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    partial = f"{path}.{os.getpid()}{_PARTIAL}"
    try:
        with _named(path), open(partial, "wb") as stream:
            yield stream
        os.replace(partial, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.remove(partial)
        raise


@contextlib.contextmanager
def _named(path: str) -> Iterator[None]:
    """Tells of a disk that is full where it is; the system says so of a stream without a name."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT} and error.filename is None:
            error.filename = path
        raise


def _upload(file: str, path: str) -> None:
    store = store_of(path)
    for _ in range(_UPLOADS):
        # In one call that no signal interrupts: a store makes a file of what came before its end.
        copy_files(
            file,
            store.path(path),
            source_filesystem=LocalFileSystem(),
            destination_filesystem=store.files,
        )
        # Google's client asks an upload that was interrupted how far it is, and takes a server's
        # word that it is done: without this look an empty file stood where a part was.
        if store.scheme != "gs" or store.info(path).size == os.path.getsize(file):
            return
    raise OSError(errno.EIO, "the store does not hold what was written to it", path)


def delete_partial_files(folder: str) -> None:
    """Removes what writers that were killed left in a folder; nobody may be writing there."""
    if storage.is_local(folder):
        for name in names_in(folder):
            if name.endswith(_PARTIAL):
                delete(storage.join(folder, name))


def write_bytes(path: str, content: bytes) -> None:
    """Writes a file, whole or not at all."""
    with open_to_write(path) as stream:
        stream.write(content)


def names_in(folder: str) -> frozenset[str]:
    """Returns the names of what lies right in a folder; empty if there is no such folder."""
    if storage.is_local(folder):
        with contextlib.suppress(FileNotFoundError), os.scandir(folder) as entries:
            return frozenset(entry.name for entry in entries)
        return frozenset()
    return frozenset(store_of(folder).names_in(folder))


def delete(path: str) -> None:
    """Removes a file or a folder with all that is in it, if it exists."""
    if storage.is_local(path):
        if os.path.isdir(path):
            shutil.rmtree(path)
        else:
            with contextlib.suppress(FileNotFoundError):
                os.remove(path)
        return
    store_of(path).delete(path)


def move(source: str, target: str) -> None:
    """Puts a file or folder in another's place."""
    delete(target)
    if storage.is_local(source):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.replace(source, target)
        return
    store = store_of(source)
    if store.info(source).is_file:
        store.files.copy_file(store.path(source), store.path(target))
        store.files.delete_file(store.path(source))
        return
    for name in names_in(source):
        move(storage.join(source, name), storage.join(target, name))


def delete_empty_folders(folder: str) -> None:
    """Removes a folder and those below it as far as they hold nothing."""
    if storage.is_local(folder):
        for at, _, _ in os.walk(folder, topdown=False):
            with contextlib.suppress(OSError):
                os.rmdir(at)
    elif not any(store_of(folder).files_below(folder)):
        delete(folder)
