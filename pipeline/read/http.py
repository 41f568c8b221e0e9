"""HTTP responses as crawls store them: status, headers, and the body with its encodings undone."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from jingyu.pipeline.read.content_encodings import Decoded, undo, undo_undeclared
from jingyu.pipeline.read.fields import blank_line, parse_fields

_STATUS_LINE = re.compile(
    rb"\s*(?:HTTP\w?/\d+(?:\.\d+)?|ICY)(?:[ \t]+(\d{3}))?(?!\d)[^\n]*(?:\n|\Z)"
)
_FIELD_LINE = re.compile(rb"(?:[!#-'*+.0-9A-Z^-z|~-]+[ \t]*:|[ \t])[^\n]*(?:\n|\Z)")
_CUT_LINE = re.compile(rb"[A-Za-z0-9-]*\r*")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,]+)", re.IGNORECASE)
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\n]{0,4096})?\r?\n")
_FIRST_FINAL_STATUS = 200


class Http(NamedTuple):
    """A response in its parts."""

    status: int | None
    """Status code; none if the block is not HTTP or states none."""
    headers: dict[str, str]
    """Names in lower case; of repeated ones the first."""
    body: bytes
    """What follows the header, encodings not undone; the whole block if it is not HTTP."""
    is_http: bool


def parse_http(block: bytes, start: int = 0, end: int | None = None) -> Http:
    """Returns the parts of an HTTP response; what is not HTTP is all body, without a status.

    Interim responses (100 to 199) give way to the final one that follows. Line ends may be LF
    alone; where the blank line is missing, the body begins at the first line that is no field.

    Args:
        block: What holds the response.
        start: Where it begins in the block.
        end: Where it ends.
    """
    end = len(block) if end is None else end
    status_line = _STATUS_LINE.match(block, start, end)
    if status_line is None:
        return Http(None, {}, block[start:end], is_http=False)
    while True:
        fields_start = status_line.end()
        fields_end, body_start = _head_extent(block, fields_start, end)
        status = int(status_line[1]) if status_line[1] else None
        is_interim = status is not None and status < _FIRST_FINAL_STATUS
        following = _STATUS_LINE.match(block, body_start, end) if is_interim else None
        if following is None:
            fields = parse_fields(block[fields_start:fields_end])
            return Http(status, fields, block[body_start:end], is_http=True)
        status_line = following


def decode_body(headers: Mapping[str, str], body: bytes, max_bytes: int) -> Decoded:
    """Returns a body with its transfer and content encodings undone.

    Args:
        headers: HTTP headers by name in lower case.
        body: What follows the header.
        max_bytes: Bytes that decompression may yield; a body beyond them is a bomb.
    """
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = join_chunks(body)
    encodings = headers.get("content-encoding")
    return undo(encodings, body, max_bytes) if encodings else undo_undeclared(body, max_bytes)


def join_chunks(body: bytes) -> bytes:
    """Returns the content of a chunked body, and as they are the bytes that are not chunked."""
    parts = []
    at = 0
    while at < len(body):
        header = _CHUNK_SIZE.match(body, at)
        if header is None:
            rest = body[at:]
            parts.append(b"" if at and rest.strip() == b"0" else rest)
            break
        size = int(header[1], 16)
        if not size:
            break
        end = header.end() + size
        parts.append(body[header.end() : end])
        at = end + (2 if body.startswith(b"\r\n", end) else body.startswith(b"\n", end))
    return b"".join(parts)


def charset_of(content_type: str | None) -> str | None:
    """Returns the charset that a Content-Type names, in lower case; none if it names none."""
    match = _CHARSET.search(content_type or "")
    return match[1].lower() if match else None


def _head_extent(block: bytes, start: int, end: int) -> tuple[int, int]:
    """Returns where the header ends and where the body begins."""
    blank = blank_line(block, start - 1, end)
    markup = block.find(b"\n<", start - 1, blank[0] if blank else end)
    if markup >= 0:
        return markup + 1, markup + 1
    if blank:
        return blank
    while start < end and (line := _FIELD_LINE.match(block, start, end)):
        start = line.end()
    # A header that was cut ends in a part of a name, not in a body.
    return start, end if _CUT_LINE.fullmatch(block, start, end) else start
