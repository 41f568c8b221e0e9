import gzip
import zlib
from collections.abc import Callable
from functools import partial

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.read.http import charset_of, decode_body, parse_http

# Without the time of day: what is in a test's name must not change between two processes.
gzipped = partial(gzip.compress, mtime=0)

PAGE = "<html>你好𠮷</html>".encode() * 50
CAP = 1 << 20


def raw_deflate(data: bytes) -> bytes:
    return zlib.compress(data)[2:-4]


@pytest.mark.parametrize(
    ("block", "status", "headers", "body"),
    [
        (b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nx", 200, {"a": "b"}, b"x"),
        (b"HTTP/1.0 404\r\n\r\nx", 404, {}, b"x"),
        (b"HTTP/2 302 \nA: b\n\nx", 302, {"a": "b"}, b"x"),
        (b"HTTP/1.1 OK\r\nA: b\r\n\r\nx", None, {"a": "b"}, b"x"),
        (b"\r\nHTTP/1.1 200 OK\r\nA: b\r\n\r\nx", 200, {"a": "b"}, b"x"),
        (b"HTTP/1.1 200 OK\r\nA: b\r\n<p>\r\n\r\nx", 200, {"a": "b"}, b"<p>\r\n\r\nx"),
        (b"HTTP/1.1 200 OK\r\nA: b\r\nno field here", 200, {"a": "b"}, b"no field here"),
        (b"HTTP/1.1 200 OK\r\nA: b\r\nCont", 200, {"a": "b"}, b""),
        (b"HTTP/1.1 200 OK\r\nA: b\r\nnoise\r\nC: d\r\n\r\nx", 200, {"a": "b", "c": "d"}, b"x"),
        (b"HTTP/1.1 200 OK\r\nA: b\r\nA: c\r\n\r\n", 200, {"a": "b"}, b""),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx", 200, {}, b"x"),
        (b"HTTP/1.1 100 Continue\r\n\r\n", 100, {}, b""),
        (b"HTTP/1.1 200 OK", 200, {}, b""),
        (b"<p>HTTP/1.1 200 OK", None, {}, b"<p>HTTP/1.1 200 OK"),
        (b"", None, {}, b""),
    ],
)
def test_a_response_falls_into_its_parts(
    block: bytes, status: int | None, headers: dict[str, str], body: bytes
) -> None:
    found = parse_http(block)

    assert (found.status, found.headers, found.body) == (status, headers, body)


def test_many_interim_responses_are_passed() -> None:
    block = b"HTTP/1.1 102 Processing\r\n\r\n" * 20_000 + b"HTTP/1.1 200 OK\r\n\r\nx"

    assert parse_http(block).body == b"x"


@pytest.mark.parametrize(
    ("body", "content"),
    [
        (b"3\r\nabc\r\n2;note=1\r\nde\r\n0\r\n\r\n", b"abcde"),
        (b"3\nabc\n0\n\n", b"abc"),
        (b" 3 \r\nabc\r\n0\r\n\r\n", b"abc"),
        (b"3\r\nabc\r\n", b"abc"),
        (b"5\r\nab", b"ab"),
        (b"3\r\nabc\r\n0", b"abc"),
        (b"3\r\nabc\r\n0\r\n\r\ngarbage", b"abc"),
        (b"3\r\nabc\r\nnot chunked", b"abcnot chunked"),
        (b"<p>not chunked", b"<p>not chunked"),
        (b"", b""),
    ],
)
def test_chunks_are_joined_as_far_as_there_are_any(body: bytes, content: bytes) -> None:
    assert decode_body({"transfer-encoding": "Chunked"}, body, CAP).body == content


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzipped(PAGE)),
        ("x-gzip", gzipped(PAGE)),
        ("gzip", gzipped(PAGE[:99]) + gzipped(PAGE[99:])),
        ("gzip", gzipped(PAGE) + b"\0\0\0"),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", raw_deflate(PAGE)),
        ("br", brotli.compress(PAGE)),
        ("zstd", zstandard.compress(PAGE)),
        ("deflate, GZIP", gzipped(zlib.compress(PAGE))),
        ("gzip,gzip", gzipped(gzipped(PAGE))),
        ("identity", PAGE),
        ("unheard-of", PAGE),
        *((encoding, PAGE) for encoding in ("gzip", "deflate", "br", "zstd", "gzip, br")),
    ],
)
def test_content_encodings_are_undone_unless_they_are_not_there(encoding: str, body: bytes) -> None:
    assert decode_body({"content-encoding": encoding}, body, CAP)[:3] == (PAGE, len(PAGE), None)


