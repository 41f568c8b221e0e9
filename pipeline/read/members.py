"""The members of a compressed file, inflated block by block; damage does not end the file."""

from collections.abc import Iterator
from typing import NamedTuple

from jingyu.pipeline.read.compression import LOOKAHEAD_BYTES, Compression, Inflater
from jingyu.pipeline.read.record_start import LONGEST_START_BYTES, begins_with_record
from jingyu.pipeline.read.tally import Tally
from jingyu.pipeline.read.window import Window

_BLOCK_BYTES = 1 << 21
_RETAINED_BYTES = 1 << 22
_SALVAGE_STEPS = (1 << 12, 1 << 6, 1)


class Block(NamedTuple):
    """A stretch of what a file holds, uncompressed."""

    data: bytes
    offset: int
    """Where its member begins in the file as stored; of a plain file, where the block begins."""
    is_first: bool
    """Whether it is the beginning of a member."""
    end: int | None
    """Where the next member is to be expected, if this is its member's last block."""
    damage: str | None = None
    """Why the member could not be read to its end."""


class _Member:
    """A member that is being inflated."""

    __slots__ = ("header_bytes", "inflater", "is_first", "offset", "read_to")

    def __init__(self, offset: int, header_bytes: int, inflater: Inflater) -> None:
        self.offset = offset
        self.header_bytes = header_bytes
        self.read_to = offset + header_bytes
        self.inflater = inflater
        self.is_first = True


