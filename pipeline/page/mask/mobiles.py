"""Mobile phone numbers."""

from collections.abc import Iterator

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.pipeline.page.mask.context import Context, before
from jingyu.pipeline.page.mask.first_look import words_of
from jingyu.pipeline.page.mask.form import Form, Named, Number
from jingyu.pipeline.page.mask.span import Span

_LENGTH = 11
_SHAPE = lazy_pattern("1[3-9]")
_SEGMENT_DIGITS = "1(?:[38][0-9]|4[579]|5[0-35-9]|6[2567]|7[0-8]|9[0-35-9])"
_SEGMENT = lazy_pattern(_SEGMENT_DIGITS)
_PREFIX = lazy_pattern("(?:00)?86(?=1[3-9][0-9]{9}\\Z)|0(?=1[3-9][0-9]{9}\\Z)")
_COUNTRY = lazy_pattern(r"(?P<sign>[(（]?\+|[(（](?:00)?|(?<![0-9])00|(?<![0-9]))86[)）]?[ -]?\Z")
_SIGN = lazy_pattern(r"[(（]?\+\Z")
_NAMED = Context(
    "[电電][话話]|手[机機]|[联聯][系繫络絡]|[热熱][线線]|致[电電]|[拨撥]打|咨[询詢]|客服|微信|短信|"
    "(?<![a-z])(?:tel|mobile|phone|cell|contact|call|whatsapp|wechat|wx|vx)"
)
_OTHERWISE_NAMED = Context(
    "第(?=\\Z)|编号|[货单批款型]号|流水号?|订单|运单|快递|条形?码|序列号|编码|代码|版本|案号|档案号?|证书号?|主键|"
    "[￥¥$€]|金额|余额|价格|合计|(?<![a-z])(?:uid|sku|isbn|issn|doi|no|id|sn|ean|upc)",
    gap=3,
)
_MEASURED = lazy_pattern(" ?(?:[万亿元吨票股]|美元|公里|字节|[kKMG]?[bB](?![A-Za-z]))")
# Groups that people part a number into.
_LAYOUTS = {(11,), (3, 4, 4), (3, 8)}
_NORTH_AMERICA = {(1, 3, 3, 4), (1, 3, 7)}
_DASHED_LAYOUTS = {(7, 4), (3, 4, 2, 2), (3, 3, 5), (4, 4, 3)}
_NEXT = lazy_pattern(r"[ -]{1,3}(?:\+?(?:00)?86[ -]?)?(?:1[3-9]|[0-9]{12})")
_LETTER = lazy_pattern("[A-Za-z]")


def mobile(number: Number) -> Span | None:
    """Checks 11 digits, with or without the country code.

    Assigned segments need no context unless the number looks like a part of a longer one, stands
    in unusual groups, or is called something else.

    Source: Chinese entry of libphonenumber's metadata; VincentSit/ChinaMobilePhoneNumberRegex.
    """
    prefix = _PREFIX.match(number.digits)
    digits = number.digits[prefix.end() :] if prefix else number.digits
    if len(digits) != _LENGTH or not _SHAPE.match(digits) or number.layout in _NORTH_AMERICA:
        return None
    left = before(number.text, number.start)
    sign = (_SIGN if prefix else _COUNTRY).search(left) if prefix or "86" in left else None
    if sign:
        left = left[: sign.start()]
    has_sign = sign is not None and (prefix is not None or bool(sign["sign"]))
    if not (has_sign or _stands_alone(number, digits, left) or _NAMED.search(left)):
        return None
    start = number.start - (len(sign[0]) if sign else 0)
    return Span(start, number.end, "mobile", digits)


def _stands_alone(number: Number, digits: str, left: str) -> bool:
    right = number.text[number.end : number.end + 24]
    if _LETTER.match(left[-1:]) or _LETTER.match(right) or not _SEGMENT.match(digits):
        return False
    if not _is_parted(number, right) or not _is_usual(number, len(number.digits) - _LENGTH):
        return False
    return not _MEASURED.match(right) and not _OTHERWISE_NAMED.search(left)


def _is_parted(number: Number, right: str) -> bool:
    is_grouped = len(number.layout) > 1
    if number.left is not None and (is_grouped or number.left.strip(" ") or not number.left):
        return False
    if number.right is None or _NEXT.match(right):
        return True
    return not is_grouped and number.right != "" and "." not in number.right


def _is_usual(number: Number, prefix_length: int) -> bool:
    first, *rest = number.layout
    layout = (first - prefix_length, *rest)
    if not layout[0]:
        layout = layout[1:]
        if "." in number.joints:
            return False
    if number.joints <= {""}:
        return True
    is_digit_by_digit = layout == (1,) * _LENGTH and len(number.joints) == 1
    is_dashed = layout in _DASHED_LAYOUTS and number.joints == {"-"}
    return layout in _LAYOUTS or is_digit_by_digit or is_dashed


_ALIKE = str.maketrans("lIoO", "1100")
_DISGUISED = lazy_pattern(
    # Not in paths of drawings and of addresses.
    "(?<![0-9A-Za-z./_-])(?=[1lI][3-9])(?=[0-9]*[lIoO])[0-9lIoO]{11}(?![0-9A-Za-z/_-]|[.][0-9])"
)
_MIN_DIGITS = 8


def may_hold_disguised(text: str) -> bool:
    """Returns whether a text has a letter that may stand for a digit."""
    return any(map(text.__contains__, "lIoO"))


def disguised_mobiles(text: str) -> Iterator[Span]:
    """Yields numbers in which l, I, o and O stand for digits, eight others among them at least."""
    for start in words_of(text, _LENGTH):
        found = _DISGUISED.match(text, start)
        if not found:
            continue
        digits = found[0].translate(_ALIKE)
        real = sum(map(str.isdigit, found[0]))
        left = before(text, start)
        if real >= _MIN_DIGITS and _SEGMENT.match(digits) and not _OTHERWISE_NAMED.search(left):
            yield Span(start, found.end(), "mobile", digits)


# Words, and signs before the country code.
_WORDS = (
    *("tel", "mobile", "phone", "cell", "contact", "call", "whatsapp", "wechat", "wx", "vx"),
    *("+", "(86", "(0086", "0086"),
)
_WHOLE_LAYOUTS = {(_LENGTH,), *_LAYOUTS, *_DASHED_LAYOUTS, (1,) * _LENGTH}
_UNNAMED_LAYOUTS = {
    layout
    for first, *rest in _WHOLE_LAYOUTS
    for prefix in (0, 1, 2, 4)
    for layout in ((prefix + first, *rest), (prefix, first, *rest))
}
_FORM = Form(mobile, "(?:(?:00)?86|0)?1[3-9]")
_UNNAMED = Form(mobile, f"(?:(?:00)?86|0)?{_SEGMENT_DIGITS}", _UNNAMED_LAYOUTS)
FORMS: dict[int, Named] = dict.fromkeys((11, 12, 13, 15), Named(_FORM, _WORDS, _UNNAMED))
