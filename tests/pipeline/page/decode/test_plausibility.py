import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.decode.kinds import count_units
from jingyu.pipeline.page.decode.plausibility import familiar_characters, impression
from tests.support import plain_looks

TEXT = "据新华社报道，今年前三季度全国居民人均可支配收入稳步增长，市场信心持续恢复。" * 3

CHARACTERS = st.sampled_from("aé的镕𠮷\ue000\ufffd\x80\ud800\udfff") | st.characters(
    categories=None
)


@given(st.text(CHARACTERS) | st.text(st.characters(max_codepoint=0xFF)))
def test_units_are_counted_by_their_kinds_as_numpy_counts_them(text: str) -> None:
    kinds = bytes(unit * 7 % 8 for unit in range(1 << 16))

    assert count_units(text, kinds) == plain_looks.count_units(text, kinds)


@pytest.mark.parametrize(
    ("text", "kinds", "error"),
    [
        ("的", b"", ValueError),
        ("的", bytes((1 << 16) - 1), ValueError),
        ("的", "", TypeError),
        (b"", bytes(1 << 16), TypeError),
    ],
)
def test_kinds_of_what_is_no_text_or_of_other_units_are_refused(
    text: object, kinds: object, error: type[Exception]
) -> None:
    with pytest.raises(error):
        count_units(text, kinds)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "field", "count"),
    [
        ("", "beyond_ascii", 0),
        ("abc", "beyond_ascii", 0),
        ("aé中", "beyond_ascii", 2),
        ("𠮷", "beyond_ascii", 2),
        ("的，镕é", "chinese", 3),
        ("的，镕é", "familiar", 2),
        ("a\ufffd\ufffd", "lost", 2),
        ("\ue000\uf8ff", "private", 2),
        ("\x80\x9f\xa0", "control", 2),
        ("\ud800", "beyond_ascii", 1),
    ],
)
def test_an_impression_counts_kinds_of_characters(text: str, field: str, count: int) -> None:
    assert getattr(impression(text), field) == count


def test_chinese_that_was_read_rightly_is_chinese() -> None:
    assert impression(TEXT).is_chinese


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("gb18030", "big5hkscs"),
        ("gb18030", "euc_kr"),
        ("gb18030", "cp1252"),
        ("gb18030", "utf-8"),
        ("utf-8", "gb18030"),
        ("utf-8", "big5hkscs"),
    ],
)
def test_chinese_that_was_read_wrongly_is_not(written: str, read: str) -> None:
    assert not impression(TEXT.encode(written).decode(read, "replace")).is_chinese


@pytest.mark.parametrize(("length", "is_chinese"), [(19, False), (20, True)])
def test_few_characters_leave_a_doubt(length: int, is_chinese: bool) -> None:
    assert impression(TEXT[:length]).is_chinese == is_chinese


@given(st.text())
def test_strangeness_lies_between_nothing_and_three(text: str) -> None:
    assert 0 <= impression(text).strangeness <= 3


def test_characters_are_familiar_in_both_scripts() -> None:
    familiar = familiar_characters()

    assert set(opencc.OpenCC("s2t").convert(familiar)) <= set(familiar)
