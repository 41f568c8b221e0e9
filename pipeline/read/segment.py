"""Runs of content between two places where a record is known to begin."""

from collections import deque
from collections.abc import Iterator

from jingyu.pipeline.read.members import Block
from jingyu.pipeline.read.record_start import begins_with_record

_NEWLINE = (b"\r", b"\n")


class Blocks:
    """Blocks of which the next can be looked at.

    Line ends before the record that a member begins with come as a block of their own: they may
    belong to the record before.
    """

    __slots__ = ("_blocks", "_following", "next")

    def __init__(self, blocks: Iterator[Block]) -> None:
        """Reads the first block."""
        self._blocks = blocks
        self._following: Block | None = None
        self.next: Block | None = None
        self.take()

    def take(self) -> None:
        """Goes on to the block after the next one."""
        if self._following is not None:
            self.next, self._following = self._following, None
            return
        block = next(self._blocks, None)
        self.next = block
        if block and block.is_first and block.data.startswith(_NEWLINE):
            record = block.data.lstrip(b"\r\n")
            if begins_with_record(record):
                newlines = block.data[: len(block.data) - len(record)]
                self.next = Block(newlines, block.offset, is_first=True, end=None)
                self._following = block._replace(data=record)


class Segment:
    """The content from one record's beginning to the next that is certain.

    Certain are the members that begin with a record: wherever a reader starts, it finds the same.
    A plain file is one segment.

    Attributes:
        data: The content that is in memory.
        at: The cursor, within `data`.
        end: Where what was read ends in the file as stored.
        is_plain: Whether the file is not compressed.
        can_rewind: Whether the file can be read again from an earlier place.
        rewind_to: Where in the file reading must resume, if not behind the cursor.
    """

    __slots__ = (
        "_blocks",
        "_damages",
        "_dropped",
        "_starts",
        "at",
        "can_rewind",
        "data",
        "end",
        "is_plain",
        "rewind_to",
    )

    def __init__(self, blocks: Blocks, *, is_plain: bool, can_rewind: bool = False) -> None:
        """Begins with the next block, which there must be."""
        self._blocks = blocks
        self._damages: deque[tuple[int, str]] = deque()
        self._starts: deque[tuple[int, int]] = deque()
        self._dropped = 0
        self.data = b""
        self.at = 0
        self.end = 0
        self.is_plain = is_plain
        self.can_rewind = can_rewind
        self.rewind_to: int | None = None
        if blocks.next is not None:
            self._starts.append((0, blocks.next.offset))
            self.data = self._take(blocks.next, 0)

    @property
    def offset(self) -> int:
        """Where the cursor stands in the file as stored, or if that is compressed its member."""
        position = self._dropped + self.at
        if self.is_plain:
            return self._starts[0][1] + position
        while len(self._starts) > 1 and self._starts[1][0] <= position:
            self._starts.popleft()
        return self._starts[0][1]

    def has(self, size: int) -> bool:
        """Returns whether so many bytes follow the cursor; they then do in `data`.

        What precedes the cursor may be let go, so that the cursor moves.
        """
        held = len(self.data) - self.at
        if held >= size:
            return True
        if not self._has_next():
            return False
        parts = [self.data[self.at :]]
        self._dropped += self.at
        self.at = 0
        while held < size and self._has_next() and (block := self._blocks.next):
            if block.is_first:
                self._starts.append((self._dropped + held, block.offset))
            parts.append(self._take(block, held))
            held += len(block.data)
        self.data = b"".join(parts)
        return held >= size

    def has_more(self) -> bool:
        """Returns whether there is content beyond that in `data`, and reads on if so."""
        return self.has(len(self.data) - self.at + 1)

    def damage_passed(self) -> str | None:
        """Returns what damage there was up to the cursor since this was last asked, or none."""
        damage = None
        while self._damages and self._damages[0][0] <= self._dropped + self.at:
            damage = damage or self._damages.popleft()[1]
        return damage

    def _has_next(self) -> bool:
        block = self._blocks.next
        return block is not None and not (block.is_first and begins_with_record(block.data))

    def _take(self, block: Block, held: int) -> bytes:
        self._blocks.take()
        self.end = block.end or self.end
        if block.damage:
            self._damages.append((self._dropped + held + len(block.data), block.damage))
        return block.data
