"""Which media type a payload is of: what is declared, identified by the crawler, or seen."""

import re
from typing import Final

from jingyu.pipeline.read.markup import begins_with_markup
from jingyu.pipeline.read.record import Record

HTML: Final = "text/html"
PLAIN: Final = "text/plain"

_SEEN_BYTES = 1024
_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+")
_SAYS_NOTHING = frozenset(
    {"application/octet-stream", "application/unknown", "unknown/unknown", "content/unknown"}
)
_IDENTIFIED = "warc-identified-payload-type"
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def media_type_of(record: Record) -> str | None:
    """Returns the media type of a record's payload, in lower case; none if nothing tells.

    What the server declares counts, unless it declares nothing that is a type or says nothing
    (`application/octet-stream`): then what the crawler identified, or else what the first bytes
    look like. Markup that is declared plain text is HTML, HTML without any markup plain text.

    Source: WHATWG, MIME Sniffing, sections 5 and 7.1, but for text that is declared as the other
    kind of text, which crawls hold and which costs a page its text.
    """
    declared = _usable(record.content_type)
    known = declared or _usable(record.headers.get(_IDENTIFIED)) or _seen(record.payload)
    if known == PLAIN and begins_with_markup(record.payload):
        return HTML
    if known == HTML and record.payload and b"<" not in record.payload and not _is_wide(record):
        return PLAIN
    return known


def _usable(stated: str | None) -> str | None:
    """Returns a stated type, if it is one that says something."""
    found = _TYPE.match((stated or "").strip(" \t\"'").lower())
    return found[0] if found and found[0] not in _SAYS_NOTHING else None


def _seen(payload: bytes) -> str | None:
    head = payload[:_SEEN_BYTES]
    if b"<" in head and (begins_with_markup(head) or not _CONTROL.search(head)):
        return HTML
    return PLAIN if head and not _CONTROL.search(head) else None


def _is_wide(record: Record) -> bool:
    """Returns whether the payload may be UTF-16, whose `<` stands beside a zero."""
    return b"\0" in record.payload[:_SEEN_BYTES]
