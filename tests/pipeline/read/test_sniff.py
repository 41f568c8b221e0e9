import gzip
import io
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.read.sniff import Format, NoPages, UnreadableInput, sniff
from tests.support.archives import (
    dictionary_frame,
    gzip_members,
    pages,
    plain,
    record,
    solid_gzip,
    zstd_frames,
)

ARC = b"filedesc://a.arc 0.0.0.0 20200203040506 text/plain 76\n1 0 Example\n"
NOISE = bytes(range(256)) * 40


def parquet() -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table({"text": ["甲"]}), stream)
    return stream.getvalue()


def zipped() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("archive/a.warc.gz", gzip_members(pages(2)))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (plain(pages(1)), Format.WARC),
        (record(b"x", newline="\n").replace(b"1.0", b"0.18"), Format.WARC),
        (gzip_members(pages(1)), Format.WARC),
        (solid_gzip(pages(9)), Format.WARC),
        (gzip_members(pages(1, NOISE * 9))[:500], Format.WARC),
        (zstd_frames(pages(1)), Format.WARC),
        (dictionary_frame(b"WARC" * 99) + zstd_frames(pages(1), b"WARC" * 99), Format.WARC),
        (dictionary_frame(NOISE * 9)[:5000], Format.WARC),
        (NOISE + plain(pages(1)), Format.WARC),
        (NOISE + gzip_members(pages(1)), Format.WARC),
        (parquet(), Format.PARQUET),
        (b'{"text": "a"}\n{"text', Format.JSONL),
        (b'\xef\xbb\xbf\n{"text": "a', Format.JSONL),
        (b'{"broken\n{"text": "a"}\n', Format.JSONL),
        (gzip.compress(b'{"text": "a"}\n', mtime=0), Format.JSONL),
        (zstandard.compress(b'{"text": "a"}\n'), Format.JSONL),
    ],
)
def test_content_tells_the_format(head: bytes, expected: Format) -> None:
    assert sniff(head, "page.html") is expected


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (b"", "is empty"),
        (gzip.compress(b"", mtime=0), "holds nothing"),
        (b"\0" * 100, "holds nothing"),
        (ARC, "is an ARC file; convert it with `warcio recompress`"),
        (gzip.compress(ARC, mtime=0), "is an ARC file; convert it with `warcio recompress`"),
        (ARC.replace(b"filedesc", b"http"), "is an ARC file"),
        (zipped(), "is a ZIP or WACZ file; unzip it and give the WARC files in archive/"),
        (b"\x04\x22\x4d\x18....", "is compressed with lz4; recompress it with gzip or zstd"),
        (b"BZh91AY", "is compressed with bzip2"),
        (b"\xfd7zXZ\0..", "is compressed with xz"),
        (b'[{"text": "a"}]', "is a JSON array; write one JSON object per line"),
        (b'{\n  "text": "a"\n}\n', "is neither"),
        (b"<html>WARC/1.0</html>", "is an HTML page, perhaps an error that was saved"),
        (b"\r\n", "holds nothing"),
        ('{"text": "你好，世界"}\n'.encode("gb18030") * 2, "iconv -f GB18030 -t UTF-8"),
        ('{"text": "你好，世界"}'.encode("gb18030"), "iconv -f GB18030 -t UTF-8"),
        ('{"text": "你好"}\n'.encode("utf-16"), "iconv -f UTF-16 -t UTF-8"),
        ('{"text": "你好"}\n'.encode("utf-16-be"), "iconv -f UTF-16 -t UTF-8"),
        (b'{"text": "\xff\xff"}\n', "is not UTF-8"),
        (gzip.compress(parquet(), mtime=0), "is neither"),
    ],
)
def test_what_cannot_be_read_says_what_it_is_and_what_to_do(head: bytes, message: str) -> None:
    with pytest.raises(UnreadableInput, match=r"^a\.warc\.gz: ") as caught:
        sniff(head, "a.warc.gz")

    assert message in str(caught.value)
    assert isinstance(caught.value, ValueError)


PAGE = "<!DOCTYPE html><title>山村</title><p>山里的天气说变就变。"


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (PAGE.encode(), "a", Format.HTML),
        (PAGE.encode("gb18030"), "index.php?id=3", Format.HTML),
        (PAGE.encode("utf-16"), "a", Format.HTML),
        (PAGE.encode("utf-16-be"), "a", Format.HTML),
        (b"\xef\xbb\xbf\n<!-- a -->\n" + PAGE.encode(), "a", Format.HTML),
        (gzip.compress(PAGE.encode()), "a.html.gz", Format.HTML),
        ("山里的天气".encode(), "a.htm", Format.HTML),
        ("山里的天气".encode("gb18030"), "a.txt", Format.TEXT),
        ("[第一章] 山里".encode(), "a.txt", Format.TEXT),
        ("山里的天气".encode(), "a", Format.TEXT),
        (b"text,url\n", "a.csv", Format.CSV),
        (zstandard.compress(b"text\turl\n"), "A.TSV.zst", Format.CSV),
        (b'{"text": "a"}\n', "a.csv", Format.JSONL),
    ],
)
def test_where_bytes_fit_several_kinds_the_name_counts(
    content: bytes, name: str, expected: Format
) -> None:
    assert sniff(content, name, "file") is expected


def test_plain_text_is_read_only_if_the_config_says_so() -> None:
    with pytest.raises(UnreadableInput, match=r"may be plain text; set `inputs\.text_files`"):
        sniff("山里的天气".encode(), "README")


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"", "a.warc"),
        (b"\0\n ", "a"),
        (b"\x89PNG\r\n\x1a\n\0", "a.png"),
        (b"p{}", "a_files/b.css"),
    ],
)
def test_in_some_files_nobody_expects_pages(head: bytes, name: str) -> None:
    with pytest.raises(NoPages):
        sniff(head, name)


@given(
    st.binary(max_size=100),
    st.sampled_from([b"", b"\x1f\x8b\x08\0", zstandard.FRAME_HEADER, b"PK", b"{", b"WARC/1.0\r\n"]),
)
def test_any_bytes_are_a_format_or_unreadable(data: bytes, signature: bytes) -> None:
    try:
        found: str = sniff(signature + data, "a")
    except UnreadableInput as error:
        found = str(error)

    assert found in set(Format) or found.startswith("a: ")
