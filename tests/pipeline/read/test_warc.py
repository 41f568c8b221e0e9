from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest
import zstandard

from jingyu.pipeline.read.record import PAGE_TYPES, Record, declared_charset
from tests.support.archives import (
    dictionary_frame,
    gzip_members,
    http_response,
    misaligned_gzip,
    page,
    pages,
    plain,
    read,
    reader,
    record,
    solid_gzip,
    summaries,
    zstd_frames,
)

PAGE = "<p>你好𠮷</p>".encode()


def test_a_response_is_read_with_what_its_headers_say() -> None:
    stored = record(
        http_response(PAGE, "Content-Type: Text/HTML; charset=GB2312", "Server: 甲"),
        "Content-Type: application/http; msgtype=response",
        "WARC-IP-Address: 192.0.2.1",
    )

    (found,) = read(stored)

    assert found == Record(
        offset=0,
        ordinal=0,
        length=len(stored),
        record_type="response",
        headers=found.headers,
        record_id="<urn:uuid:00000000-0000-4000-8000-000000000000>",
        url="http://example.cn/",
        captured_at=datetime(2020, 2, 3, 4, 5, 6, tzinfo=UTC),
        ip="192.0.2.1",
        http_status=200,
        http_headers={"content-type": "Text/HTML; charset=GB2312", "server": "甲"},
        content_type="text/html",
        payload=PAGE,
        payload_bytes=len(PAGE),
        damage=None,
    )
    assert declared_charset(found) == "gb2312"


@pytest.mark.parametrize(
    "pack",
    [plain, gzip_members, solid_gzip, misaligned_gzip, zstd_frames],
    ids=lambda p: p.__name__,
)
def test_every_packing_yields_the_same_records(pack: Callable[[Sequence[bytes]], bytes]) -> None:
    data = pack(pages(20, PAGE))

    found = reader(data)

    assert summaries(list(found)) == [(f"http://{n}.cn/", PAGE, None) for n in range(20)]
    assert (found.first_offset, found.end_offset, found.skipped_bytes) == (0, len(data), 0)


@pytest.mark.parametrize("pack", [plain, gzip_members, zstd_frames], ids=lambda p: p.__name__)
def test_a_record_names_its_extent_in_the_file(pack: Callable[[Sequence[bytes]], bytes]) -> None:
    records = pages(3)

    sizes = [len(pack([each])) for each in records]
    found = read(pack(records))

    assert [each.length for each in found] == sizes
    assert [each.offset for each in found] == [0, sizes[0], sizes[0] + sizes[1]]


def test_records_of_one_member_are_told_apart_by_their_place() -> None:
    found = read(gzip_members(pages(1)) + solid_gzip(pages(3)))

    assert [each.ordinal for each in found] == [0, 0, 1, 2]
    assert [each.length is None for each in found] == [False, True, True, True]
    assert len({each.offset for each in found}) == 2


@pytest.mark.parametrize("version", ["WARC/0.17", "WARC/0.18", "WARC/1.0", "WARC/1.1 "])
@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r\r\n"])
def test_versions_and_line_ends_vary(version: str, newline: str) -> None:
    block = http_response(PAGE, newline=newline)
    stored = record(block, newline=newline).replace(b"WARC/1.0", version.encode())

    assert summaries(read(stored * 2)) == [("http://example.cn/", PAGE, None)] * 2


def test_only_records_that_bear_pages_or_tell_of_the_crawl_have_a_payload() -> None:
    kinds = ["warcinfo", "request", "metadata", "Response", "resource", "conversion", "revisit"]
    stored = plain([record(PAGE, "Content-Type: text/plain", record_type=kind) for kind in kinds])

    found = read(stored)

    assert [each.record_type for each in found] == [kind.lower() for kind in kinds]
    assert {each.record_type for each in found if each.payload} == PAGE_TYPES | {"warcinfo"}
    assert {each.content_type for each in found if each.record_type in PAGE_TYPES} == {"text/plain"}


def test_a_final_record_may_lack_its_terminator() -> None:
    whole = page("http://a.cn/", PAGE)

    for stored in (whole.rstrip(), gzip_members([whole.rstrip()])):
        assert summaries(read(stored)) == [("http://a.cn/", PAGE, None)]


def test_records_may_follow_without_a_terminator_between_them() -> None:
    stored = page("http://a.cn/", PAGE).rstrip() + page("http://b.cn/", PAGE)

    assert [each.url for each in read(stored)] == ["http://a.cn/", "http://b.cn/"]


