import gzip
import sys
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import brotli
import pytest
from stdnum.cn import ric
from warcio.archiveiterator import ArchiveIterator

from tests.crawl import (
    BOMB_BYTES,
    HOSTILE,
    NESTED_DIVS,
    PAGES,
    REPEATED_BYTES,
    TRAPS,
    Page,
    build_crawl,
    build_hostile_crawl,
    damaged,
    encoded,
    load_pages,
    main,
)

Records = list[tuple[str, Any, bytes]]
ALL = load_pages()
RESPONSES = [page for page in ALL if page.record == "response"]
REVISITED = [page for page in ALL if page.revisited_at is not None]
DAMAGED = [page for page in ALL if (page.stray_byte_at, page.cut_at) != (None, None)]
EACH_PAGE = pytest.mark.parametrize("page", ALL, ids=lambda page: page.file)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `python -m tests.crawl DIR` writes."""
    path: Path = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["tests.crawl", str(path)])
        main()
    return path


@pytest.fixture(scope="module")
def crawl(folder: Path) -> Path:
    return folder / "crawl.warc.gz"


@pytest.fixture(scope="module")
def hostile(folder: Path) -> bytes:
    return (folder / "hostile.warc.gz").read_bytes()


@pytest.fixture(scope="module")
def records(crawl: Path) -> Records:
    """Kind, record and decoded content of each record, digests checked."""
    with crawl.open("rb") as file:
        stream = ArchiveIterator(file, check_digests="raise")
        return [(record.rec_type, record, content(record)) for record in stream]


def content(record: Any) -> bytes:
    # warcio 1.8 cannot read Brotli with brotli 1.2, whose decompressor takes no attributes.
    if record.http_headers and record.http_headers["Content-Encoding"] == "br":
        return bytes(brotli.decompress(record.raw_stream.read()))
    return bytes(record.content_stream().read())


def test_every_stored_page_is_listed_once() -> None:
    stored = sorted(path.name for path in PAGES.iterdir() if path.name != "pages.yaml")

    assert sorted(page.file for page in ALL) == stored


def test_duplicates_and_only_they_name_a_page_that_is_kept() -> None:
    kept = {page.file for page in ALL if page.expect == "kept"}

    assert {page.expect for page in ALL} == {"kept", "rejected", "duplicate"}
    for page in ALL:
        assert (page.duplicate_of in kept) == (page.expect == "duplicate"), page.file
        assert (page.duplicate_of is None) == (page.expect != "duplicate"), page.file


def test_the_crawl_reads_record_by_record(records: Records, tmp_path: Path) -> None:
    found = Counter(kind for kind, _, _ in records)

    assert found == {
        "warcinfo": 1,
        "request": len(RESPONSES),
        "response": len(RESPONSES),
        "metadata": len(RESPONSES),
        "revisit": len(REVISITED),
        "resource": 2,
        "conversion": 1,
    }
    assert build_crawl(tmp_path / "again") == len(ALL) + len(REVISITED)


def test_each_page_comes_out_of_the_crawl_as_it_went_in(records: Records) -> None:
    held = {
        (record.rec_headers["WARC-Target-URI"], record.rec_headers["WARC-Date"]): content
        for kind, record, content in records
        if kind in ("response", "resource", "conversion")
    }

    assert held == {(page.url, page.captured_at): page.content for page in ALL}


def test_headers_and_addresses_are_those_of_the_list(records: Records) -> None:
    found = [
        (
            record.http_headers.get_statuscode(),
            record.http_headers["Content-Type"],
            record.http_headers["Content-Encoding"],
            record.http_headers["Transfer-Encoding"],
            record.rec_headers["WARC-IP-Address"],
        )
        for kind, record, _ in records
        if kind == "response"
    ]

    assert found == [
        (
            str(page.status),
            page.http_content_type,
            page.content_encoding,
            "chunked" if page.chunked else None,
            page.ip,
        )
        for page in RESPONSES
    ]


def test_revisits_refer_to_responses_of_the_crawl(records: Records) -> None:
    ids = {
        record.rec_headers["WARC-Record-ID"] for kind, record, _ in records if kind == "response"
    }
    referred = {
        record.rec_headers["WARC-Refers-To"] for kind, record, _ in records if kind == "revisit"
    }

    assert len(referred) == len(REVISITED)
    assert referred < ids


def test_record_ids_are_unique(records: Records) -> None:
    ids = [record.rec_headers["WARC-Record-ID"] for _, record, _ in records]

    assert len(set(ids)) == len(ids)


def test_a_crawl_built_again_has_the_same_bytes(crawl: Path, tmp_path: Path) -> None:
    build_crawl(tmp_path / "another-name")

    assert (tmp_path / "another-name").read_bytes() == crawl.read_bytes()


@EACH_PAGE
def test_text_survives_its_encoding(page: Page) -> None:
    assert encoded(page.text, page.encoding).decode(page.encoding) == page.text


@pytest.mark.parametrize("page", DAMAGED, ids=lambda page: page.file)
def test_damaged_pages_no_longer_decode_but_stay_readable(page: Page) -> None:
    with pytest.raises(UnicodeDecodeError):
        page.content.decode(page.encoding)

    readable = page.content.decode(page.encoding, errors="replace")
    assert readable.count("\ufffd") == 1
    assert readable.partition("\ufffd")[0] == page.text[: readable.index("\ufffd")]


def test_damage_stands_at_a_fraction_of_the_bytes() -> None:
    assert damaged(b"abcd", None, None) == b"abcd"
    assert damaged(b"abcd", 0.5, None) == b"ab\xffcd"
    assert damaged(b"abcd", None, 0.75) == b"abc"


def test_a_second_capture_has_the_bytes_and_the_address_of_the_first() -> None:
    (again,) = (page for page in ALL if page.kind == "second capture")
    (first,) = (page for page in ALL if page.file == again.duplicate_of)

    assert (again.url, again.content) == (first.url, first.content)
    assert again.captured_at > first.captured_at


def test_every_named_number_stands_on_its_page() -> None:
    for page in ALL:
        for span in [*page.stays, *(span for spans in page.masked.values() for span in spans)]:
            assert span in page.text, page.file


def test_resident_ids_are_valid_where_they_must_be_masked_and_not_where_they_stay() -> None:
    masked = [number for page in ALL for number in page.masked.get("resident_ids", [])]
    staying = [
        span for page in ALL for span in page.stays if len(span) == 18 and span[:17].isdigit()
    ]

    assert len(masked) == len(set(masked)) == 6
    assert all(ric.is_valid(number) for number in masked)
    assert len(staying) == 1
    assert not ric.is_valid(staying[0])
    assert any(number.endswith("X") for number in masked)


def test_saved_pages_have_the_bytes_of_the_server(folder: Path) -> None:
    assert {path.name: path.read_bytes() for path in (folder / "saved").iterdir()} == {
        page.file: page.content for page in ALL
    }


def members(stored: bytes) -> dict[str, bytes]:
    """Returns the whole gzip members of a damaged file by the name in their address."""
    found = {}
    for piece in stored.split(gzip.compress(b"", mtime=0)[:10])[1:]:
        try:
            content = zlib.decompressobj(wbits=-15).decompress(piece)
        except zlib.error:
            continue
        _, _, rest = content.partition(f"WARC-Target-URI: {HOSTILE}".encode())
        name, _, _ = rest.partition(b"\r\n")
        found[name.decode()] = content
    return found


def test_a_hostile_crawl_built_again_has_the_same_bytes(hostile: bytes, tmp_path: Path) -> None:
    build_hostile_crawl(tmp_path / "again")

    assert (tmp_path / "again").read_bytes() == hostile


def test_each_trap_has_a_healthy_page_behind_it(hostile: bytes) -> None:
    names = set(members(hostile))

    assert {f"healthy-{number}" for number in range(len(TRAPS))} <= names
    assert set(TRAPS) - names <= {"garbage", "truncated-member"}


def test_traps_are_what_they_are_called(hostile: bytes) -> None:
    found = members(hostile)

    assert b"\0" in found["nul-bytes"]
    assert b"&#xD800;" in found["lone-surrogates"]
    assert b"HTTP/1.1" not in found["no-http-headers"]
    assert found["deep-nesting"].count(b"<div>") >= NESTED_DIVS
    assert REPEATED_BYTES < len(found["repeated-paragraph"]) < REPEATED_BYTES * 1.01
    with pytest.raises(UnicodeDecodeError):
        found["lying-charset"].partition(b"\r\n\r\nHTTP")[2].decode()


def test_the_bomb_is_small_and_inflates_to_hundreds_of_megabytes(hostile: bytes) -> None:
    content = members(hostile)["decompression-bomb"]
    _, _, body = content.partition(b"\r\n\r\n")[2].partition(b"\r\n\r\n")
    inflate, size = zlib.decompressobj(wbits=31), 0
    while body and not inflate.eof:
        size += len(inflate.decompress(body, 1_000_000))
        body = inflate.unconsumed_tail

    assert len(content) < 400_000
    assert size > BOMB_BYTES
