"""Digests of what is read."""

import hashlib
from typing import IO

from jingyu.pipeline.read import storage
from jingyu.pipeline.store.items import WorkItem

_CHUNK = 1 << 20


class Hashed:
    """A stream that can only be read once, and its digest."""

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


def digest_of(item: WorkItem) -> str:
    """Returns the SHA-256 of an item's bytes, from its start to its stop."""
    digest = hashlib.sha256()
    left = item.size if item.stop is not None else None
    with storage.open_to_read(item.file.path) as stream:
        if item.start:
            stream.seek(item.start)
        while content := stream.read(_CHUNK if left is None else min(_CHUNK, left)):
            digest.update(content)
            left = left if left is None else left - len(content)
    return digest.hexdigest()
