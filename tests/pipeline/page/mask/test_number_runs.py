"""Runs of digits, and which of their parts are asked about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.mask.form import Form, FormTable, Limits
from jingyu.pipeline.page.mask.number_runs import Numbers
from tests.support.plain_numbers import plain_numbers


def _form(first: str, *layouts: tuple[int, ...], is_first: bool = False) -> Form:
    return Form(lambda _: None, first, layouts or None, is_first, is_last=is_first)


_FORMS = {
    3: (_form("[0-9]", (3,), (1, 2), (1, 1, 1)),),
    4: (_form("1|2[0-4]?5", is_first=True), _form("[1-3]", (4,), (2, 2))),
    9: (_form("12|[2-9]{2}"),),
    19: (_form("(?:12)?3", is_first=True),),
}
_LIMITS = Limits(most_groups=3, long_run=5, common=frozenset({(3,), (1, 2), (4,)}))
_TABLE = FormTable(_FORMS, _LIMITS)
_TEXTS = st.lists(
    st.sampled_from([*"123459 -.一二零－\u200b中𠮷\ud800", "12", "345", "   ", "12345678901234567"])
).map("".join)

_Asked = tuple[str, tuple[int, ...], tuple[int, ...], tuple[int, int], int]


@given(text=_TEXTS, accepted=st.sets(st.sampled_from(["123", "1234", "345", "2345", "1212"])))
def test_the_same_parts_are_asked_about_as_in_plain_python(text: str, accepted: set[str]) -> None:
    asked: list[_Asked] = []
    plainly_asked: list[_Asked] = []

    def check(to: list[_Asked], *given: object) -> object | None:
        to.append(given)  # type: ignore[arg-type]
        return given if given[0] in accepted else None

    found = _TABLE.numbers.find(text, lambda *given: check(asked, *given))
    plain = plain_numbers(text, _FORMS, _LIMITS, lambda *given: check(plainly_asked, *given))

    assert asked == plainly_asked
    assert found == plain


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("", []),
        ("12", []),
        ("123", ["123"]),
        ("1-2 3", ["123"]),
        ("1---23", ["123"]),
        ("1----23", []),
        ("1，23", []),
        ("一二三", ["123"]),
        ("1\u200b2\u200b3", ["123"]),
        ("9" * 19, []),
        ("3" + "9" * 18, ["3" + "9" * 18]),
        ("3" + "9" * 19, []),
        ("3" * 9 + "-" + "9" * 10, ["3" * 9 + "9" * 10, "3" * 9]),
    ],
)
def test_candidates_are_parts_with_the_digits_of_a_form(text: str, digits: list[str]) -> None:
    asked: list[str] = []

    def check(of: str, *_: object) -> None:
        asked.append(of)

    _TABLE.numbers.find(text, check)

    assert asked == digits


def test_what_a_check_raises_ends_the_search() -> None:
    def check(*_: object) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        _TABLE.numbers.find("123", check)


@pytest.mark.parametrize("form", [(20, 0, False, False, None), (3, 32, False, False, None)])
def test_a_form_of_more_digits_or_patterns_is_refused(
    form: tuple[int, int, bool, bool, bytes | None],
) -> None:
    with pytest.raises(ValueError, match="19 digits"):
        Numbers(bytes(0x10000), bytes(40), bytes(8), (form,), b"", 7, 32)


@pytest.mark.parametrize(
    ("kinds", "following", "matched"),
    [
        (bytes(9), bytes(40), bytes(8)),
        (b"\x0b" * 0x10000, bytes(40), bytes(8)),
        (bytes(0x10000), bytes(39), bytes(8)),
        (bytes(0x10000), bytes(40), bytes(4)),
        (bytes(0x10000), b"\2\0" + bytes(38), bytes(8)),
    ],
)
def test_tables_that_lead_nowhere_are_refused(
    kinds: bytes, following: bytes, matched: bytes
) -> None:
    with pytest.raises(ValueError, match=r"needs a kind|leads to|aligned"):
        Numbers(kinds, following, matched, (), b"", 7, 32)
