"""Digests of what is read."""

import hashlib
from typing import IO

from jingyu.pipeline.read import storage

_CHUNK = 1 << 20


class Hashed:
    """A stream that is read from its beginning, and its digest."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Returns the next bytes, at most `size`."""
        content = self._stream.read(size)
        self._digest.update(content)
        return content

    def hexdigest(self) -> str:
        """Returns the SHA-256 of the whole stream, what was not read yet with it."""
        while self.read(_CHUNK):
            pass
        return self._digest.hexdigest()


def digest_of(path: str) -> str:
    """Returns the SHA-256 of a file, as `sha256sum` tells it."""
    with storage.open_to_read(path) as stream:
        return Hashed(stream).hexdigest()
