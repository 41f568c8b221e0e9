from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.read.record import Record
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
    zstd_frames,
)

Pack = Callable[[Sequence[bytes]], bytes]

PACKS: list[Pack] = [plain, gzip_members, solid_gzip, misaligned_gzip, zstd_frames]
SIGNATURES = [b"\x1f\x8b\x08\x00", b"\x28\xb5\x2f\xfd", b"WARC/1.0\r\nA: b\r\n\r\n"]
bodies = st.binary(max_size=300) | st.text("中文𠮷\r\n a<>", max_size=80).map(str.encode)
records = st.lists(
    st.builds(page, st.sampled_from(["http://a.cn/", "http://二.cn/ x"]), bodies)
    | st.builds(lambda body: record(http_response(body), record_type="request"), bodies),
    max_size=6,
)


def test_each_record_belongs_to_the_range_in_which_its_member_begins() -> None:
    data = gzip_members(pages(3))
    second = read(data)[1].offset

    (below,) = reader(data, start=1, stop=second + 1)
    assert below.url == "http://1.cn/"
    assert list(reader(data, start=second + 1, stop=second + 2)) == []
    assert [found.url for found in reader(data, start=0, stop=second)] == ["http://0.cn/"]


def test_a_range_without_a_record_says_so() -> None:
    found = reader(gzip_members(pages(1)), start=5)

    assert list(found) == []
    assert found.first_offset is None


def test_records_inside_a_member_belong_with_the_last_one_that_began_one() -> None:
    data = solid_gzip(pages(5))
    cut = len(data) // 2

    assert len(list(reader(data, stop=cut))) == 5
    assert list(reader(data, start=cut)) == []


def test_a_stream_that_cannot_seek_is_read_from_the_start() -> None:
    class Forward:
        def __init__(self, data: bytes) -> None:
            self._rest = data

        def read(self, size: int) -> bytes:
            size = min(size, 7)
            taken, self._rest = self._rest[:size], self._rest[size:]
            return taken

        def seekable(self) -> bool:
            return False

    for pack in PACKS:
        stream = Forward(pack(pages(3)))
        found = read_warc(stream, max_record_bytes=1000, max_payload_bytes=1000)  # type: ignore[arg-type]
        assert [each.url for each in found] == ["http://0.cn/", "http://1.cn/", "http://2.cn/"]


def in_ranges(data: bytes, cuts: list[int]) -> list[Record]:
    """Reads a file range by range, and checks that the ranges meet."""
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    found: list[Record] = []
    expected: int | None = None
    for start, stop in pairwise(edges):
        part = reader(data, start=start, stop=stop)
        found += part
        if part.first_offset is not None:
            assert expected in (None, part.first_offset)
            expected = part.end_offset
    assert expected in (None, len(data))
    return found


@pytest.mark.parametrize("pack", PACKS)
@given(records=records, cuts=st.lists(st.integers(0, 5000), max_size=4))
@settings(max_examples=40)
def test_any_partition_into_ranges_yields_the_records_of_the_whole(
    pack: Pack, records: list[bytes], cuts: list[int]
) -> None:
    data = pack(records)

    assert in_ranges(data, cuts) == read(data)
    assert len(read(data)) == len(records)


@pytest.mark.parametrize("pack", PACKS)
@given(records=records, cut=st.integers(0, 5000))
@settings(max_examples=40)
def test_a_file_cut_anywhere_yields_a_prefix_of_its_records(
    pack: Pack, records: list[bytes], cut: int
) -> None:
    data = pack(records)

    whole, found = read(data), read(data[: cut % (len(data) + 1)])

    assert len(found) <= len(whole)
    for expected, each in zip(whole, found[:-1], strict=False):
        assert (each.offset, each.ordinal) == (expected.offset, expected.ordinal)
        assert (each.url, each.payload, each.damage) == (expected.url, expected.payload, None)
    if found:
        last, expected = found[-1], whole[len(found) - 1]
        assert last.offset == expected.offset
        assert last.damage or last.payload == expected.payload
        assert expected.payload.startswith(last.payload)


@pytest.mark.parametrize("pack", PACKS)
@given(
    records=records,
    at=st.integers(0, 5000),
    change=st.tuples(st.integers(0, 3), st.binary(max_size=3) | st.sampled_from(SIGNATURES)),
    start=st.integers(0, 5000),
)
@settings(max_examples=60)
def test_no_damage_raises_or_repeats_records(
    pack: Pack, records: list[bytes], at: int, change: tuple[int, bytes], start: int
) -> None:
    data = pack(records)
    at %= len(data) + 1
    removed, inserted = change

    damaged = data[:at] + inserted + data[at + removed :]
    found = [(each.offset, each.ordinal) for each in read(damaged)]
    list(reader(damaged, start=start, stop=start + 1000))

    assert found == sorted(set(found))
