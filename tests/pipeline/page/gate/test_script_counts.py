import html
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.page.gate.script_counts import count_scripts
from tests.support import plain_looks

PIECES = [
    *("中", "鿿", "ꀀ", "㐀", "𠮷", "\U000323ff", "\U00032400", "😀", "あ", "ヶ", "ヺ", "・", "한"),
    *("a", "Z", "é", "×", "Ω", "\u1fff", "\u2000", " ", ";", "&", "#", "x", "1", "=", "\x00", "<"),
    *("&nbsp;", "&amp;", "&sup2;", "&there4;", "&ampa", "&nbsp", "&notit;", "&copy中", "&lt", "&a"),
    *("&CounterClockwiseContourIntegral;", "&Eacuteabcdefghijklmnopqrstuvwxyzabcdefghij;"),
    *("&#", "&#x", "&#20013;", "&#x4e2d", "&#X3042;", "&#65", "&#0;", "&#13;", "&#128;", "&#x9f"),
    *("&#xd800;", "&#xfdd0;", "&#x110000;", "&#134071;", "&#000000065;", "&#99999999999"),
]
ODD = [b"\x80", b"\xc1\x81", b"\xe4\xb8", b"\xed\xa0\x80", b"\xe0\x80\x80", b"\xf4\x90\x80\x80"]
WHOLE = [piece.encode() for piece in PIECES]
TEXTS = st.lists(st.sampled_from(WHOLE + ODD) | st.binary(max_size=4), max_size=40).map(b"".join)


@settings(max_examples=1000)
@given(TEXTS)
def test_any_text_is_tallied_as_numpy_tallies_it(text: bytes) -> None:
    assert count_scripts(text, html.unescape) == plain_looks.count_scripts(text)


def test_long_texts_are_tallied_as_numpy_tallies_them() -> None:
    choose = random.Random(0)

    for _ in range(50):
        text = b"".join(choose.choices(WHOLE + ODD, k=2000))
        assert count_scripts(text, html.unescape) == plain_looks.count_scripts(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (0, 0, 0)),
        ("中文 and あいう, слово", (2, 3, 2)),
        ("don't", (0, 0, 2)),
        ("a&nbsp;b", (0, 0, 2)),
        ("caf&eacute;s", (0, 0, 2)),
        ("caf&#233;s", (0, 0, 1)),
        ("&#20013;&#x4e2d&#12354;", (2, 1, 0)),
        ("&copy=1", (0, 0, 1)),
        ("&copy=1&#20013;", (1, 0, 0)),
    ],
)
def test_words_are_what_stands_between_all_that_is_no_letter(
    text: str, expected: tuple[int, int, int]
) -> None:
    assert count_scripts(text.encode(), html.unescape) == expected


@pytest.mark.parametrize("text", ["中文", None, 1])
def test_what_is_no_text_of_bytes_is_refused(text: object) -> None:
    with pytest.raises(TypeError, match="bytes-like"):
        count_scripts(text, html.unescape)  # type: ignore[arg-type]


def test_what_is_unescaped_must_be_text() -> None:
    with pytest.raises(TypeError, match="what is unescaped is a str"):
        count_scripts(b"&#128;", lambda _: None)  # type: ignore[arg-type, return-value]


def test_an_error_of_what_unescapes_is_passed_on() -> None:
    with pytest.raises(ValueError, match="limit"):
        count_scripts(b"&#" + b"1" * 5000, html.unescape)
