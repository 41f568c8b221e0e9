"""Numbers of mainland identity cards: residents', and foreigners' with permanent residence."""

import datetime as dt

from stdnum.cn import ric, uscc

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.pipeline.page.mask.context import Context, before
from jingyu.pipeline.page.mask.folding import JOINT
from jingyu.pipeline.page.mask.form import Form, Named, Number
from jingyu.pipeline.page.mask.span import Span

_PROVINCE = "1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]"
_AREA_DIGITS = f"{_PROVINCE}|71|8[1-3]|9(?:{_PROVINCE})[0-9]{{3}}"
_AREA = lazy_pattern(_AREA_DIGITS)
# Fixed, so that a text is masked alike on any day: the first cards are of 1984, when the oldest
# holders were born in the 1880s.
_LAST_BIRTH = dt.date(2035, 12, 31)
_FIRST_BIRTH = dt.date(1880, 1, 1)
_NAMED = Context(
    "身[份分][证證]|(?<![a-z_])id_?(?:card|no)|shenfenzheng|sfz|身份号码|永久居留|永居|驾驶证|居住证"
)
_CREDIT_CODE = Context("信用代[码碼]|税号|纳税人识别号")
_TAIL = lazy_pattern(f"[{JOINT}]{{0,3}}[Xx]")


def card(number: Number) -> Span | None:
    """Checks 18 digits, or 17 and an X.

    Area, date of birth and check digit together need no context; less than that does. One true
    number in 31 also passes the check of a credit code, which is public; a number that passes both
    is a code only after a word such as 信用代码, or if it is a foreigner's, for these begin as the
    codes of companies do.

    Source: GB 11643 (resident IDs, residence permits of Hong Kong, Macau and Taiwan residents);
    National Immigration Administration, cards of 2023 (foreigners: 9, province, country);
    GB 32100 (credit codes). Areas are provinces: a table of counties by year refuses those whose
    county was renamed between birth and issue.
    """
    digits, end = number.digits, number.end
    if len(digits) == 17:  # noqa: PLR2004 (and an X: the 18 of the standard)
        tail = None if number.right else _TAIL.match(number.text, end)
        if not tail:
            return None
        digits, end = f"{digits}X", tail.end()
    if digits[0] == "0":
        return None
    left = before(number.text, number.start)
    is_foreign = digits[0] == "9"
    if _has_area_and_birth(digits) and ric.calc_check_digit(digits) == digits[-1]:
        is_code = is_foreign or _CREDIT_CODE.search(left)
        is_id = not (is_code and uscc.is_valid(digits))
    else:
        is_id = _NAMED.search(left) is not None and not uscc.is_valid(digits)
    kind = "foreign_id" if is_foreign else "resident_id"
    return Span(number.start, end, kind, digits) if is_id else None


def old_card(number: Number) -> Span | None:
    """Checks the 15 digits of cards before 1999, which have no check digit: they need a word."""
    digits = number.digits
    is_id = _has_area_and_birth(f"{digits[:6]}19{digits[6:]}") and _NAMED.search(
        before(number.text, number.start)
    )
    return Span(number.start, number.end, "resident_id", digits) if is_id else None


def _has_area_and_birth(digits: str) -> bool:
    if not _AREA.match(digits):
        return False
    try:
        born = dt.date.fromisoformat(digits[6:14])
    except ValueError:
        return False
    return _FIRST_BIRTH <= born <= _LAST_BIRTH


_WORDS = ("idcard", "id_card", "idno", "id_no", "shenfenzheng", "sfz")
_BORN = (
    f"(?:(?:{_PROVINCE}|71|8[1-3])[0-9]{{4}}|9(?:{_PROVINCE})[0-9]{{3}})"
    "(?:18[89]|19[0-9]|20[0-3])[0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
)
_CARD = Named(Form(card, "[1-9]"), _WORDS, Form(card, _BORN))
FORMS: dict[int, Named] = {
    15: Named(Form(old_card, _AREA_DIGITS), _WORDS, None),
    17: _CARD,
    18: _CARD,
}
