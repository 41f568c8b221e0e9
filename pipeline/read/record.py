"""One record of an input file, whatever the format."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from jingyu.pipeline.read.http import charset_of

PAGE_TYPES = frozenset({"response", "resource", "conversion", "revisit"})
"""WARC record types that bear a page, or stand for one."""

WARCINFO: Final = "warcinfo"
"""WARC record type that describes the crawl."""

WARC_TYPES: Final = PAGE_TYPES | {WARCINFO, "request", "metadata", "continuation"}
"""WARC record types that the standard defines; a file may hold any others.

Source: ISO 28500:2017, section 6.
"""

ROW: Final = "row"
"""Type of what is no WARC record: a row, a line, or a whole page or text."""


@dataclass(slots=True)
class Record:
    """A record of an input file; damaged ones hold what could be read."""

    offset: int
    """Where it starts: the gzip member, zstd frame or plain record in the file as stored, the line
    in the uncompressed JSONL or text, or the row of the Parquet or CSV file."""
    ordinal: int
    """Place among the records that start at the same offset; 0 but where a member holds several."""
    length: int | None
    """Extent in the file as stored; none where one member holds several records."""
    record_type: str
    """WARC-Type in lower case, `row` outside WARC files, or empty if the record has none."""
    headers: dict[str, str] = field(default_factory=dict)
    """WARC headers, names in lower case; of repeated ones the first."""
    record_id: str | None = None
    url: str | None = None
    captured_at: datetime | None = None
    """UTC, whole seconds; none if the date cannot be read."""
    ip: str | None = None
    http_status: int | None = None
    http_headers: dict[str, str] = field(default_factory=dict)
    """HTTP headers of a page, names in lower case; of repeated ones the first."""
    content_type: str | None = None
    """Media type of the payload in lower case, without parameters."""
    payload: bytes = b""
    """The page, HTTP transfer and content encodings undone, or the fields that describe the crawl;
    empty for other record types."""
    is_text: bool = False
    """Whether the payload is UTF-8 text already, whatever it or a header says."""
    payload_bytes: int = 0
    """Size of the payload; where it was withheld, the size that is stated or was reached."""
    notes: tuple[str, ...] = ()
    """What is known of a record that could be read: keys of `schemas.provenance.DAMAGE`."""
    damage: str | None = None
    """Why the record could not be read whole, or none:

    - `truncated_member`: the gzip member or zstd frame is broken or cut,
    - `checksum_mismatch`: the member is whole, but its checksum is another's,
    - `truncated_record`: the record ends before its Content-Length says,
    - `wrong_content_length`: what follows the Content-Length, or the terminator before it, shows
      that another length is meant,
    - `missing_content_length`: there is none, or it is no number,
    - `record_too_large`: it is larger than may be held,
    - `content_encoding_error`: the HTTP body is compressed, and broken or cut,
    - `decompression_bomb`: the HTTP body inflates to more than may be held,
    - `malformed_row`: a row of Parquet or JSONL that has no text,
    - `unreadable_rows`: the file is damaged from this row on,
    - `missing_record`: an index names a record where there is none."""

    @property
    def bears_page(self) -> bool:
        """Whether it becomes a row of the ledger."""
        return self.record_type in PAGE_TYPES or self.record_type == ROW


def declared_charset(record: Record) -> str | None:
    """Returns the charset that the HTTP header names, or else the WARC header's media type."""
    stated = record.http_headers.get("content-type") or record.headers.get("content-type")
    return charset_of(stated)
