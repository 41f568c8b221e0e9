import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.decode.plausibility import impression
from jingyu.pipeline.page.decode.utf8 import census, is_mostly_lost
from tests.pipeline.page.decode.test_census import PAGES


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
    found = census(payload)

    assert (found.two, found.three, found.four) == expected


@pytest.mark.parametrize(
    ("payload", "field", "expected"),
    [
        ("aé中".encode(), "high", 5),
        ("㿿䀀中鿿ꀀ".encode(), "leads", 3),
        ("é中ü".encode(), "letters", 2),
        ("中文é ä€".encode().decode("cp1252", "ignore").encode(), "leads_twice", 2),
        (b"&#; &#x &#1; & #", "references", 3),
        (b"&#13311;&#13312;&#40959;&#40960;", "named_han", 2),
        (b"&#x33ff;&#X3400&#x9fFF;&#xa000;", "named_han", 2),
        (b"&#131071;&#131072;&#x323ff;&#x32400;", "named_han", 2),
        (b"", "has_zero", False),
        (b"a", "has_zero", False),
        (b"a\0", "has_zero", True),
        (b"\0" + b"a" * 200, "has_zero", True),
        (b"~ {~", "has_hz", False),
        (b" " * 63 + b"~{", "has_hz", True),
        (b"&#4e2d;&#xg4e2d;&#020013;&#x04e2d;&#1340711", "named_han", 3),
    ],
)
def test_each_count_is_of_what_it_says(payload: bytes, field: str, expected: int) -> None:
    assert getattr(census(payload), field) == expected


@given(PAGES)
def test_no_character_is_missed(payload: bytes) -> None:
    found = census(payload)
    kept = payload.decode("utf-8", "ignore")

    assert found.two >= sum("\x80" <= character < "\u0800" for character in kept)
    assert found.three >= sum("\u0800" <= character < "\U00010000" for character in kept)
    assert found.four >= sum(character >= "\U00010000" for character in kept)
    assert found.high == sum(byte >= 0x80 for byte in payload)


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
