"""Parts of files, wherever they are."""

import errno
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from jingyu.pipeline.read import storage
from jingyu.pipeline.read.index.settings import IndexSection
from jingyu.pipeline.read.web import MissingError, Part, Web, WebFile

_READ_AHEAD = 4 << 20
_NO_FILE = frozenset({errno.ENOENT, errno.EISDIR, errno.ENOTDIR, errno.ENAMETOOLONG})


class Parts:
    """Reads parts of files: by ranged requests, or from stores and disks that can seek."""

    def __init__(self, settings: IndexSection) -> None:
        """Takes how servers are treated."""
        self._web = Web(settings.requests, settings.attempts, settings.wait_seconds)

    def read(self, path: str, start: int, length: int) -> Part:
        """Returns a part of a file.

        Raises:
            MissingError: There is no such file, or nothing at that place of it.
            OSError: It cannot be read now.
        """
        if storage.is_web(path):
            return self._web.read(path, start, length)
        try:
            with storage.open_to_read(path) as stream:
                size = stream.seek(0, os.SEEK_END)
                if start >= size:
                    raise MissingError(f"{path}: ends before byte {start}")
                stream.seek(start)
                return Part(stream.read(length), size)
        except OSError as error:
            if error.errno in _NO_FILE:
                raise MissingError(str(error)) from error
            raise

    @contextmanager
    def opened(self, path: str) -> Iterator[BinaryIO]:
        """Yields a stream of a whole file that can seek."""
        if not storage.is_web(path):
            with storage.open_to_read(path) as stream:
                yield stream
            return
        file: Any = WebFile(self._web, path)
        yield io.BufferedReader(file, _READ_AHEAD)