def test_line_ends_may_precede_the_record_in_a_member() -> None:
    records = [each.rstrip() for each in pages(2, PAGE)]

    found = read(gzip_members([records[0], b"\r\n\r\n" + records[1]]))

    assert summaries(found) == [(f"http://{n}.cn/", PAGE, None) for n in range(2)]


def test_header_values_continue_on_indented_lines_and_the_first_of_repeated_ones_counts() -> None:
    stored = record(b"", "X-Folded: one\r\n\ttwo", "WARC-IP-Address: 1.1.1.1", "warc-ip-address: 2")

    (found,) = read(stored)

    assert found.headers["x-folded"] == "one two"
    assert found.ip == "1.1.1.1"


@pytest.mark.parametrize(
    ("stated", "url"),
    [
        ("<http://a.cn/>", "http://a.cn/"),
        (" http://a.cn/a b ", "http://a.cn/a b"),
        ("http://a.cn/中", "http://a.cn/中"),
        ("", None),
    ],
)
def test_addresses_are_taken_as_they_are_without_brackets(stated: str, url: str | None) -> None:
    (found,) = read(record(b"", url=stated))

    assert found.url == url


def test_header_bytes_that_are_no_utf_8_are_read_as_latin_1_line_by_line() -> None:
    stored = record(b"", "X-Name: 中", url="http://a.cn/%").replace(b"%", b"\xe9")

    (found,) = read(stored)

    assert found.url == "http://a.cn/é"
    assert found.headers["x-name"] == "中"


def test_a_record_without_any_header_is_a_record() -> None:
    (found,) = read(b"WARC/1.0\r\nContent-Length: 2\r\n\r\nab\r\n\r\n")

    assert (found.record_type, found.url, found.captured_at, found.payload) == ("", None, None, b"")


def test_a_response_that_is_not_http_is_all_payload() -> None:
    dns, bare = read(record(b"x IN A", "Content-Type: text/dns") + record(b"<p>"))

    assert (dns.http_status, dns.content_type, dns.payload) == (None, "text/dns", b"x IN A")
    assert (bare.http_status, bare.content_type, bare.payload) == (None, None, b"<p>")


@pytest.mark.parametrize("is_compressed", [False, True])
def test_zstd_frames_are_read_with_the_dictionary_at_the_files_head(is_compressed: bool) -> None:
    dictionary = PAGE * 40
    content = zstandard.compress(dictionary) if is_compressed else dictionary
    data = dictionary_frame(content) + zstd_frames(pages(4, PAGE), dictionary)

    whole = read(data)
    later = list(reader(data, start=whole[0].offset + 1))

    assert summaries(whole) == [(f"http://{n}.cn/", PAGE, None) for n in range(4)]
    assert later == whole[1:]


def test_frames_to_be_skipped_are() -> None:
    skipped = b"\x50\x2a\x4d\x18\x02\x00\x00\x00ab"
    one, two = pages(2)

    found = reader(zstd_frames([one]) + skipped + zstd_frames([two]))

    assert [each.url for each in found] == ["http://0.cn/", "http://1.cn/"]
    assert found.skipped_bytes == 0


def test_gzip_headers_may_hold_a_name_and_extra_fields() -> None:
    plain_header, rest = (member := gzip_members(pages(1)))[:10], member[10:]
    flags = bytes([4 | 8 | 16 | 2])
    extended = plain_header[:3] + flags + plain_header[4:] + b"\x03\x00sl\x00" + b"a.warc\0b\0cc"

    assert summaries(read((extended + rest) * 2)) == summaries(read(member)) * 2


def test_a_file_without_records_yields_none() -> None:
    for data in (b"", b"\r\n", b"\0" * 5000, b"text", gzip_members([b""])):
        found = reader(data)
        assert list(found) == []
        assert found.first_offset is None


def test_a_page_in_the_limit_is_held_and_one_beyond_it_is_not() -> None:
    stored = page("http://a.cn/", PAGE)

    (within,) = reader(stored, max_payload_bytes=len(PAGE))
    (beyond,) = reader(stored, max_payload_bytes=len(PAGE) - 1)

    assert (within.payload, within.damage) == (PAGE, None)
    assert (beyond.payload, beyond.damage) == (b"", "record_too_large")
    assert beyond.payload_bytes == len(PAGE)
