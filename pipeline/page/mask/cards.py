"""Bank card numbers."""

import re

from stdnum import luhn

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.pipeline.page.mask.context import Context, before
from jingyu.pipeline.page.mask.form import Form, Named, Number
from jingyu.pipeline.page.mask.span import Span

# Source: ISO/IEC 7812: 62 is UnionPay, whose cards of banks in China have 16 to 19 digits; 4 Visa,
# 51-55 and 22-27 Mastercard, 34 and 37 American Express, 35 JCB, 60 and 65 Discover, 9 national.
_UNION_PAY = lazy_pattern("62[0-9]{14,17}\\Z")
_ISSUER_DIGITS = "4|5[1-5]|2[2-7]|3[4-7]|6[0-9]|9"
_ISSUER = lazy_pattern(_ISSUER_DIGITS)
_NAMED = lazy_pattern(
    "卡号|[银銀]行|[储儲]蓄卡|信用卡|借[记記]卡|工资卡|[账帐帳][号號户戶]|开户|[工建农农招交]行|支行|邮储|打款|汇款|"
    "[转轉][账帐]|收款|退款|付款|银联|绑定|card|visa|master",
    re.IGNORECASE,
)
_OTHERWISE_NAMED = Context(
    "编号|单号|流水号?|订单|运单|快递|条形?码|序列号|编码|代码|批号|(?<![a-z])(?:uid|sku|id|sn|no\\.?)",
    gap=6,
)
_LAYOUTS = {(16,), (19,), (4, 4, 4, 4), (4, 4, 4, 4, 3), (6, 13), (4, 4, 4, 4, 1)}


def card(number: Number) -> Span | None:
    """Checks 14 to 19 digits by Luhn's sum, and by issuer or words on the 48 characters before.

    Without words only UnionPay's ranges count, and others in groups of four.
    """
    digits, layout = number.digits, number.layout
    if number.left is not None or number.right is not None or not luhn.is_valid(digits):
        return None
    if len(set(digits)) < 4 or not _ISSUER.match(digits):  # noqa: PLR2004 (0000 0000 …)
        return None
    left = before(number.text, number.start)
    is_grouped = len(layout) > 1 and layout in _LAYOUTS
    has_issuer = is_grouped or (_UNION_PAY.match(digits) is not None and layout in _LAYOUTS)
    if not _NAMED.search(left) and (not has_issuer or not _stands_alone(number, left)):
        return None
    return Span(number.start, number.end, "bank_card", digits)


def _stands_alone(number: Number, left: str) -> bool:
    around = number.text[number.start - 1 : number.start] + number.text[number.end :][:1]
    is_apart = not re.search("[A-Za-z0-9_/=.&]", around)
    return is_apart and not _OTHERWISE_NAMED.search(left)


_FORM = Form(card, _ISSUER_DIGITS, is_first=True, is_last=True)
_UNION_PAY_FORM = Form(card, "62", _LAYOUTS, is_first=True, is_last=True)
_CARD = Named(_FORM, ("card", "visa", "master"), _UNION_PAY_FORM)
FORMS: dict[int, Named] = dict.fromkeys(range(14, 20), _CARD)
_GROUPED = _FORM._replace(layouts=frozenset(layout for layout in _LAYOUTS if len(layout) > 1))
GROUPED_FORMS: dict[int, Named] = dict.fromkeys(range(14, 20), Named(_GROUPED, (), _GROUPED))
