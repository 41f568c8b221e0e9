from hypothesis import example, given
from hypothesis import strategies as st

from jingyu.filters.rights.opt_outs import header_directives
from jingyu.pipeline.read.fields import parse_fields
from jingyu.pipeline.read.plain_fields import plain_fields, plain_head
from tests.support import plain_fields as twin

LISTS = frozenset({"link", ""})
VERSIONS = [b"WARC/1.0\r\n", b"warc/1.1 \n", b"WARC/1.", b"WARC/", b"x"]
PIECES = [
    *VERSIONS,
    b"Link",
    b"a",
    b"Z[",
    b":",
    b": ",
    b"\n",
    b"\r\n",
    b"\n ",
    b"\t",
    b"\x1c",
    b"\0",
    b"\xe4",
]


def test_fields_that_are_lists_go_on_where_they_are_repeated() -> None:
    fields = parse_fields(b"Link: <a>\r\nSet-Cookie: b\r\nlink: <c>\r\nSet-Cookie: d\r\n")

    assert fields == {"link": "<a>, <c>", "set-cookie": "b"}


def test_a_line_that_goes_on_in_the_next_belongs_to_its_field() -> None:
    assert parse_fields(b"A: b\r\n c\r\nD: e\n") == {"a": "b c", "d": "e"}


def test_a_field_is_in_utf8_and_otherwise_in_latin_1() -> None:
    assert parse_fields("A: 甲\n".encode() + b"B: \xe9\n") == {"a": "甲", "b": "é"}


def test_a_list_that_is_repeated_very_often_is_read_in_time_that_grows_with_its_length() -> None:
    """Each value added to a string that grows would take minutes."""
    count = 300_000

    fields = parse_fields(b"link: a\n" * count)

    assert len(fields["link"]) == len("a, ") * count - len(", ")


@given(st.lists(st.sampled_from(PIECES)).map(b"".join))
@example(b"")
@example(b"A")
@example(b"A: b\n")
@example(b"Link: a\nLink: b")
def test_plain_fields_are_those_of_the_twin(block: bytes) -> None:
    assert plain_fields(block, LISTS) == twin.plain_fields(block, LISTS)


def test_a_robot_that_one_x_robots_tag_names_is_not_named_by_the_next() -> None:
    fields = parse_fields(b"X-Robots-Tag: otherbot: noindex\r\nX-Robots-Tag: noai\r\n")

    assert list(header_directives(fields)) == [("", "noai")]


@given(
    st.sampled_from(VERSIONS),
    st.lists(st.sampled_from(PIECES)).map(b"".join),
    st.integers(-1, 40) | st.just(1 << 17),
)
@example(b"WARC/1.0\n", b"A: b\r\n\r\nc", 1 << 17)
@example(b"WARC/1.0\n", b"\n", 10)
@example(b"WARC/1.0\n", b"\n", 9)
def test_a_plain_header_is_that_of_the_twin(version: bytes, behind: bytes, most: int) -> None:
    data = version + behind

    assert plain_head(data, most, LISTS) == twin.plain_head(data, most, LISTS)
