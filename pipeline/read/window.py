"""A file as stored, read forward; its latest bytes stay at hand."""

from typing import BinaryIO

CHUNK_BYTES = 1 << 20


class Window:
    """The stretch of a file that is in memory.

    Attributes:
        data: Its bytes.
        base: Where they stand in the file.
    """

    __slots__ = ("_has_ended", "_stream", "base", "data")

    def __init__(self, stream: BinaryIO, base: int = 0) -> None:
        """Begins at the stream's position, which is `base` bytes into the file."""
        self._stream = stream
        self._has_ended = False
        self.data = b""
        self.base = base

    @property
    def end(self) -> int:
        """Where the stretch ends in the file."""
        return self.base + len(self.data)

    def extend(self, keep: int) -> bool:
        """Lets go of what stands before position `keep` and reads on; false at the file's end."""
        if self._has_ended:
            return False
        chunk = self._next_chunk()
        if not chunk:
            return False
        if keep >= self.end:
            self.base = self.end
            self.data = chunk
        else:
            keep = max(keep, self.base)
            self.data = self.data[keep - self.base :] + chunk
            self.base = keep
        return True

    def _next_chunk(self) -> bytes:
        parts: list[bytes] = []
        missing = CHUNK_BYTES
        while missing and not self._has_ended:  # a stream may give less than it is asked for
            part = self._stream.read(missing)
            parts.append(part)
            missing -= len(part)
            self._has_ended = not part
        return b"".join(parts)

    def ensure(self, position: int, size: int, *, keep: int | None = None) -> None:
        """Reads on until `size` bytes from a position are there, or the file ends.

        Args:
            position: Where they begin.
            size: How many.
            keep: What must stay in memory; from the position on if not given.
        """
        keep = position if keep is None else keep
        while self.end - position < size and self.extend(min(keep, self.end)):
            pass

    def between(self, start: int, end: int) -> bytes:
        """Returns the bytes between two positions, as far as they are in memory."""
        return self.data[max(0, start - self.base) : max(0, end - self.base)]