class Members:
    """Reads a file's members in order and, past damage, those that begin with a record."""

    def __init__(self, window: Window, compression: Compression, tally: Tally) -> None:
        """Reads through a window, and counts what it has to skip."""
        self._window = window
        self._compression = compression
        self._tally = tally

    def blocks(self, position: int) -> Iterator[Block]:
        """Yields the content of all members from a position on."""
        window, compression = self._window, self._compression
        while True:
            if window.end - position < LOOKAHEAD_BYTES:
                window.ensure(position, LOOKAHEAD_BYTES)
                if position >= window.end:
                    return
            at = position - window.base
            header_bytes = compression.header_bytes(window.data, at)
            if header_bytes is not None:
                member = _Member(position, header_bytes, compression.inflater())
                while (block := self._next_block(member)).end is None:
                    yield block
                    member.is_first = False
                yield block
                position = block.end
            elif passed_over := compression.passed_over_bytes(window.data, at):
                position += passed_over
            else:
                start = self._start_or_end(position)
                self._tally.skipped_bytes += start - position
                position = start

    def find_start(
        self, position: int, *, limit: int | None = None, keep: int | None = None
    ) -> int | None:
        """Returns where the first member begins that begins with a record.

        Args:
            position: Where to begin looking.
            limit: Where to stop; the file's end if not given.
            keep: Position from which on bytes must stay in memory; else what was searched may go.
        """
        window = self._window
        while limit is None or position < limit:
            match = self._compression.magic.search(window.data, max(0, position - window.base))
            if match is None:
                position = max(position, window.end - 3)  # a signature may straddle the end
                if not window.extend(position if keep is None else keep):
                    return None
                continue
            position = window.base + match.start()
            if limit is not None and position >= limit:
                return None
            if self._is_start(position, position if keep is None else keep):
                return position
            position += 1
        return None

    def _start_or_end(self, position: int) -> int:
        start = self.find_start(position)
        return self._window.end if start is None else start

    def _is_start(self, position: int, keep: int) -> bool:
        self._window.ensure(position, LOOKAHEAD_BYTES, keep=keep)
        at = position - self._window.base
        header_bytes = self._compression.header_bytes(self._window.data, at)
        if header_bytes is None:
            return False
        stored = memoryview(self._window.data)[at + header_bytes : at + LOOKAHEAD_BYTES]
        return begins_with_record(_inflate(self._compression, stored, LONGEST_START_BYTES))

    def _next_block(self, member: _Member) -> Block:
        window, compression, inflater = self._window, self._compression, member.inflater
        parts: list[bytes] = []
        size = 0
        while not inflater.eof:
            at = member.read_to - window.base
            piece = window.data[at : at + compression.piece_bytes]
            if not piece and window.extend(self._earliest_kept(member)):
                continue
            member.read_to += len(piece)
            part = _next_part(compression, inflater, piece)
            if part is None:
                return self._damaged(member, parts)
            parts.append(part)
            size += len(part)
            if size >= _BLOCK_BYTES and not inflater.eof:
                return Block(b"".join(parts), member.offset, member.is_first, None)
        return self._last_block(member, parts)

    def _last_block(self, member: _Member, parts: list[bytes]) -> Block:
        window, compression = self._window, self._compression
        end = member.read_to - len(member.inflater.unused_data)
        member.read_to = end + compression.trailer_bytes
        if window.end < member.read_to:
            window.ensure(end, compression.trailer_bytes, keep=self._earliest_kept(member))
        trailer = window.data[end - window.base : member.read_to - window.base]
        damage = None
        if not compression.is_intact(member.inflater, trailer):
            if not self._may_follow(member):
                return self._damaged(member, parts)
            damage = "checksum_mismatch"
        data = parts[0] if len(parts) == 1 else b"".join(parts)
        return Block(data, member.offset, member.is_first, member.read_to, damage)

    def _may_follow(self, member: _Member) -> bool:
        """Returns whether the end is where it seems to be: another member or nothing follows."""
        window = self._window
        window.ensure(member.read_to, LOOKAHEAD_BYTES, keep=self._earliest_kept(member))
        at = member.read_to - window.base
        return at == len(window.data) or (
            self._compression.header_bytes(window.data, at) is not None
        )

    def _damaged(self, member: _Member, parts: list[bytes]) -> Block:
        """Returns the last block of a member that cannot be inflated to its end.

        The next member may have begun in the bytes that were taken for this one's.
        """
        window, offset = self._window, member.offset
        keep = max(offset, window.base)
        resume = self.find_start(max(offset + 1, keep), limit=member.read_to, keep=keep)
        end = member.read_to if resume is None else resume
        if member.is_first and keep == offset:
            stored = window.between(offset + member.header_bytes, end)
            data = _inflate(self._compression, stored, None)
        else:
            data = b"".join(parts)
        if resume is None:
            end = self._start_or_end(min(end, window.end))
            self._tally.skipped_bytes += max(0, end - member.read_to)
        if member.is_first and not data:
            self._tally.skipped_bytes += min(end, member.read_to) - offset
        return Block(data, offset, member.is_first, end, "truncated_member")

    def _earliest_kept(self, member: _Member) -> int:
        return max(member.offset, member.read_to - _RETAINED_BYTES)


def plain_blocks(window: Window) -> Iterator[Block]:
    """Yields the rest of a file that is not compressed."""
    yield Block(window.data, window.base, is_first=False, end=None)
    while window.extend(window.end):
        yield Block(window.data, window.base, is_first=False, end=None)


def _next_part(
    compression: Compression, inflater: Inflater, piece: bytes | memoryview
) -> bytes | None:
    if not piece:
        return None
    try:
        return inflater.decompress(piece)
    except compression.errors:
        return None


def _inflate(compression: Compression, stored: bytes | memoryview, enough: int | None) -> bytes:
    """Returns what the beginning of a member inflates to, to the last byte before damage.

    An inflater withholds what it made of the piece in which it meets damage, so that piece is fed
    again in ever smaller steps.
    """
    good = 0
    parts: list[bytes] = []
    for step in _SALVAGE_STEPS:
        inflater = compression.inflater()
        parts = [inflater.decompress(stored[:good])] if good else []
        size = sum(map(len, parts))
        for at in range(good, len(stored), step):
            part = _next_part(compression, inflater, stored[at : at + step])
            if part is None:
                good = at
                break
            parts.append(part)
            size += len(part)
            if inflater.eof or (enough is not None and size >= enough):
                return b"".join(parts)
        else:
            break
    return b"".join(parts)
