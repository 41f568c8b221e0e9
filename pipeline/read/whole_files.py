"""Saved pages and plain text as records."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from jingyu.pipeline.read.lines import contents, read_lines
from jingyu.pipeline.read.record import ROW, Record

_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d{4}\)(https?://[^\s<>\"']{1,4096}) -->")
_HEAD_BYTES = 1 << 12


def read_page(stream: BinaryIO, *, max_record_bytes: int) -> Iterator[Record]:
    """Yields a saved page; its address is what the browser that saved it left in it, if it did.

    Source of the mark: "Mark of the Web" as browsers write it when they save a page.

    Args:
        stream: The file: plain, gzip or zstd.
        max_record_bytes: Size up to which a page is held.
    """
    record = _whole(stream, max_record_bytes, "text/html")
    mark = _SAVED_FROM.search(record.payload, 0, _HEAD_BYTES)
    record.url = mark[1].decode("utf-8", "replace") if mark else None
    yield record


def read_text(stream: BinaryIO, *, max_record_bytes: int) -> Iterator[Record]:
    """Yields a file of plain text, in whatever charset, as one row."""
    yield _whole(stream, max_record_bytes, "text/plain")


def read_text_lines(stream: BinaryIO, *, max_record_bytes: int) -> Iterator[Record]:
    """Yields the lines of a file of plain text, UTF-8; `offset` counts its uncompressed bytes."""
    for line in read_lines(stream, max_record_bytes):
        yield Record(
            line.offset,
            0,
            line.length,
            ROW,
            content_type="text/plain",
            payload=line.content,
            is_text=True,
            payload_bytes=len(line.content) or line.length,
            damage=line.damage,
        )


def _whole(stream: BinaryIO, max_record_bytes: int, media_type: str) -> Record:
    parts: list[bytes] = []
    size = 0
    damage = None
    for content, problem in contents(stream):
        size += len(content)
        damage = damage or problem
        parts.append(content)
        if size > max_record_bytes:
            parts.clear()
            damage = "record_too_large"
    payload = b"".join(parts) if damage != "record_too_large" else b""
    return Record(
        0, 0, size, ROW, content_type=media_type, payload=payload, payload_bytes=size, damage=damage
    )
