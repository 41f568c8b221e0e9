import contextlib
import gzip
import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.read.record import Record
from jingyu.pipeline.read.rows import Columns, read_jsonl, read_parquet
from jingyu.pipeline.read.sniff import UnreadableInput


def parquet(rows: dict[str, Any]) -> io.BytesIO:
    stream = io.BytesIO()
    pq.write_table(pa.table(rows), stream)
    return io.BytesIO(stream.getvalue())


def jsonl(*rows: object) -> io.BytesIO:
    return io.BytesIO(b"".join(json.dumps(row).encode() + b"\n" for row in rows))


def test_a_row_of_parquet_is_a_record() -> None:
    rows = {"text": ["甲", "乙"], "url": ["http://a.cn/", None], "date": ["2020-02", "never"]}

    first, second = read_parquet(parquet(rows))

    assert first == Record(
        offset=0,
        ordinal=0,
        length=1,
        record_type="row",
        url="http://a.cn/",
        captured_at=datetime(2020, 2, 1, tzinfo=UTC),
        content_type="text/plain",
        payload="甲".encode(),
        is_text=True,
        payload_bytes=3,
    )
    assert (second.offset, second.url, second.captured_at) == (1, None, None)


def test_a_line_of_jsonl_is_a_record_with_its_place() -> None:
    stream = jsonl({"text": "甲"}, {"text": "𠮷", "url": "http://a.cn/", "date": "2020-02-03"})

    first, second = read_jsonl(stream)

    assert (first.offset, second.offset) == (0, first.length)
    assert second.payload == "𠮷".encode()
    assert (second.url, second.captured_at) == ("http://a.cn/", datetime(2020, 2, 3, tzinfo=UTC))


def test_html_is_preferred_to_text_and_text_stands_in_for_it() -> None:
    rows = {"text": ["甲", "乙", None], "html": ["<p>", None, None]}

    found = list(read_parquet(parquet(rows)))

    assert [each.payload for each in found] == [b"<p>", "乙".encode(), b""]
    assert [each.content_type for each in found] == ["text/html", "text/plain", None]
    assert [each.damage for each in found] == [None, None, None]


def test_a_row_whose_columns_are_null_is_empty_and_not_damaged() -> None:
    (found,) = read_jsonl(io.BytesIO(b'{"text": null, "url": "http://a.cn/"}'))

    assert (found.payload, found.damage, found.url) == (b"", None, "http://a.cn/")


def test_html_that_is_bytes_is_no_text_yet() -> None:
    gbk = "<p>你好".encode("gbk")

    first, second = read_parquet(parquet({"html": [gbk, b"<p>"]}))

    assert (first.payload, first.is_text) == (gbk, False)
    assert not second.is_text


def test_text_of_parquet_that_is_no_utf8_is_read_as_its_bytes() -> None:
    column = pa.Array.from_buffers(
        pa.string(),
        2,
        [None, pa.py_buffer(b"\0\0\0\0\2\0\0\0\3\0\0\0"), pa.py_buffer(b"\xff\xfea")],
    )

    first, second = read_parquet(parquet({"text": column}))

    assert (first.payload, second.payload) == (b"\xff\xfe", b"a")


@pytest.mark.parametrize("second", [1 << 40, -(1 << 40), 253_402_300_799])
def test_a_time_that_no_calendar_holds_is_none(second: int) -> None:
    times = pa.array([second, 0], pa.timestamp("s", tz="Asia/Shanghai"))

    first, other = read_parquet(parquet({"text": ["甲", "乙"], "date": times}))

    assert (first.payload, first.captured_at) == ("甲".encode(), None)
    assert other.captured_at == datetime(1970, 1, 1, tzinfo=UTC)


def test_halves_of_characters_in_an_address_are_replaced() -> None:
    (found,) = read_jsonl(io.BytesIO(b'{"text": "a", "url": "http://a.cn/\\ud800\\ud83d\\ude00"}'))

    assert found.url == "http://a.cn/\ufffd😀"


def test_columns_have_the_names_that_the_config_gives_them() -> None:
    columns = Columns(text_column="正文", html_column=None, url_column="u", date_column="d")
    rows = {"正文": ["甲"], "html": ["<p>"], "u": ["http://a.cn/"], "d": [date(2020, 2, 3)]}

    (found,) = read_parquet(parquet(rows), columns=columns)

    assert (found.payload, found.url) == ("甲".encode(), "http://a.cn/")
    assert found.captured_at == datetime(2020, 2, 3, tzinfo=UTC)


def test_times_of_parquet_are_taken_as_utc_unless_they_say_otherwise() -> None:
    stamp = datetime(2020, 2, 3, 4, 5, 6, 700, tzinfo=UTC)
    zoned = pa.array([stamp], pa.timestamp("us", tz="Asia/Shanghai"))
    bare = pa.array([stamp.replace(tzinfo=None)], pa.timestamp("us"))

    for dates in (zoned, bare):
        (found,) = read_parquet(parquet({"text": ["甲"], "date": dates}))
        assert found.captured_at == datetime(2020, 2, 3, 4, 5, 6, tzinfo=UTC)


