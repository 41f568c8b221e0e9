"""From a framed record to one with its page: header values read, HTTP encodings undone."""

from jingyu.pipeline.read.content_encodings import Decoded
from jingyu.pipeline.read.dates import parse_date
from jingyu.pipeline.read.fields import media_type
from jingyu.pipeline.read.framing import Frame
from jingyu.pipeline.read.http import decode_body, parse_http
from jingyu.pipeline.read.record import PAGE_TYPES, WARCINFO, Record

_HTTP_TYPES = frozenset({"response", "revisit"})
_TEXT_TYPE = "conversion"
_HTTP_MEDIA_TYPE = "application/http"
_NOTES = {"warc-truncated": "truncated_fetch", "warc-segment-number": "segmented"}


def assemble(frame: Frame, max_payload_bytes: int) -> Record:
    """Returns a framed record with its page, if it bears one.

    Args:
        frame: Header fields and body.
        max_payload_bytes: Size up to which a page is held and compressed bodies are inflated.
    """
    fields = frame.fields
    url = fields.get("warc-target-uri")
    record = Record(
        offset=frame.offset,
        ordinal=frame.ordinal,
        length=frame.length,
        record_type=fields.get("warc-type", "").lower(),
        headers=fields,
        record_id=fields.get("warc-record-id"),
        url=url.strip("<> \t") if url else None,
        captured_at=parse_date(fields.get("warc-date")),
        ip=fields.get("warc-ip-address"),
        damage=frame.damage,
    )
    record.is_text = record.record_type == _TEXT_TYPE
    if record.record_type in PAGE_TYPES:
        if not _NOTES.keys().isdisjoint(fields):
            record.notes = tuple(note for field, note in _NOTES.items() if field in fields)
        _add_page(record, frame, max_payload_bytes)
    elif record.record_type == WARCINFO and frame.content is not None:
        record.payload = frame.content[frame.start : frame.start + frame.size]
    return record


def _add_page(record: Record, frame: Frame, max_payload_bytes: int) -> None:
    record.content_type = media_type(record.headers.get("content-type"))
    if frame.content is None:
        record.payload_bytes = frame.size
        return
    is_http = record.content_type == _HTTP_MEDIA_TYPE
    if is_http or record.record_type in _HTTP_TYPES:
        decoded = _add_http(record, frame, frame.content, max_payload_bytes)
    else:
        body = frame.content[frame.start : frame.start + frame.size]
        decoded = Decoded(body, frame.size, None)
    if decoded.size > max_payload_bytes and decoded.damage is None:
        decoded = decoded._replace(body=b"", damage="record_too_large")
    record.payload = decoded.body
    record.payload_bytes = decoded.size
    record.damage = record.damage or decoded.damage
    record.notes += decoded.notes


def _add_http(record: Record, frame: Frame, content: bytes, max_payload_bytes: int) -> Decoded:
    http = parse_http(content, frame.start, frame.start + frame.size)
    if not http.is_http:
        if record.content_type == _HTTP_MEDIA_TYPE:
            record.content_type = None
        is_cut_status_line = frame.damage is not None and b"HTTP/".startswith(http.body)
        body = b"" if is_cut_status_line else http.body
        return Decoded(body, len(body), None)
    record.http_status = http.status
    record.http_headers = http.headers
    record.content_type = media_type(http.headers.get("content-type"))
    return decode_body(http.headers, http.body, max_payload_bytes)
