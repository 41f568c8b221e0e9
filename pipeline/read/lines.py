"""Lines of a file, plain or compressed, with their places."""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from jingyu.pipeline.read.compression import compression_of
from jingyu.pipeline.read.members import Members, plain_blocks
from jingyu.pipeline.read.tally import Tally
from jingyu.pipeline.read.window import Window

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Line(NamedTuple):
    """A line that is not empty."""

    offset: int
    """Where it begins in the uncompressed file."""
    length: int
    """Its bytes, line end included."""
    content: bytes
    """Without the line end; empty if the line is too long."""
    damage: str | None
    """Why it could not be read whole; a damaged line of length 0 stands for what is missing."""


def read_lines(stream: BinaryIO, max_bytes: int) -> Iterator[Line]:
    """Yields the lines of a plain, gzip or zstd file; those beyond a length lack their content."""
    offset = length = 0
    parts: list[bytes] = []
    for content, damage in contents(stream):
        *whole, rest = content.split(b"\n")
        for end in whole:
            length += len(end) + 1
            if length <= max_bytes:
                parts.append(end)
            yield from _line(offset, length, parts, max_bytes)
            offset += length
            length = 0
            parts = []
        length += len(rest)
        parts = [*parts, rest] if length <= max_bytes else []
        if damage:
            yield Line(offset, length, b"", damage)
            offset += length
            length = 0
            parts = []
    yield from _line(offset, length, parts, max_bytes)


def _line(offset: int, length: int, parts: list[bytes], max_bytes: int) -> Iterator[Line]:
    if length > max_bytes:
        yield Line(offset, length, b"", "record_too_large")
        return
    content = b"".join(parts)
    if not offset:
        content = content.removeprefix(_BYTE_ORDER_MARK)
    content = content.strip()
    if content:
        yield Line(offset, length, content, None)


def contents(stream: BinaryIO) -> Iterator[tuple[bytes, str | None]]:
    """Yields a file's content in pieces, each with what damage ended it, or none."""
    window = Window(stream)
    compression = compression_of(window)
    if compression is None:
        for block in plain_blocks(window):
            yield block.data, None
        return
    tally = Tally()
    for block in Members(window, compression, tally).blocks(0):
        yield block.data, block.damage
    if tally.skipped_bytes:
        yield b"", "truncated_member"
