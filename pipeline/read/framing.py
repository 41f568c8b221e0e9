"""Where records begin and end in a segment; lengths that lie are found out."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from jingyu.pipeline.read.body import NO_BODY, pass_newlines, read_body, stated_length
from jingyu.pipeline.read.fields import LISTS, blank_line, parse_fields
from jingyu.pipeline.read.members import Block
from jingyu.pipeline.read.plain_fields import plain_head
from jingyu.pipeline.read.record_start import (
    LONGEST_START_BYTES,
    SIGNATURES,
    find_record,
    is_record_at,
)
from jingyu.pipeline.read.segment import Segment
from jingyu.pipeline.read.tally import Tally

_MAX_HEADER_BYTES = 1 << 17
_LINE_WITH_SIGNATURE = re.compile(b"\n(?:%b)" % b"|".join(SIGNATURES))
_SIGNATURE_BYTES = len(SIGNATURES[0])
_TERMINATORS = (b"\r\n\r\n", b"\n\n", b"\r\n", b"\n", b"")


class Frame(NamedTuple):
    """A record as it stands in the file: header fields and body."""

    offset: int
    ordinal: int
    length: int | None
    fields: dict[str, str]
    content: bytes | None
    """What holds the body; none if it is too large to be held."""
    start: int
    """Where the body begins in it."""
    size: int
    """Bytes of the body; those stated if it is too large to be held."""
    damage: str | None


def frames(
    segment: Segment, tally: Tally, *, stop: int | None, max_record_bytes: int
) -> Iterator[Frame]:
    """Yields the records of a segment, damaged ones too; of a plain file, those before `stop`."""
    ordinal = 0
    last_offset = -1
    has_record = _seek_record(segment, tally, stop)
    while has_record:
        offset = segment.offset
        if segment.is_plain and stop is not None and offset >= stop:
            return
        if tally.first_offset is None:
            tally.first_offset = offset
        head = _read_head(segment, tally)
        if head is None:
            has_record = _seek_record(segment, tally, stop)
            continue
        fields, is_whole = head
        body = read_body(segment, tally, fields, max_record_bytes) if is_whole else NO_BODY
        pass_newlines(segment)
        damage = segment.damage_passed()
        if body.damage not in (None, "truncated_record"):
            damage = body.damage
        length = (segment.rewind_to or segment.offset) - offset if segment.is_plain else None
        has_record = segment.rewind_to is None and _seek_record(segment, tally, stop)
        if not segment.is_plain and not has_record and last_offset < 0:
            length = segment.end - offset
        ordinal = ordinal + 1 if offset == last_offset else 0
        last_offset = offset
        damage = damage or body.damage
        yield Frame(offset, ordinal, length, fields, body.content, 0, body.size, damage)


def sole_record(block: Block, max_record_bytes: int) -> Frame | None:
    """Returns the record of an undamaged member that holds exactly one, its header plain, or none.

    What `frames` would yield, in a fraction of the time.
    """
    data, end = block.data, block.end
    if end is None or block.damage or not block.is_first:
        return None
    head = plain_head(data, _MAX_HEADER_BYTES, LISTS)
    if head is None:
        return None
    fields, start = head
    size = stated_length(fields)
    if size is None or size > max_record_bytes or len(data) < start + size:
        return None
    if data[start + size :] not in _TERMINATORS:
        return None
    return Frame(block.offset, 0, end - block.offset, fields, data, start, size, None)


def _seek_record(segment: Segment, tally: Tally, stop: int | None) -> bool:
    """Moves the cursor to the next record, and counts what is passed; false if there is none."""
    while pass_newlines(segment):
        if is_record_at(segment.data, segment.at):
            return True
        found = find_record(segment.data, segment.at)
        # What was searched may still hold the beginning of a record at its end.
        reached = len(segment.data) - LONGEST_START_BYTES if found < 0 else found
        if reached > segment.at:
            tally.skipped_bytes += reached - segment.at
            segment.at = reached
        if found >= 0:
            return True
        if stop is not None and tally.first_offset is None and segment.offset >= stop:
            return False
        if not segment.has_more():
            break
    tally.skipped_bytes += len(segment.data) - segment.at
    segment.at = len(segment.data)
    return False


def _read_head(segment: Segment, tally: Tally) -> tuple[dict[str, str], bool] | None:
    """Returns a record's fields and whether its header is whole; the cursor moves behind it.

    A header that is cut before it tells the record's type is passed over.
    """
    while True:
        data, at = segment.data, segment.at
        limit = min(at + _MAX_HEADER_BYTES, len(data))
        blank = blank_line(data, at, limit)
        if blank or limit < len(data) or not segment.has_more():
            break
    following = _next_signature(data, at, blank[0] if blank else limit)
    if blank and following < 0:
        segment.at = blank[1]
        return parse_fields(data[at : blank[0]]), True
    end = following + 1 if following >= 0 else data.rfind(b"\n", at, limit) + 1
    fields = parse_fields(data[at:end])
    if "warc-type" in fields and (following >= 0 or limit == len(data)):
        segment.at = end
        return fields, False
    passed = following + 1 - at if following >= 0 else _SIGNATURE_BYTES
    segment.at += passed
    tally.skipped_bytes += passed
    return None


def _next_signature(data: bytes, start: int, end: int) -> int:
    """Returns where a line end is that a version line seems to follow, or -1."""
    found = _LINE_WITH_SIGNATURE.search(data, start, end)
    return found.start() if found else -1
