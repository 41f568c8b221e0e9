"""The two compressions of WARC files: how a member begins, inflates and ends."""

import re
from typing import Any, ClassVar, Protocol, cast

import zstandard
from isal import igzip_lib

from jingyu.pipeline.read.window import Window

LOOKAHEAD_BYTES = 1 << 18
"""Enough to read any member's header and first block: a gzip header's extra field and a zstd block
may reach 64 and 128 KiB. Source: RFC 1952, section 2.3.1.1; RFC 8878, section 3.1.1.2.4."""

DICTIONARY_MAGIC = b"\x5d\x2a\x4d\x18"
"""How the frame begins that holds the dictionary of a WARC file in zstd."""

GZIP_ERROR = cast("type[Exception]", igzip_lib.IsalError)  # its stub names an instance

_GZIP_MAGIC = b"\x1f\x8b\x08"
_GZIP_PLAIN_HEADER_BYTES = 10
_GZIP_EXTRA, _GZIP_NAME, _GZIP_COMMENT, _GZIP_HEADER_CHECKSUM = 4, 8, 16, 2
_GZIP_RESERVED = 0xE0
_ZSTD_SKIPPABLE = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18", re.DOTALL)
_ZSTD_SKIPPABLE_HEADER_BYTES = 8
_MAX_DICTIONARY_BYTES = 1 << 26


class Inflater(Protocol):
    """Inflates one member, fed piece by piece."""

    @property
    def eof(self) -> bool:
        """Whether the member has ended."""

    @property
    def unused_data(self) -> bytes:
        """What was fed beyond the member's end."""

    def decompress(self, data: bytes | memoryview, /) -> bytes:
        """Returns what a further piece inflates to."""


class Compression(Protocol):
    """One way in which a file consists of members that inflate on their own."""

    magic: ClassVar[re.Pattern[bytes]]
    """How a member begins."""
    piece_bytes: ClassVar[int]
    """Bytes to feed at once: a bound on what a bomb can inflate to unseen."""
    trailer_bytes: ClassVar[int]
    """Bytes behind the inflater's end that belong to the member."""
    errors: ClassVar[type[Exception]]

    def header_bytes(self, data: bytes, at: int, /) -> int | None:
        """Returns how many bytes precede the inflater's; none if no member begins here."""

    def passed_over_bytes(self, data: bytes, at: int, /) -> int:
        """Returns the size of something that holds no data, such as a skippable frame, or 0."""

    def inflater(self) -> Inflater:
        """Returns an inflater for one member."""

    def is_intact(self, inflater: Any, trailer: bytes, /) -> bool:
        """Returns whether a trailer agrees with what was inflated."""


class Gzip:
    """Gzip members."""

    magic: ClassVar[re.Pattern[bytes]] = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]", re.DOTALL)
    piece_bytes: ClassVar[int] = 1 << 13
    trailer_bytes: ClassVar[int] = 8
    errors: ClassVar[type[Exception]] = GZIP_ERROR

    def header_bytes(self, data: bytes, at: int, /) -> int | None:
        end = at + _GZIP_PLAIN_HEADER_BYTES
        if not data.startswith(_GZIP_MAGIC, at) or len(data) < end:
            return None
        flags = data[at + 3]
        if not flags:
            return _GZIP_PLAIN_HEADER_BYTES
        if flags & _GZIP_RESERVED:
            return None
        if flags & _GZIP_EXTRA:
            end += 2 + int.from_bytes(data[end : end + 2], "little")
        for text in (_GZIP_NAME, _GZIP_COMMENT):
            if flags & text:
                end = data.find(b"\0", end, at + LOOKAHEAD_BYTES) + 1
                if not end:
                    return None
        end += 2 if flags & _GZIP_HEADER_CHECKSUM else 0
        return end - at if end <= len(data) else None

    def passed_over_bytes(self, _data: bytes, _at: int, /) -> int:
        return 0

    def inflater(self) -> Inflater:
        inflater: Inflater = igzip_lib.IgzipDecompressor(igzip_lib.DECOMP_GZIP_NO_HDR)
        return inflater

    def is_intact(self, inflater: Any, trailer: bytes, /) -> bool:
        return bool(inflater.crc == int.from_bytes(trailer[:4], "little"))


class Zstd:
    """Zstandard frames, with the dictionary that the file may begin with."""

    magic: ClassVar[re.Pattern[bytes]] = re.compile(re.escape(zstandard.FRAME_HEADER), re.DOTALL)
    piece_bytes: ClassVar[int] = 1 << 10
    trailer_bytes: ClassVar[int] = 0
    errors: ClassVar[type[Exception]] = zstandard.ZstdError

    def __init__(self, dictionary: bytes = b"") -> None:
        """Takes the file's dictionary, if it has one."""
        known = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        self._decompressor = zstandard.ZstdDecompressor(dict_data=known)

    def header_bytes(self, data: bytes, at: int, /) -> int | None:
        return 0 if data.startswith(zstandard.FRAME_HEADER, at) else None

    def passed_over_bytes(self, data: bytes, at: int, /) -> int:
        if not _ZSTD_SKIPPABLE.match(data, at) or len(data) < at + _ZSTD_SKIPPABLE_HEADER_BYTES:
            return 0
        return _ZSTD_SKIPPABLE_HEADER_BYTES + int.from_bytes(data[at + 4 : at + 8], "little")

    def inflater(self) -> Inflater:
        return self._decompressor.decompressobj()

    def is_intact(self, _inflater: Inflater, _trailer: bytes, /) -> bool:
        return True  # the inflater itself checks


def compression_of(window: Window) -> Compression | None:
    """Returns how the file is compressed whose first bytes a window shows; none if it is not.

    Source of the dictionary frame: IIPC, "Zstandard compression of WARC files 1.0", section 3.
    """
    window.ensure(0, LOOKAHEAD_BYTES)
    gzip = Gzip()
    if gzip.header_bytes(window.data, 0) is not None:
        return gzip
    zstd = Zstd()
    if size := zstd.passed_over_bytes(window.data, 0):
        return Zstd(_dictionary(window, size))
    return zstd if zstd.header_bytes(window.data, 0) is not None else None


def begins_with_dictionary(window: Window) -> bool:
    """Returns whether a dictionary stands at a file's beginning, and a frame behind it."""
    size = Zstd().passed_over_bytes(window.data, 0)
    if not window.data.startswith(DICTIONARY_MAGIC) or not 0 < size <= _MAX_DICTIONARY_BYTES:
        return False
    window.ensure(0, size + LOOKAHEAD_BYTES)
    return Zstd().header_bytes(window.data, size) is not None


def _dictionary(window: Window, size: int) -> bytes:
    if not window.data.startswith(DICTIONARY_MAGIC) or size > _MAX_DICTIONARY_BYTES:
        return b""
    window.ensure(0, size)
    content = window.data[_ZSTD_SKIPPABLE_HEADER_BYTES:size]
    if not content.startswith(zstandard.FRAME_HEADER):
        return content
    try:
        with zstandard.ZstdDecompressor().stream_reader(content) as reader:
            return reader.read(_MAX_DICTIONARY_BYTES)
    except zstandard.ZstdError:
        return b""
