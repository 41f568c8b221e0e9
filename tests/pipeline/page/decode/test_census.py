import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.page.decode.census import count, escaped_han, without_ascii
from jingyu.pipeline.page.decode.plausibility import impression
from tests.support import plain_looks

PIECES = [
    *(b"a", b"<br>", b" " * 7, b"0" * 8, b" " * 16, b"x" * 61, b"\x80", b"\xff", b"\xe4\xb8"),
    *("中".encode(), "é".encode(), "𠮷".encode(), "\ufffd".encode(), b"\xed\xa0\x80", b"\xc1\xbf"),
    *(b"\0", b"~", b"{", b"~{"),
    *("中文".encode("gb18030"), "㐀".encode("gb18030"), "許功蓋".encode("big5hkscs")),
    *("中文".encode().decode("cp1252").encode(), b"\xc3\xa4\xc2", b"\xc3", b"\xc3\xa9"),
    *(
        b"&",
        b"#",
        b"&#",
        b"&#x",
        b"&#20013;",
        b"&#x4E2d",
        b"&#x20BB7;",
        b"&#1234567",
        b"4e2d",
        b"9",
    ),
]
ESCAPES = [
    *(b"\\u4e2d", b"\\u9FFF", b"\\ua000", b"\\u3400", b"\\u33ff", b"\\\\u4e00", b"\\u4e0"),
    *(b"\\", b"u", b"4", b"e", b"G", b"\\u", b"\\U4e2d", "中".encode()),
]
PAGES = st.lists(st.sampled_from(PIECES) | st.binary(max_size=5), max_size=60).map(b"".join)


@settings(max_examples=500)
@given(PAGES)
def test_any_page_is_counted_as_numpy_counts_it(page: bytes) -> None:
    assert count(page) == plain_looks.count(page)
    assert without_ascii(page) == plain_looks.without_ascii(page)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(ESCAPES), max_size=20).map(b"".join))
def test_escaped_han_are_counted_as_an_expression_counts_them(page: bytes) -> None:
    assert escaped_han(page) == plain_looks.escaped_han(page)


def test_long_pages_are_counted_as_numpy_counts_them() -> None:
    choose = random.Random(0)

    for size in range(300):
        page = b"".join(choose.choices(PIECES, k=size))
        assert count(page) == plain_looks.count(page)
        assert without_ascii(page) == plain_looks.without_ascii(page)


@pytest.mark.parametrize("place", range(60, 70))
@pytest.mark.parametrize("piece", ["中".encode(), "𠮷".encode(), b"&#x4e2d", b"\xc3\xa4\xc2"])
@pytest.mark.parametrize("behind", [0, 1, 200])
def test_what_lies_across_two_blocks_counts_once(place: int, piece: bytes, behind: int) -> None:
    counted = count(b" " * place + piece + b" " * behind)

    assert counted == count(piece)
    assert sum(counted) > 0


@given(PAGES, st.sampled_from(["utf-8", "gb18030", "big5hkscs"]))
def test_what_is_beyond_ascii_reads_the_same_without_the_ascii(payload: bytes, codec: str) -> None:
    fewer = without_ascii(payload)

    assert impression(fewer.decode(codec, "replace")) == impression(
        payload.decode(codec, "replace")
    )
    assert len(fewer) <= len(payload)


def test_long_stretches_of_ascii_are_left_out() -> None:
    payload = b"x" * 1000 + "中".encode() + b"x" * 1000

    assert len(without_ascii(payload)) < 40


@pytest.mark.parametrize("payload", ["<p>", None, 1])
def test_what_is_no_page_is_refused(payload: object) -> None:
    for function in (count, without_ascii):
        with pytest.raises(TypeError, match="bytes-like"):
            function(payload)  # type: ignore[arg-type]
