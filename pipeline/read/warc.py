"""WARC files to records: any compression, any range, any damage."""

from collections.abc import Iterator
from typing import BinaryIO

from jingyu.pipeline.read.assembly import assemble
from jingyu.pipeline.read.detection import detect_compression
from jingyu.pipeline.read.framing import frames, sole_record
from jingyu.pipeline.read.members import Members, plain_blocks
from jingyu.pipeline.read.record import Record
from jingyu.pipeline.read.record_start import begins_with_record
from jingyu.pipeline.read.segment import Blocks, Segment
from jingyu.pipeline.read.tally import Tally
from jingyu.pipeline.read.window import Window


class WarcReader(Iterator[Record]):
    """The records of a range of a WARC file, in order.

    Ranges that cut a file anywhere yield each record exactly once: a record belongs to the range
    in which its member begins, or in a plain file itself. Where compressed members do not begin
    with records, those that begin inside a member belong with the last that did.

    Passing over the ranges without a `first_offset`, ranges meet exactly if each one's
    `end_offset` is the next one's `first_offset`, and the last one's the file's size. They may
    not where a page itself holds what looks like the beginning of a record: read such a file as
    one range.

    Attributes:
        first_offset: Where the first record begins; none if none was found yet.
        end_offset: Where reading stopped: where the next range's first record must begin, or the
            file's end. It holds once all records were read.
        skipped_bytes: Bytes that belong to no record: as stored between members, inflated between
            records.
    """

    def __init__(
        self,
        stream: BinaryIO,
        *,
        start: int,
        stop: int | None,
        max_record_bytes: int,
        max_payload_bytes: int,
    ) -> None:
        """See `read_warc`."""
        self._stream = stream
        self._start = start
        self._stop = stop
        self._max_record_bytes = max_record_bytes
        self._max_payload_bytes = max_payload_bytes
        self._tally = Tally()
        self._records = self._read()

    @property
    def first_offset(self) -> int | None:
        return self._tally.first_offset

    @property
    def end_offset(self) -> int:
        return self._tally.end_offset

    @property
    def skipped_bytes(self) -> int:
        return self._tally.skipped_bytes

    def __next__(self) -> Record:
        return next(self._records)

    def _read(self) -> Iterator[Record]:
        if self._start:
            self._stream.seek(0)
        window = Window(self._stream)
        compression = detect_compression(window)
        if self._start:
            self._stream.seek(self._start)
            window = Window(self._stream, self._start)
        if compression is None:
            yield from self._read_plain(window)
        else:
            yield from self._read_members(window, Members(window, compression, self._tally))

    def _read_members(self, window: Window, members: Members) -> Iterator[Record]:
        position: int | None = self._start
        if self._start:
            position = members.find_start(self._start, limit=self._stop)
        if position is None:
            self._tally.end_offset = window.end if self._stop is None else self._stop
            return
        blocks = Blocks(members.blocks(position))
        while (block := blocks.next) is not None:
            if (
                self._stop is not None
                and block.offset >= self._stop
                and begins_with_record(block.data)
            ):
                self._tally.end_offset = block.offset
                return
            frame = sole_record(block, self._max_record_bytes)
            if frame is None:
                yield from self._records_of(Segment(blocks, is_plain=False), None)
                continue
            blocks.take()
            if self._tally.first_offset is None:
                self._tally.first_offset = block.offset
            yield assemble(frame, self._max_payload_bytes)
        self._tally.end_offset = window.end

    def _read_plain(self, window: Window) -> Iterator[Record]:
        while True:
            blocks = Blocks(plain_blocks(window))
            segment = Segment(blocks, is_plain=True, can_rewind=self._stream.seekable())
            yield from self._records_of(segment, self._stop)
            self._tally.end_offset = segment.offset
            if segment.rewind_to is None:
                return
            self._stream.seek(segment.rewind_to)
            window = Window(self._stream, segment.rewind_to)

    def _records_of(self, segment: Segment, stop: int | None) -> Iterator[Record]:
        framed = frames(segment, self._tally, stop=stop, max_record_bytes=self._max_record_bytes)
        for frame in framed:
            yield assemble(frame, self._max_payload_bytes)


def read_warc(
    stream: BinaryIO,
    *,
    start: int = 0,
    stop: int | None = None,
    max_record_bytes: int,
    max_payload_bytes: int,
) -> WarcReader:
    """Returns a reader of the records that begin in a range of a WARC file.

    A compressed record begins where its member does. No damage stops the reader; records that
    could not be read whole say so.

    Args:
        stream: A WARC file: plain, gzip or zstd. It must be able to seek if `start` is not 0.
        start: First byte of the range; reading begins at the first record at or after it.
        stop: First byte behind the range; none for the file's end.
        max_record_bytes: Size of a record's body up to which it is held in memory; larger ones are
            passed, without their payload.
        max_payload_bytes: Size up to which a page is held and compressed bodies are inflated.

    Raises:
        OSError: The stream failed, while records are taken from the reader.
    """
    return WarcReader(
        stream,
        start=start,
        stop=stop,
        max_record_bytes=max_record_bytes,
        max_payload_bytes=max_payload_bytes,
    )
