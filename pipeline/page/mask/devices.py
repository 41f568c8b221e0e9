"""Numbers of mobile devices."""

import re

from stdnum import imei

from jingyu.pipeline.page.mask.context import Context, before
from jingyu.pipeline.page.mask.form import Form, Named, Number
from jingyu.pipeline.page.mask.span import Span

_NAMED = Context("imei ?[12]?|串[号码]|[识識][别別][码碼]|移动设备|设备(?:号|编号|码|id)", gap=16)
# At most five in a list, so that a text is masked in few passes.
_LISTED = re.compile(r"(?<!\][/、,，;；])(?:\[设备号[0-9]*\][/、,，;；]){1,4}\Z")


def device(number: Number) -> Span | None:
    """Checks the 15 digits of an IMEI by Luhn's sum; it needs a word such as 串号.

    Source: 3GPP TS 23.003, section 6.
    """
    left = before(number.text, number.start)
    is_named = _NAMED.search(left) or _LISTED.search(left)
    if not is_named or not imei.is_valid(number.digits):
        return None
    return Span(number.start, number.end, "imei", number.digits)


FORMS: dict[int, Named] = {15: Named(Form(device, "[0-9]"), ("imei",), None)}
