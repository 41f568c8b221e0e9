import csv
import gzip
import io
from collections.abc import Generator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.read.csv_rows import read_csv
from jingyu.pipeline.read.record import Record
from jingyu.pipeline.read.rows import Columns
from jingyu.pipeline.read.sniff import UnreadableInput

LIMIT = 1 << 20


def rows(content: bytes, name: str = "a.csv", limit: int = LIMIT) -> list[Record]:
    stream = io.BytesIO(content)
    return list(read_csv(stream, name=name, columns=Columns(), max_record_bytes=limit))


def test_a_row_of_csv_is_a_record_whatever_stands_in_its_values() -> None:
    content = '\ufeffurl,text,date\r\nhttp://a.cn/,"甲,乙\n""𠮷""",2024-05-01\r\n'.encode()

    (found,) = rows(content)

    assert found.payload.decode() == '甲,乙\n"𠮷"'
    assert (found.url, found.offset, found.is_text) == ("http://a.cn/", 0, True)
    assert found.captured_at == datetime(2024, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"url\ttext\nu\ta,b\n", "a.tsv"),
        (b"url\ttext\nu\ta,b\n", "a"),
        (b"url;text\nu;a,b\n", "a.csv"),
        (b'url,text\nu,"a,b"\n', "a.csv"),
        (gzip.compress(b'url,text\nu,"a,b"'), "a.csv.gz"),
    ],
)
def test_values_are_separated_by_what_the_first_row_has_most_of(content: bytes, name: str) -> None:
    (found,) = rows(content, name)

    assert (found.url, found.payload) == ("u", b"a,b")


def test_empty_values_are_none_and_blank_lines_no_rows() -> None:
    first, second = rows(b"html,text\n,a\n\n,\n")

    assert (first.payload, first.content_type) == (b"a", "text/plain")
    assert (second.payload, second.damage, second.offset) == (b"", None, 1)


def test_rows_of_another_length_than_the_first_are_damaged() -> None:
    found = rows(b"url,text\nu\nu,a,b\nu,a\n")

    assert [each.damage for each in found] == ["malformed_row", "malformed_row", None]


def test_a_value_in_the_limit_is_read_and_one_beyond_it_is_not() -> None:
    found = rows(b"text\n" + b"a" * 9 + b"\n" + b"a" * 10 + b"\n" + b"a\n", limit=9)

    assert [each.damage for each in found] == [None, "record_too_large", None]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b""])
def test_a_line_that_cannot_be_held_is_one_damaged_row(end: bytes) -> None:
    line = b",".join([b"a" * (1 << 18)] * 9)

    found = rows(b"text,url\na,\n" + line + (end + b"b," if end else b""), limit=1 << 18)

    assert [(each.payload, each.damage) for each in found] == [
        (b"a", None),
        (b"", "record_too_large"),
        *([(b"b", None)] if end else []),
    ]


def test_a_file_of_one_endless_line_is_unreadable() -> None:
    with pytest.raises(UnreadableInput, match="its first row names no columns"):
        rows(b"a," * (1 << 20), limit=1 << 16)


def test_a_first_row_of_data_is_not_repeated_in_the_message() -> None:
    first = f"13812345678,a.b@chenghe.cn,姓名,{'山里的天气，' * 20}".encode()

    with pytest.raises(UnreadableInput, match="only …, …, 姓名, …") as raised:
        rows(first + b",c" * 99 + b"\n")

    assert len(str(raised.value)) < 300


def test_bytes_that_are_no_utf8_far_in_a_file_are_replaced() -> None:
    content = b"text\n" + b"a\n" * 200_000 + b"\xff\n"

    assert rows(content)[-1].payload.decode() == "\ufffd"


def test_what_a_cut_file_lacks_is_a_damaged_record() -> None:
    stored = gzip.compress(b"text\n" + b"".join(b"%d\n" % n for n in range(9999)))

    *_, last = rows(stored[: len(stored) // 2])

    assert last.damage == "truncated_member"


@given(st.binary(max_size=200))
def test_any_bytes_are_rows_or_damaged_or_unreadable(data: bytes) -> None:
    for each in rows(b"url,text\n" + data.decode("latin-1").encode()):
        assert each.damage or not each.payload or each.is_text


@given(st.binary(max_size=50))
def test_any_file_is_rows_or_unreadable(data: bytes) -> None:
    try:
        rows(data)
    except UnreadableInput as error:
        assert str(error).startswith("a.csv: ")  # noqa: PT017  (either way is right)


def reading(content: str, limit: int) -> Generator[Record]:
    stream = io.BytesIO(content.encode())
    return read_csv(stream, name="a.csv", columns=Columns(), max_record_bytes=limit)


def test_the_longest_value_of_other_files_stays_what_it_was() -> None:
    before = csv.field_size_limit()

    assert len(list(reading("text\n净语\n", 1 << 24))) == 1
    assert csv.field_size_limit() == before


def test_files_that_are_read_in_turns_have_each_their_own_longest_value() -> None:
    before = csv.field_size_limit()
    content = f"text\nshort\n{'a' * 200_000}\nlast\n"
    first, second = reading(content, 1 << 18), reading(content, 1 << 17)

    found = [next(each) for each in (first, second)]
    second_rest, first_rest = list(second), list(first)

    assert [each.damage for each in (*found, *first_rest)] == [None] * 4
    assert [each.damage for each in second_rest] == ["record_too_large", None]
    assert csv.field_size_limit() == before


def test_a_file_that_is_not_read_to_its_end_leaves_no_limit_behind() -> None:
    before = csv.field_size_limit()
    one, other = reading("text\na\nb\n", 1 << 24), reading("text\na\nb\n", 1 << 20)
    next(one), next(other)

    one.close()
    while_other_is_read = csv.field_size_limit()
    other.close()

    assert while_other_is_read == 1 << 20
    assert csv.field_size_limit() == before


@pytest.mark.parametrize(("length", "damage"), [(99, None), (100, None), (101, "record_too_large")])
def test_a_value_over_the_limit_is_a_row_and_the_next_one_is_read(
    length: int, damage: str | None
) -> None:
    found = rows(b"text\n" + b"a" * length + b"\nb\n", limit=100)

    assert [(each.damage, each.payload) for each in found] == [
        (damage, b"" if damage else b"a" * length),
        (None, b"b"),
    ]
