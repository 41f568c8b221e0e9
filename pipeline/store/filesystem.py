"""Files that a run writes, moves and removes."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from typing import BinaryIO

from jingyu.pipeline.read import storage

_PARTIAL = ".partial"


@contextlib.contextmanager
def open_to_write(path: str) -> Iterator[BinaryIO]:
    """Yields a stream whose bytes become the file when the block ends well, whole or not at all."""
    if not storage.is_local(path):
        from apache_beam.io.filesystem import CompressionTypes
        from apache_beam.io.filesystems import FileSystems

        with FileSystems.create(path, compression_type=CompressionTypes.UNCOMPRESSED) as stream:
            yield stream
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    aside = f"{path}.{os.getpid()}{_PARTIAL}"
    try:
        with open(aside, "wb") as stream:
            yield stream
        os.replace(aside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.remove(aside)
        raise


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
    from apache_beam.io.filesystems import FileSystems

    (match,) = FileSystems.match([storage.join(folder, "*")])
    return frozenset(file.path.rpartition("/")[2] for file in match.metadata_list)


def delete(path: str) -> None:
    """Removes a file or a folder with all that is in it, if it exists."""
    if storage.is_local(path):
        if os.path.isdir(path):
            shutil.rmtree(path)
        else:
            with contextlib.suppress(FileNotFoundError):
                os.remove(path)
        return
    from apache_beam.io.filesystems import FileSystems

    if FileSystems.exists(path):
        FileSystems.delete([path])


def move(source: str, target: str) -> None:
    """Puts a file or folder in another's place."""
    delete(target)
    if storage.is_local(source):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.replace(source, target)
        return
    from apache_beam.io.filesystems import FileSystems

    FileSystems.rename([source], [target])


def delete_empty_folders(folder: str) -> None:
    """Removes a local folder and those below it as far as they hold nothing."""
    if storage.is_local(folder):
        for at, _, _ in os.walk(folder, topdown=False):
            with contextlib.suppress(OSError):
                os.rmdir(at)