def test_rows_are_numbered_across_batches_and_row_groups(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    table = pa.table({"text": [str(row) for row in range(1000)]})
    pq.write_table(table, path, row_group_size=300)

    found = list(read_parquet(str(path)))

    assert [each.offset for each in found] == list(range(1000))
    assert [each.payload for each in found] == [b"%d" % row for row in range(1000)]


def test_parquet_without_a_column_of_text_says_which_it_has() -> None:
    with pytest.raises(UnreadableInput, match=r"a\.parquet.*content, url.*`inputs\.text_column`"):
        list(read_parquet(parquet({"content": ["甲"], "url": ["u"]}), name="a.parquet"))


def test_a_parquet_file_that_is_cut_is_unreadable() -> None:
    stream = parquet({"text": ["甲"]})

    with pytest.raises(UnreadableInput, match=r"a\.parquet: is not a whole Parquet file"):
        list(read_parquet(io.BytesIO(stream.getvalue()[:-9]), name="a.parquet"))


@pytest.mark.parametrize(
    "line",
    [
        b"not json",
        b'["text"]',
        b"{}",
        b'{"text": 1}',
        b'{"text": "\xff"}',
        b"[" * 100_000,
    ],
)
def test_a_line_that_is_no_row_is_a_damaged_record(line: bytes) -> None:
    stream = io.BytesIO(b'{"text": "a"}\n' + line + b'\n\n{"text": "b"}')

    found = list(read_jsonl(stream))

    assert [(each.payload, each.damage) for each in found] == [
        (b"a", None),
        (b"", "malformed_row"),
        (b"b", None),
    ]


def test_halves_of_characters_become_replacements_and_pairs_characters() -> None:
    lone, pair = read_jsonl(io.BytesIO(b'{"text": "a\\ud842"}\n{"text": "\\ud842\\udfb7"}'))

    assert (lone.payload.decode(), pair.payload.decode()) == ("a\ufffd", "𠮷")


@pytest.mark.parametrize("count", [1, 99, 100, 101])
def test_jsonl_in_which_no_object_has_text_says_what_it_has(count: int) -> None:
    rows = [{"content": "甲", "url": "u"}] * count

    with pytest.raises(UnreadableInput, match=r"a\.jsonl.*content, url.*`inputs\.text_column`"):
        list(read_jsonl(jsonl(*rows), name="a.jsonl"))


@pytest.mark.parametrize("first", [{"text": "甲"}, {"text": None}, {"html": 1}])
def test_jsonl_in_which_a_late_object_has_the_column_is_read(first: dict[str, Any]) -> None:
    rows = [{"content": "乙"}] * 98

    found = list(read_jsonl(jsonl(*rows, first, *rows)))

    assert len(found) == 197


def test_jsonl_without_any_object_is_damaged_lines() -> None:
    assert [each.damage for each in read_jsonl(io.BytesIO(b"a\n[]\n{}"))] == ["malformed_row"] * 3


@pytest.mark.parametrize("compress", [bytes, gzip.compress, zstandard.compress])
def test_jsonl_is_read_however_it_is_compressed(compress: Callable[[bytes], bytes]) -> None:
    content = jsonl(*({"text": "甲" * row} for row in range(3000))).getvalue()

    found = list(read_jsonl(io.BytesIO(compress(content))))

    assert found == list(read_jsonl(io.BytesIO(content)))
    assert [len(each.payload) // 3 for each in found] == list(range(3000))


def test_what_a_cut_file_lacks_is_a_damaged_record() -> None:
    content = jsonl(*({"text": str(row) * 50} for row in range(3000))).getvalue()
    stored = gzip.compress(content)

    *found, last = read_jsonl(io.BytesIO(stored[: len(stored) // 2]))

    assert last.damage == "truncated_member"
    assert 100 < len(found) < 3000
    assert not [each for each in found if each.damage]


def test_garbage_behind_a_member_is_a_damaged_record() -> None:
    *found, last = read_jsonl(io.BytesIO(gzip.compress(b'{"text": "a"}\n') + b"garbage"))

    assert [each.payload for each in found] == [b"a"]
    assert last.damage == "truncated_member"


def test_a_byte_order_mark_is_no_part_of_the_first_row() -> None:
    (found,) = read_jsonl(io.BytesIO(b'\xef\xbb\xbf{"text": "a"}'))

    assert found.payload == b"a"


def test_a_line_in_the_limit_is_read_and_one_beyond_it_is_not() -> None:
    line = b'{"text": "abc"}\n'
    stream = io.BytesIO(line + line.replace(b"c", b"cd") + line)

    found = list(read_jsonl(stream, max_record_bytes=len(line)))

    assert [each.damage for each in found] == [None, "record_too_large", None]
    assert [each.offset for each in found] == [0, 16, 33]


@given(st.binary(max_size=200))
def test_any_bytes_are_rows_or_damaged(data: bytes) -> None:
    with contextlib.suppress(UnreadableInput):
        for each in read_jsonl(io.BytesIO(data)):
            assert each.damage or each.content_type
