"""Builds WARC files, sound and hostile, for tests."""

import gzip
import io
from collections.abc import Sequence

import zstandard

from jingyu.pipeline.read.record import Record
from jingyu.pipeline.read.warc import WarcReader, read_warc

MAX_BYTES = 1 << 24


def http_response(
    payload: bytes = b"<p>\xe4\xbd\xa0\xe5\xa5\xbd</p>",
    *headers: str,
    status: str = "200 OK",
    newline: str = "\r\n",
) -> bytes:
    """Returns an HTTP response; of type `text/html` unless headers are given."""
    fields = headers or ("Content-Type: text/html; charset=utf-8",)
    lines = [f"HTTP/1.1 {status}", *fields, "", ""]
    return newline.join(lines).encode() + payload


def record(
    block: bytes = b"",
    *headers: str,
    record_type: str = "response",
    url: str = "http://example.cn/",
    length: int | str | None = None,
    newline: str = "\r\n",
) -> bytes:
    """Returns a WARC record.

    Args:
        block: Its content.
        headers: Further header lines; a Content-Type of HTTP where none is given.
        record_type: WARC-Type.
        url: WARC-Target-URI.
        length: Content-Length, if it shall not be the true one.
        newline: Line end of the header and the terminator.
    """
    lines = [
        "WARC/1.0",
        f"WARC-Type: {record_type}",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2020-02-03T04:05:06Z",
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>",
        *(headers or ("Content-Type: application/http; msgtype=response",)),
        f"Content-Length: {len(block) if length is None else length}",
        "",
        "",
    ]
    return newline.join(lines).encode() + block + 2 * newline.encode()


def page(url: str, payload: bytes = b"<p>\xe4\xbd\xa0\xe5\xa5\xbd</p>") -> bytes:
    """Returns a response record that holds an HTML page."""
    return record(http_response(payload), url=url)


def pages(count: int, payload: bytes = b"<p>\xe4\xbd\xa0\xe5\xa5\xbd</p>") -> list[bytes]:
    """Returns response records of the addresses http://0.cn/, http://1.cn/ and so on."""
    return [page(f"http://{number}.cn/", payload) for number in range(count)]


def plain(records: Sequence[bytes]) -> bytes:
    """Returns an uncompressed file."""
    return b"".join(records)


def gzip_members(records: Sequence[bytes]) -> bytes:
    """Returns a file of a gzip member per record."""
    return b"".join(gzip.compress(record, mtime=0) for record in records)


def solid_gzip(records: Sequence[bytes]) -> bytes:
    """Returns a file of one gzip member."""
    return gzip.compress(b"".join(records), mtime=0)


def misaligned_gzip(records: Sequence[bytes], member_bytes: int = 100) -> bytes:
    """Returns a file whose gzip members end anywhere in records."""
    data = b"".join(records)
    cuts = range(0, len(data), member_bytes)
    return b"".join(gzip.compress(data[at : at + member_bytes], mtime=0) for at in cuts)


def zstd_frames(records: Sequence[bytes], dictionary: bytes = b"") -> bytes:
    """Returns a file of a zstd frame per record."""
    known = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    compressor = zstandard.ZstdCompressor(dict_data=known, write_checksum=True)
    return b"".join(compressor.compress(record) for record in records)


def dictionary_frame(content: bytes) -> bytes:
    """Returns the frame that holds the dictionary of a WARC file in zstd."""
    return b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little") + content


def reader(
    data: bytes,
    *,
    start: int = 0,
    stop: int | None = None,
    max_record_bytes: int = MAX_BYTES,
    max_payload_bytes: int = MAX_BYTES,
) -> WarcReader:
    """Returns a reader of a file's bytes."""
    return read_warc(
        io.BytesIO(data),
        start=start,
        stop=stop,
        max_record_bytes=max_record_bytes,
        max_payload_bytes=max_payload_bytes,
    )


def read(data: bytes) -> list[Record]:
    """Returns all records of a file's bytes."""
    return list(reader(data))


def summaries(records: Sequence[Record]) -> list[tuple[str | None, bytes, str | None]]:
    """Returns address, payload and damage of each record."""
    return [(record.url, record.payload, record.damage) for record in records]
