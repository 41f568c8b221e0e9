"""The body of a record, by its Content-Length or, where that cannot be, by what follows."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from jingyu.pipeline.read.record_start import LONGEST_START_BYTES, find_record, is_record_at
from jingyu.pipeline.read.segment import Segment
from jingyu.pipeline.read.tally import Tally

_NEWLINES = re.compile(rb"[\r\n]*")
_TERMINATOR = re.compile(rb"\r*\n\r*\n|\r*\n")
_LAST_TERMINATOR = re.compile(rb"(\r*\n)?\r*\n\Z")
_LONGEST_TERMINATOR_BYTES = 8
_LENGTH = re.compile(r"\d{1,18}")


class Body(NamedTuple):
    """What follows a record's header."""

    content: bytes | None
    """None if it is too large to be held."""
    size: int
    """Bytes; those stated if it is too large."""
    damage: str | None


NO_BODY = Body(b"", 0, "truncated_record")


def read_body(
    segment: Segment, tally: Tally, fields: Mapping[str, str], max_record_bytes: int
) -> Body:
    """Returns the body at the cursor, which moves behind it.

    A stated length is believed if a record or the end follows. Else the body ends where a record
    begins inside it, or is taken at its word.
    """
    length = stated_length(fields)
    if length is None:
        return _read_unmeasured(segment, max_record_bytes)
    if length > max_record_bytes:
        return _skip(segment, tally, length)
    is_whole = segment.has(length)
    if is_whole and _is_followed(segment, length):
        return Body(_take(segment, length), length, None)
    start, end = segment.at, min(segment.at + length, len(segment.data))
    inner = find_record(segment.data, start, end + LONGEST_START_BYTES)
    if 0 <= inner < end:
        return _ended_by_record(segment, inner, None)
    if not is_whole:
        return Body(_take(segment, end - start), end - start, "truncated_record")
    is_terminated = _TERMINATOR.match(segment.data, end) is not None
    damage = None if is_terminated else "wrong_content_length"
    return Body(_take(segment, length), length, damage)


def stated_length(fields: Mapping[str, str]) -> int | None:
    """Returns the Content-Length; none if there is none or it is no number."""
    stated = _LENGTH.fullmatch(fields.get("content-length", ""))
    return int(stated[0]) if stated else None


def pass_newlines(segment: Segment) -> bool:
    """Moves the cursor behind line ends; false if nothing follows them."""
    while True:
        segment.at = _end_of_newlines(segment.data, segment.at)
        if segment.at < len(segment.data):
            return True
        if not segment.has_more():
            return False


def _end_of_newlines(data: bytes, at: int) -> int:
    match = _NEWLINES.match(data, at)
    return match.end() if match else at


def _is_followed(segment: Segment, size: int) -> bool:
    """Returns whether a record, or nothing, stands so many bytes behind the cursor."""
    while True:
        size = _end_of_newlines(segment.data, segment.at + size) - segment.at
        if segment.at + size < len(segment.data):
            break
        if not segment.has_more():
            return True
    segment.has(size + LONGEST_START_BYTES)
    return is_record_at(segment.data, segment.at + size)


def _take(segment: Segment, size: int) -> bytes:
    content = segment.data[segment.at : segment.at + size]
    segment.at += size
    return content


def _ended_by_record(segment: Segment, end: int, damage: str | None) -> Body:
    """Returns a body that ends where a record begins.

    If it ends as records do, it is not the body that is wrong but its length.
    """
    content = _take(segment, end - segment.at)
    tail = content[-_LONGEST_TERMINATOR_BYTES:]
    terminator = _LAST_TERMINATOR.search(tail)
    if terminator:
        content = content[: len(content) - len(tail) + terminator.start()]
    is_complete = terminator is not None and terminator[1] is not None
    stated = "wrong_content_length" if is_complete else "truncated_record"
    return Body(content, len(content), damage or stated)


def _read_unmeasured(segment: Segment, max_record_bytes: int) -> Body:
    """Returns a body of unknown length: up to the next record or the segment's end."""
    searched = 0
    while True:
        found = find_record(segment.data, segment.at + searched)
        end = found if found >= 0 else len(segment.data)
        size = end - segment.at
        if size > max_record_bytes:
            # A record may begin at the end of what is held.
            segment.at = end if found >= 0 else max(segment.at, end - LONGEST_START_BYTES)
            return Body(None, size, "record_too_large")
        if found >= 0:
            return _ended_by_record(segment, end, "missing_content_length")
        searched = max(0, size - LONGEST_START_BYTES)
        if not segment.has_more():
            return _ended_by_record(segment, len(segment.data), "missing_content_length")


def _skip(segment: Segment, tally: Tally, length: int) -> Body:
    """Passes a body that is too large to be held.

    If its length proves wrong, reading resumes at the first record inside it, where the file can
    be read again; else what was passed is counted as skipped.
    """
    left = length
    first_inside: int | None = None
    while left > 0:
        held = min(left, len(segment.data) - segment.at)
        if first_inside is None:
            found = find_record(segment.data, segment.at, segment.at + held)
            first_inside = segment.offset + found - segment.at if found >= 0 else None
        # A record may begin at the end of what is held.
        passed = held if held == left else max(0, held - LONGEST_START_BYTES)
        segment.at += passed
        left -= passed
        if left and not segment.has_more():
            left -= len(segment.data) - segment.at
            segment.at = len(segment.data)
            break
    if first_inside is not None and (left or not _is_followed(segment, 0)):
        if segment.can_rewind:
            segment.rewind_to = first_inside
        else:
            tally.skipped_bytes += length - left
    return Body(None, length, "record_too_large")
