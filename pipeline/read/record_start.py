"""How WARC records begin."""

import re

LONGEST_START_BYTES = 256
"""Enough bytes to recognise the beginning of any record."""

SIGNATURES = (b"WARC/", b"warc/")
"""How version lines begin; in lower case some old writers have them."""

_VERSION_LINE = re.compile(rb"(?:WARC|warc)/\d+\.\d+[ \t\r]*\n")
_FIRST_VERSION_LINE = re.compile(rb"[\r\n]*(?:WARC|warc)/\d+\.\d+[ \t\r]*\n")
_TWO_LINES = re.compile(rb"(?:WARC|warc)/\d+\.\d+[ \t\r]*\n[A-Za-z0-9-]+[ \t]*:")


def begins_with_record(data: bytes) -> bool:
    """Returns whether a member's content begins with a record, line ends before it allowed."""
    return _FIRST_VERSION_LINE.match(data, 0, LONGEST_START_BYTES) is not None


def is_record_at(data: bytes, at: int) -> bool:
    """Returns whether the version line of a record stands right here."""
    return _VERSION_LINE.match(data, at) is not None


def find_record(data: bytes, start: int, end: int | None = None) -> int:
    """Returns where the first record begins at or after a place, or -1.

    Where nothing but the bytes tell that it is one, a version line and a field must be there.
    """
    end = len(data) if end is None else end
    may_hold = any(data.find(signature, start, end) >= 0 for signature in SIGNATURES)
    match = _TWO_LINES.search(data, start, end) if may_hold else None
    return match.start() if match else -1
