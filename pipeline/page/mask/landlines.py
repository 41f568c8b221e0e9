"""Landline numbers of people; those of institutions stay."""

import itertools

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.pipeline.page.mask.context import Context, before
from jingyu.pipeline.page.mask.form import Form, Named, Number
from jingyu.pipeline.page.mask.span import Span

_AREA = "10|2[0-57-9]|[3-9][0-9]{2}"
_LOCAL = lazy_pattern("[2-8][0-9]{6,7}\\Z")
_NATIONAL = lazy_pattern(f"(?:(?:(?:00)?86)0?|0)(?P<area>{_AREA})(?P<local>[2-8][0-9]{{6,7}})\\Z")
_BRACKETED = lazy_pattern(rf"(?:\+?(?:00)?86[ -]?)?[(（](?:\+?86[ -]?)?0(?:{_AREA})[)）][ -]?\Z")
_SIGN = lazy_pattern(r"(?:[(（]?\+|(?:\+|(?<![0-9])00)86[)）][ -]?)\Z")
_PHONE = Context(
    "[电電][话話]|座机|固话|宅电|[联聯][系繫络絡]方式|致[电電]|[拨撥]打|传真|"
    "(?<![a-z])(?:tel|phone|fax)",
    gap=6,
)
_LOCAL_NAMED = Context("[电電][话話]|座机|固话|宅电|(?<![a-z])tel(?:ephone)?", gap=4)
# At most five in a list, so that a text is masked in few passes.
_LISTED = lazy_pattern(r"(?<!\][/、,，;；])(?:\[座机号[0-9]*\][/、,，;；]){1,4}\Z")
_LAYOUTS = {(7,), (8,), (4, 4), (3, 4)}
_SERVICES = {"400", "800"}
_MAX_EXTENSION = 4
_LETTER = lazy_pattern("[A-Za-z0-9]")
_JOINTS = {"-", " ", " - ", "--"}
_MEASURED = lazy_pattern(" ?(?:[万亿元吨人次个]|美元|公里)")

_PERSONAL = lazy_pattern(
    "[家宅]里?的?[电電]|家庭|住宅|本人|家属|家长|家人|[父母]亲|爸|妈|妻|丈夫|我的?(?:座机|固话|电话)"
)
_INSTITUTION = lazy_pattern(
    "[局厅委办院署部处科所站队社馆店]|政府|大学|学校|小学|中学|幼儿园|[学协商]会|中心|银行|公司|集团|"
    "酒店|宾馆|热线|咨询|监督|举报|投诉|报名|值班|公[示告众]|官[方网]|客服|服务|前台|总机|传真|招[生聘标商]|"
    "采购|预[订约定]|订[票房餐]|售[后前]|销售|编辑|投稿|广告|商务|合作|邮编|网[址站页]|主编|景区|门诊|供应|商品|[工厂]厂|型号|价格|受理|会务|参会|附件|报价|店主|批发|订购|"
    "(?i:fax|hotel|ltd|company|office|travel|tour|hospital|universit|airlin|sales|marketing|www\\.|https?:|QQ群)"
)
# Such words count in the sentences before, too.
_NOTICE = lazy_pattern(
    "公[示告]|通知|报名|报送|申报|[^，。\n]{2}[局厅委办](?![公理法])|政府|公司|中心|大学|医院|酒店|学校|招聘|服务|咨询|读者|"
    "厂家|机器|总台|官网|下载|设备|单位|(?i:app)"
)
_AFTER_ANOTHER = lazy_pattern("[0-9]{7} ?[/、,，] ?\\Z")
_NOTICE_REACH = 90
_SENTENCES = lazy_pattern("[。！!？?]")
_PERSONAL_REACH, _INSTITUTION_REACH = 16, 60


