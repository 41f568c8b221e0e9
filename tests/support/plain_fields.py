"""The twin in Python of pipeline/read/plain_fields.c."""

import re
from collections.abc import Container

_VERSION_LINE = re.compile(rb"(?:WARC|warc)/\d+\.\d+[ \t\r]*\n")
_BLANK_LINE = re.compile(rb"\n(\r*\n)")
_SIGNATURE = re.compile(rb"\n(?:WARC|warc)/")


def plain_fields(block: bytes, lists: Container[str]) -> dict[str, str] | None:
    if not block.isascii() or b"\n " in block or b"\n\t" in block:
        return None
    fields: dict[str, str] = {}
    for line in block.decode().split("\n"):
        name, colon, value = line.partition(":")
        name = name.strip().lower()
        if colon and name in fields and name in lists:
            return None
        if colon:
            fields.setdefault(name, value.strip())
    return fields


def plain_head(data: bytes, most: int, lists: Container[str]) -> tuple[dict[str, str], int] | None:
    blank = _BLANK_LINE.search(data, 0, max(0, most))
    if not blank or not _VERSION_LINE.match(data) or _SIGNATURE.search(data, 0, blank.start(1)):
        return None
    fields = plain_fields(data[: blank.start(1)], lists)
    return None if fields is None else (fields, blank.end(1))
