import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.plausibility import impression
from pipeline.text.utf8 import Sequences, high_byte_count, is_mostly_lost, sequences, without_ascii

PIECES = st.sampled_from(
    [
        *(b"a", b"<br>", b" " * 7, b"0" * 8, b" " * 16, b"\x80", b"\xff", b"\xe4\xb8"),
        *("中".encode(), "é".encode(), "𠮷".encode(), "\ufffd".encode()),
        *("中文".encode("gb18030"), "㐀".encode("gb18030"), "許功蓋".encode("big5hkscs")),
    ]
)
PAGES = st.lists(PIECES | st.binary(max_size=5), max_size=30).map(b"".join)


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


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (b"", (0, 0, 0)),
        (b"a", (0, 0, 0)),
        ("é".encode(), (1, 0, 0)),
        ("中".encode(), (0, 1, 0)),
        ("𠮷".encode(), (0, 0, 1)),
        ("aé中𠮷b".encode(), (1, 1, 1)),
        (b"\xc1\x80\xe0\x80a\xf5\x80\x80\x80\xc2", (0, 0, 0)),
    ],
)
def test_characters_are_counted_by_their_length(
    payload: bytes, expected: tuple[int, int, int]
) -> None:
    assert sequences(np.frombuffer(payload, np.uint8)) == Sequences(*expected)


@given(PAGES)
def test_no_character_is_missed(payload: bytes) -> None:
    data = np.frombuffer(payload, np.uint8)
    found = sequences(data)
    kept = payload.decode("utf-8", "ignore")

    assert found.two >= sum("\x80" <= character < "\u0800" for character in kept)
    assert found.three >= sum("\u0800" <= character < "\U00010000" for character in kept)
    assert found.four >= sum(character >= "\U00010000" for character in kept)
    assert high_byte_count(data) == sum(byte >= 0x80 for byte in payload)


@given(PAGES, st.sampled_from([0.0, 0.2, 0.5]))
def test_what_is_called_mostly_lost_is_lost_indeed(payload: bytes, most_lost: float) -> None:
    seen = impression(payload.decode("utf-8", "replace"))

    if is_mostly_lost(payload, most_lost):
        assert seen.lost > most_lost * seen.beyond_ascii


def test_chinese_in_gb18030_is_mostly_lost_and_in_utf_8_it_is_not() -> None:
    text = "网页由标签和文字组成，编码各不相同。" * 20

    assert is_mostly_lost(text.encode("gb18030"), 0.2)
    assert not is_mostly_lost(text.encode(), 0.2)
    assert not is_mostly_lost(b"", 0.2)
