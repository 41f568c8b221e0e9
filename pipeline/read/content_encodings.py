"""HTTP content encodings undone, within a limit, as far as the bytes allow."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import brotli
import zstandard
from isal import igzip_lib

from jingyu.pipeline.read.compression import GZIP_ERROR

_STEP_BYTES = 1024
_TEXT_SAMPLE_BYTES = 256
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_GZIP_MAGIC = b"\x1f\x8b"
_MAGIC = (("gzip", b"\x1f\x8b\x08"), ("zstd", zstandard.FRAME_HEADER))
_CHECKSUM_BYTES = 8
_ZLIB_METHOD = 8
_ZLIB_CHECK = 31


class Decoded(NamedTuple):
    """A body with its encodings undone."""

    body: bytes
    """What could be decoded; empty for a bomb."""
    size: int
    """Bytes of the body; of a bomb, those that had been inflated when it was given up."""
    damage: str | None
    """`content_encoding_error`, `decompression_bomb`, or none."""
    notes: tuple[str, ...] = ()
    """`undeclared_encoding` if the body was compressed, which no header said."""


def undo(encodings: str, body: bytes, max_bytes: int) -> Decoded:
    """Returns a body with the encodings of a Content-Encoding header undone, last one first.

    A body that is not encoded as the header says is taken as it is if it looks like text or lacks
    the encoding's signature; unknown encodings are passed over. Of a body that is cut or broken,
    what precedes the damage is returned.

    Args:
        encodings: The header: names separated by commas.
        body: The encoded bytes.
        max_bytes: Bytes that one decompression may yield.
    """
    decoded = Decoded(body, len(body), None)
    for name in reversed(encodings.lower().split(",")):
        pieces = _PIECES.get(name.strip().strip("\"'"))
        if pieces is None or not decoded.body:
            continue
        step = _undo_one(pieces, decoded.body, max_bytes)
        decoded = step._replace(damage=step.damage or decoded.damage)
        if step.damage == "decompression_bomb":
            break
    return decoded


def undo_undeclared(body: bytes, max_bytes: int) -> Decoded:
    """Returns a body without a Content-Encoding; one that is gzip or zstd is inflated."""
    pieces = next((_PIECES[name] for name, magic in _MAGIC if body.startswith(magic)), None)
    if pieces is None:
        return Decoded(body, len(body), None)
    return _undo_one(pieces, body, max_bytes)._replace(notes=("undeclared_encoding",))


def _undo_one(
    pieces: Callable[[bytes], Iterator[bytes] | None], body: bytes, max_bytes: int
) -> Decoded:
    decoding = pieces(body)
    if decoding is None:
        return Decoded(body, len(body), None)
    parts: list[bytes] = []
    size = 0
    try:
        for part in decoding:
            parts.append(part)
            size += len(part)
            if size > max_bytes:
                return Decoded(b"", size, "decompression_bomb")
    except (EOFError, GZIP_ERROR, zstandard.ZstdError, brotli.error):
        if not _CONTROL.search(body, 0, _TEXT_SAMPLE_BYTES):
            return Decoded(body, len(body), None)
        return Decoded(b"".join(parts), size, "content_encoding_error")
    return Decoded(b"".join(parts), size, None)


def _steps(body: bytes) -> Iterator[bytes]:
    # Small steps, single bytes near the checksum: a decompressor withholds what it made of a step
    # in which it meets damage.
    checksum = max(0, len(body) - _CHECKSUM_BYTES)
    for at in range(0, checksum, _STEP_BYTES):
        yield body[at : min(at + _STEP_BYTES, checksum)]
    for at in range(checksum, len(body)):
        yield body[at : at + 1]


def _gzip_pieces(body: bytes) -> Iterator[bytes] | None:
    return _gzip_members(body) if body.startswith(_GZIP_MAGIC) else None


def _gzip_members(body: bytes) -> Iterator[bytes]:
    while body.startswith(_GZIP_MAGIC):
        member = igzip_lib.IgzipDecompressor(igzip_lib.DECOMP_GZIP)
        read = 0
        for step in _steps(body):
            yield member.decompress(step)
            read += len(step)
            if member.eof:
                break
        else:
            raise EOFError
        body = body[read - len(member.unused_data) :]


def _deflate_pieces(body: bytes) -> Iterator[bytes]:
    is_zlib = body[0] & 15 == _ZLIB_METHOD and not int.from_bytes(body[:2], "big") % _ZLIB_CHECK
    flag = igzip_lib.DECOMP_ZLIB if is_zlib else igzip_lib.DECOMP_DEFLATE
    inflater = igzip_lib.IgzipDecompressor(flag)
    for step in _steps(body):
        yield inflater.decompress(step)
        if inflater.eof:
            return
    raise EOFError


def _brotli_pieces(body: bytes) -> Iterator[bytes]:
    decoder = brotli.Decompressor()
    for step in _steps(body):
        yield decoder.process(step, output_buffer_limit=_STEP_BYTES**2)
        while not decoder.is_finished() and not decoder.can_accept_more_data():
            yield decoder.process(b"", output_buffer_limit=_STEP_BYTES**2)
        if decoder.is_finished():
            return
    raise EOFError


def _zstd_pieces(body: bytes) -> Iterator[bytes] | None:
    return _zstd_frame(body) if body.startswith(zstandard.FRAME_HEADER) else None


def _zstd_frame(body: bytes) -> Iterator[bytes]:
    decoder = zstandard.ZstdDecompressor().decompressobj()
    for step in _steps(body):
        yield decoder.decompress(step)
        if decoder.eof:
            return
    raise EOFError


_PIECES: dict[str, Callable[[bytes], Iterator[bytes] | None]] = {
    "gzip": _gzip_pieces,
    "x-gzip": _gzip_pieces,
    "deflate": _deflate_pieces,
    "x-deflate": _deflate_pieces,
    "br": _brotli_pieces,
    "zstd": _zstd_pieces,
}
