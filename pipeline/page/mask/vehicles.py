"""Number plates and vehicle identification numbers."""

import re
from collections.abc import Iterator

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.pipeline.page.mask.context import before
from jingyu.pipeline.page.mask.first_look import words_of
from jingyu.pipeline.page.mask.span import Span

_PROVINCES = (
    "京津沪滬渝冀豫云雲辽遼黑湘皖鲁魯新苏蘇浙赣贛鄂桂甘晋晉蒙陕陝吉闽閩贵貴粤粵青藏川宁寧琼瓊"
)
_A = "A-HJ-NP-Z"
_PLATE = lazy_pattern(
    f"[{_PROVINCES}](?P<area>[{_A}])(?P<dot>[ ]?[·•・.‧∙●-][ ]?| )?(?P<number>"
    f"[A-HJK][{_A}0-9][0-9]{{4}}(?![{_A}0-9])|[0-9]{{5}}[A-HJK](?![{_A}0-9])"
    f"|[{_A}0-9]{{5}}(?![A-Za-z0-9])|[{_A}0-9]{{4}}[挂掛学學警港澳领領超试])"
)
_PLATE_HINT = lazy_pattern(
    rb"[A-HJ-NP-Z][ .-]{0,3}(?=[A-HJ-NP-Z]{0,3}[0-9][A-HJ-NP-Z]{0,3}[0-9])[A-HJ-NP-Z0-9]{4}"
)
_NAMED = lazy_pattern(
    "车牌|車牌|牌照|号牌|车号|牌号|轿车|货车|客车|汽车|驾驶|驾车|司机|车主|面包车|电动车|越野车|SUV|肇事|停放|"
    "挂车|半挂|尾号|开着|小车|大众|奔驰|宝马|奥迪|丰田|本田|别克|比亚迪|特斯拉"
)
# Words of other things that end in the name of a province: 新GB2312, 云S3.
_OFTEN_WORDS = frozenset("新云雲青藏")
_MIN_DIGITS, _MANY_DIGITS = 2, 4

_VIN = lazy_pattern("[A-HJ-NPR-Za-hj-npr-z0-9]{13}[0-9]{4}")
_VIN_NAMED = lazy_pattern(
    "车架号|车辆识别|识别代[号码]|大架号|底盘号|(?<![A-Za-z])VIN(?![A-Za-z])", re.IGNORECASE
)
# Source: ISO 3779, GB 16735: values of letters and weights of places; the ninth is the check.
_VIN_VALUES = {
    c: int(d)
    for c, d in zip(
        "ABCDEFGHJKLMNPRSTUVWXYZ0123456789", "123456781234579234567890123456789", strict=True
    )
}
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def may_hold_plates(text: str, ascii_only: bytes) -> bool:
    """Returns whether a text, given also its ASCII characters, may hold number plates."""
    return _PLATE_HINT.search(ascii_only) is not None and _PLATE.search(text) is not None


def plates(text: str) -> Iterator[Span]:
    """Yields number plates, of new energy vehicles too.

    After 新 and other characters that are words, a plate without a dot needs a word such as 车牌.

    Source: GA 36 (form; letters I and O are not used; new energy: six places, a letter at either
    end, A to K since 2023).
    """
    for found in _PLATE.finditer(text):
        number = found["number"]
        if sum(map(str.isdigit, number)) < _MIN_DIGITS:
            continue
        is_doubtful = not found["dot"] or not found["dot"].strip() or found["dot"].strip() in ".-"
        is_clear = found[0][0] != "新" and sum(map(str.isdigit, number)) >= _MANY_DIGITS
        if is_doubtful and found[0][0] in _OFTEN_WORDS and not is_clear:
            around = before(text, found.start(), 40) + text[found.end() :][:16]
            if not _NAMED.search(around):
                continue
        value = found[0][0] + found["area"] + number
        yield Span(found.start(), found.end(), "plate", value)


def vins(text: str) -> Iterator[Span]:
    """Yields vehicle identification numbers of which the check digit is right.

    Those of vehicles made in China (L first) need no word such as 车架号.
    """
    for start in words_of(text, len(_VIN_WEIGHTS)):
        found = _VIN.match(text, start)
        if not found:
            continue
        written = found[0]
        number = written.upper()
        if number.isdigit() or not _has_vin_check(number):
            continue
        is_chinese = number[0] == "L" and number[1:3].isalpha() and written.isupper()
        if is_chinese or _VIN_NAMED.search(before(text, start, 24)):
            yield Span(start, found.end(), "vin", number)


def _has_vin_check(number: str) -> bool:
    total = sum(_VIN_VALUES[c] * w for c, w in zip(number, _VIN_WEIGHTS, strict=True))
    return number[8] == "0123456789X"[total % 11]
