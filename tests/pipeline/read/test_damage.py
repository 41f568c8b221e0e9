import gzip
import random
import tracemalloc
import zlib
from collections.abc import Callable, Sequence

import pytest
import zstandard
from isal import igzip

from jingyu.pipeline.read.warc import read_warc
from tests.support.archives import (
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

Pack = Callable[[Sequence[bytes]], bytes]

PAGE = "<p>你好𠮷</p>".encode()
NOISE = zlib.compress(bytes(range(256)) * 8, 9)  # bytes without pattern
MEMBERED = pytest.mark.parametrize("pack", [gzip_members, zstd_frames], ids=lambda p: p.__name__)
ANY_PACK = pytest.mark.parametrize(
    "pack",
    [plain, gzip_members, solid_gzip, misaligned_gzip, zstd_frames],
    ids=lambda p: p.__name__,
)


@MEMBERED
def test_a_member_cut_in_the_middle_of_a_file_keeps_what_was_there(pack: Pack) -> None:
    payload = b"".join(b"%d" % number for number in range(100_000))
    cut = pack([page("http://cut.cn/", payload)])
    cut = cut[: len(cut) // 2]

    found = reader(pack(pages(1)) + cut + pack(pages(2)))
    before, damaged, *after = found

    assert (damaged.url, damaged.damage) == ("http://cut.cn/", "truncated_member")
    assert damaged.http_status == 200
    if pack is gzip_members:  # zstd yields whole blocks only
        assert len(damaged.payload) > len(payload) // 3
    assert payload.startswith(damaged.payload)
    assert before.damage is None
    assert summaries(after) == summaries(read(pack(pages(2))))
    assert found.skipped_bytes == 0


@pytest.mark.parametrize("kept", [0.3, 0.9, 0.999])
def test_a_cut_page_holds_nothing_of_the_member_behind_it(kept: float) -> None:
    payload = b"".join(b"%d " % number for number in range(20_000))
    cut = gzip_members([page("http://cut.cn/", payload)])
    cut = cut[: int(len(cut) * kept)]

    alone, followed = read(cut)[0], read(cut + gzip_members(pages(50)))[0]

    assert followed.payload == alone.payload


def test_a_member_whose_checksum_is_wrong_is_kept_and_says_so() -> None:
    one, two = (gzip_members([each]) for each in pages(2, PAGE))
    wrong = one[:-8] + bytes([one[-8] ^ 1]) + one[-7:]

    assert summaries(read(wrong + two)) == [
        ("http://0.cn/", PAGE, "checksum_mismatch"),
        ("http://1.cn/", PAGE, None),
    ]


@ANY_PACK
@pytest.mark.parametrize("garbage", [b"garbage", b"\0" * 70_000, b"\x1f\x8b\x08\0" * 9, NOISE])
def test_garbage_before_the_first_record_is_counted_and_passed(pack: Pack, garbage: bytes) -> None:
    data = pack(pages(3, PAGE))

    found = reader(garbage + data)

    assert summaries(list(found)) == summaries(read(data))
    assert found.skipped_bytes == len(garbage)
    assert found.first_offset == len(garbage)


@pytest.mark.parametrize("pack", [plain, gzip_members, zstd_frames], ids=lambda p: p.__name__)
@pytest.mark.parametrize("garbage", [b"garbage", b"\0" * 70_000, NOISE])
def test_garbage_between_records_is_counted_and_passed(pack: Pack, garbage: bytes) -> None:
    one, two, three = pages(3, PAGE)

    found = reader(pack([one]) + garbage + pack([two, three]) + garbage)

    assert summaries(list(found)) == [(f"http://{n}.cn/", PAGE, None) for n in range(3)]
    assert found.skipped_bytes == 2 * len(garbage)


def test_garbage_inside_a_member_is_passed() -> None:
    one, two = pages(2, PAGE)

    found = reader(gzip_members([one + b"garbage", b"garbage" + two]))

    assert [each.url for each in found] == ["http://0.cn/", "http://1.cn/"]
    assert found.skipped_bytes == 2 * len(b"garbage")


@ANY_PACK
def test_a_length_that_reaches_into_the_next_record_does_not_hide_it(pack: Pack) -> None:
    block = http_response(PAGE)
    for excess in (1, 3, 30, 3000):
        long = record(block, url="http://long.cn/", length=len(block) + excess)
        found = read(pack([long, *pages(3)]))
        assert [each.url for each in found][1:] == ["http://0.cn/", "http://1.cn/", "http://2.cn/"]
        stated = {None} if excess < 4 else {"wrong_content_length", "truncated_record"}
        assert found[0].damage in stated  # line ends alone do not tell
        assert found[0].payload.rstrip() == PAGE


def test_a_record_that_was_cut_before_the_next_says_so() -> None:
    whole = page("http://cut.cn/", PAGE)

    found = read(whole[: -4 - len("</p>")] + page("http://next.cn/", PAGE))

    assert summaries(found) == [
        ("http://cut.cn/", PAGE.removesuffix(b"</p>"), "truncated_record"),
        ("http://next.cn/", PAGE, None),
    ]


@ANY_PACK
def test_a_length_that_falls_short_loses_the_rest_of_that_record_only(pack: Pack) -> None:
    block = http_response(PAGE)
    short = record(block, url="http://short.cn/", length=len(block) - 2)

    found = reader(pack([short, *pages(2)]))

    assert summaries(list(found)) == [
        ("http://short.cn/", PAGE[:-2], "wrong_content_length"),
        *summaries(read(pack(pages(2)))),
    ]
    assert found.skipped_bytes == 2 + 4


@pytest.mark.parametrize("length", ["", "-1", "many", "9" * 30])
@ANY_PACK
def test_a_length_that_is_no_number_gives_way_to_what_follows(pack: Pack, length: str) -> None:
    odd = record(http_response(PAGE), url="http://odd.cn/", length=length)

    found = read(pack([odd, *pages(2)]))

    assert found[0].payload == PAGE
    assert found[0].damage == "missing_content_length"
    assert len(found) == 3


@ANY_PACK
def test_a_record_too_large_is_passed_and_the_next_is_read(pack: Pack) -> None:
    block = http_response(NOISE * 40)
    large = record(block, url="http://large.cn/")

    found = reader(pack([large, *pages(2)]), max_record_bytes=len(block) - 1)
    first, *rest = found

    assert (first.damage, first.payload) == ("record_too_large", b"")
    assert first.payload_bytes == len(block)
    assert summaries(rest) == summaries(read(pack(pages(2))))
    assert read(pack([large]))[0].damage is None


def test_a_record_that_claims_to_be_huge_does_not_hide_those_behind_it() -> None:
    liar = record(http_response(PAGE), url="http://huge.cn/", length=10**12)

    found = read(plain([liar, *pages(3)]))

    assert [each.damage for each in found] == ["record_too_large", None, None, None]
    assert found[0].payload_bytes == 10**12


def test_a_length_that_lies_inside_a_member_counts_what_it_hid() -> None:
    liar = record(http_response(PAGE), length=10**12)

    found = reader(solid_gzip([liar, *pages(3)]))

    assert [each.damage for each in found] == ["record_too_large"]
    assert found.skipped_bytes > len(plain(pages(3)))


def test_a_large_body_of_unknown_length_is_passed() -> None:
    odd = record(http_response(NOISE * 99), length="many")

    found = list(reader(plain([odd, *pages(1)]), max_record_bytes=len(odd) // 2))

    assert [each.damage for each in found] == ["record_too_large", None]
    assert found[0].payload == b""


@pytest.mark.parametrize("compress", [bytes, igzip.compress, zstandard.compress])
def test_a_record_too_large_is_not_held_in_memory(compress: Callable[[bytes], bytes]) -> None:
    large = record(http_response(random.Random(0).randbytes(1 << 26)))
    data = compress(large) + compress(page("http://next.cn/"))

    tracemalloc.start()
    found = [each.damage for each in reader(data, max_record_bytes=1 << 20)]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert found == ["record_too_large", None]
    assert peak < 1 << 25


@pytest.mark.parametrize("compress", [gzip.compress, zstandard.compress])
def test_a_member_that_inflates_beyond_the_limit_is_passed(
    compress: Callable[[bytes], bytes],
) -> None:
    bomb = record(http_response(b"\0" * (1 << 26)))
    data = compress(bomb) + compress(page("http://next.cn/"))

    found = [each.damage for each in reader(data, max_record_bytes=1 << 20)]

    assert found == ["record_too_large", None]


def test_a_body_that_inflates_beyond_the_limit_is_a_bomb() -> None:
    body = gzip.compress(b"\0" * (1 << 22))
    stored = record(http_response(body, "Content-Encoding: gzip"))

    (found,) = reader(stored, max_payload_bytes=1 << 20)

    assert (found.damage, found.payload) == ("decompression_bomb", b"")
    assert found.payload_bytes > 1 << 20


def test_a_header_that_is_cut_yields_a_record_once_its_type_is_known() -> None:
    whole = page("http://a.cn/")
    known = whole.index(b"WARC-Date")

    (found,) = read(whole[:known])
    unknown = reader(b"WARC/1.0\r\nWARC-Ty")

    assert (found.url, found.damage) == ("http://a.cn/", "truncated_record")
    assert list(unknown) == []
    assert unknown.skipped_bytes == len(b"WARC/1.0\r\nWARC-Ty")


def test_a_header_that_is_cut_by_the_next_record_does_not_take_its_fields() -> None:
    cut, whole = page("http://cut.cn/"), page("http://whole.cn/")

    found = read(cut[: cut.index(b"WARC-Date")] + whole)

    assert [(each.url, each.damage) for each in found] == [
        ("http://cut.cn/", "truncated_record"),
        ("http://whole.cn/", None),
    ]


def test_a_header_without_end_is_garbage() -> None:
    endless = b"WARC/1.0\r\nWARC-Type: response\r\n" + b"X: y\r\n" * 200_000

    assert summaries(read(endless + plain(pages(1)))) == summaries(read(plain(pages(1))))


def test_a_damaged_solid_file_keeps_the_records_before_the_damage() -> None:
    stored = [page(f"http://{n}.cn/", b"%d" % n**20) for n in range(30_000)]
    data = bytearray(solid_gzip(stored))
    at = len(data) // 2
    data[at : at + 40] = b"\xff" * 40

    found = reader(bytes(data))
    records = list(found)

    assert len(records) > len(stored) // 3
    assert found.skipped_bytes > len(data) // 3
    assert [each.url for each in records] == [f"http://{n}.cn/" for n in range(len(records))]
    assert all(each.damage is None for each in records[:-1])


def test_an_error_of_the_stream_is_not_damage() -> None:
    class Failing:
        def read(self, _size: int) -> bytes:
            raise OSError("unplugged")

    with pytest.raises(OSError, match="unplugged"):
        next(read_warc(Failing(), max_record_bytes=1, max_payload_bytes=1))  # type: ignore[arg-type]