@pytest.mark.parametrize("pack", [gzipped, zstandard.ZstdCompressor().compress])
def test_a_body_that_is_compressed_without_a_word_is_inflated_and_marked(
    pack: Callable[[bytes], bytes],
) -> None:
    found = decode_body({}, pack(PAGE), CAP)

    assert found == (PAGE, len(PAGE), None, ("undeclared_encoding",))
    assert decode_body({}, PAGE, CAP).notes == ()


def test_transfer_encoding_is_undone_before_content_encoding() -> None:
    body = gzipped(PAGE)
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)

    headers = {"transfer-encoding": "chunked", "content-encoding": "gzip"}
    assert decode_body(headers, chunked, CAP).body == PAGE


@pytest.mark.parametrize(
    ("encoding", "compress"),
    [
        ("gzip", gzipped),
        ("deflate", zlib.compress),
        ("deflate", raw_deflate),
        ("br", brotli.compress),
    ],
)
def test_a_body_that_is_cut_yields_what_could_be_inflated(
    encoding: str, compress: Callable[[bytes], bytes]
) -> None:
    content = b"".join(b"%d," % number**3 for number in range(9000))
    body = compress(content)

    found = decode_body({"content-encoding": encoding}, body[: len(body) // 2], CAP)

    assert found.damage == "content_encoding_error"
    assert content.startswith(found.body)
    assert len(found.body) == found.size > len(content) // 4


def test_a_body_with_a_wrong_checksum_is_kept_and_says_so() -> None:
    body = bytearray(gzipped(PAGE))
    body[-5] ^= 1

    found = decode_body({"content-encoding": "gzip"}, bytes(body), CAP)

    assert (found.body, found.damage) == (PAGE, "content_encoding_error")


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzipped(b"\0" * (CAP + 1))),
        ("deflate", zlib.compress(b"\0" * (CAP + 1))),
        ("br", brotli.compress(b"\0" * (CAP + 1))),
        ("zstd", zstandard.compress(b"\0" * (CAP + 1))),
        ("gzip, gzip", gzipped(gzipped(b"\0" * (CAP + 1)))),
    ],
)
def test_a_body_beyond_the_limit_is_a_bomb(encoding: str, body: bytes) -> None:
    found = decode_body({"content-encoding": encoding}, body, CAP)

    assert (found.body, found.damage) == (b"", "decompression_bomb")
    assert found.size > CAP


def test_a_body_at_the_limit_is_no_bomb() -> None:
    found = decode_body({"content-encoding": "gzip"}, gzipped(PAGE), len(PAGE))

    assert (found.body, found.damage) == (PAGE, None)


@pytest.mark.parametrize(
    ("content_type", "charset"),
    [
        ("text/html; charset=GB2312", "gb2312"),
        ("text/html;charset = 'utf-8'", "utf-8"),
        ('text/html; Charset="Big5"; q=1', "big5"),
        ("text/html", None),
        ("text/html; charset=", None),
        ("", None),
        (None, None),
    ],
)
def test_a_content_type_names_its_charset(content_type: str | None, charset: str | None) -> None:
    assert charset_of(content_type) == charset


@given(
    block=st.binary(max_size=200),
    encoding=st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip, br", ",", "\x00"]),
    signature=st.sampled_from([b"", b"\x1f\x8b\x08\0", b"\x78\x9c", zstandard.FRAME_HEADER]),
)
@settings(max_examples=200)
def test_no_body_raises_or_exceeds_the_limit(block: bytes, encoding: str, signature: bytes) -> None:
    headers = {"transfer-encoding": "chunked", "content-encoding": encoding}

    found = decode_body(headers, signature + block, 1000)
    parse_http(b"HTTP/1.1 " + block)

    assert len(found.body) <= 1000