def landline(number: Number) -> Span | None:
    """Checks 7 to 18 digits: an area code and a local number, apart, in brackets or named.

    A local number alone needs a word such as 座机. Numbers of institutions stay: those that have
    a word such as 局, 公司 or 热线 in their sentence, or one such as 公示 within 90 characters
    before, unless a word such as 家庭 stands there.

    Source: numbering plan of the Ministry of Industry and Information Technology. Local numbers
    begin with 2 to 8: 1 and 9 begin service numbers, 400 and 800 numbers are businesses'.
    """
    text = number.text
    start = _start(number)
    if start is None or _LETTER.match(text[start - 1 : start]) or _MEASURED.match(text, number.end):
        return None
    if _is_institutional(text, start, number.end):
        return None
    return Span(start, number.end, "landline", number.digits)


def _is_institutional(text: str, start: int, end: int) -> bool:
    if _PERSONAL.search(before(text, start, _PERSONAL_REACH)):
        return False
    left = _SENTENCES.split(before(text, start, _INSTITUTION_REACH))[-1]
    right = _SENTENCES.split(text[end : end + _INSTITUTION_REACH])[0]
    if _INSTITUTION.search(left) or _INSTITUTION.search(right) or _AFTER_ANOTHER.search(left):
        return True
    return _NOTICE.search(before(text, start, _NOTICE_REACH)) is not None


def _start(number: Number) -> int | None:
    """Returns where the number starts, sign and bracketed area code included."""
    if number.left is not None or "." in (number.right or ""):
        return None
    if not _LOCAL.match(number.digits):
        return _national_start(number)
    left = before(number.text, number.start)
    found = _BRACKETED.search(left)
    is_bare = number.right is None and number.digits[:3] not in _SERVICES
    if number.layout not in _LAYOUTS or (not found and not is_bare):
        return None
    if not found and not _LOCAL_NAMED.search(left) and not _LISTED.search(left):
        return None
    return number.start - (len(found[0]) if found else 0)


def _national_start(number: Number) -> int | None:
    """Returns where a number with area code starts; dots in it, or no joint, need a word before."""
    digits, layout = number.digits, number.layout
    national = _NATIONAL.match(digits)
    has_extension = not national and len(layout) > 1 and layout[-1] <= _MAX_EXTENSION
    if has_extension:
        national = _NATIONAL.match(digits[: -layout[-1]])
    if not national:
        return None
    left = before(number.text, number.start)
    sign = _SIGN.search(left)
    if sign and sign[0][-1] == "+" and not digits.startswith("86"):
        sign = None
    ends = list(itertools.accumulate(layout))
    has_area_apart = national.end("area") in ends
    if has_area_apart:
        local = layout[ends.index(national.end("area")) + 1 : len(layout) - has_extension]
        if local not in _LAYOUTS:
            return None
    is_apart = has_area_apart and digits[0] == "0" and number.joints <= _JOINTS
    if not is_apart and not sign and not _PHONE.search(left):
        return None
    return number.start - (len(sign[0]) if sign else 0)


_NATIONAL_FORM = Form(landline, f"(?:(?:00)?860?|0)(?:{_AREA})[2-8]", is_first=True)
# Twelve digits and an extension of four are the most without the country code.
_LONG_FORM = Form(landline, f"(?:00)?860?(?:{_AREA})[2-8]", is_first=True)
# A word, or an area code in brackets.
_LOCAL_NUMBER = Named(
    Form(landline, "[2-8]", _LAYOUTS, is_first=True), ("tel", "(0", "(86", "(+86"), None
)
_NATIONAL_NUMBER = Named(_NATIONAL_FORM, (), _NATIONAL_FORM)
_LONG_NUMBER = Named(_LONG_FORM, (), _LONG_FORM)
FORMS: dict[int, Named] = (
    dict.fromkeys((7, 8), _LOCAL_NUMBER)
    | dict.fromkeys(range(10, 17), _NATIONAL_NUMBER)
    | dict.fromkeys((17, 18), _LONG_NUMBER)
)
