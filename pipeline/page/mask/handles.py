"""Names of people's accounts: QQ, WeChat and others; those of institutions stay."""

import re
from collections.abc import Iterator

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.pipeline.page.mask.context import before
from jingyu.pipeline.page.mask.folding import CHINESE_DIGITS, JOINT
from jingyu.pipeline.page.mask.label import MARK, Labelled, words
from jingyu.pipeline.page.mask.span import Span

_SPELLED = "".join(map(chr, CHINESE_DIGITS))
_NUMBER = (
    f"(?:[1-9{_SPELLED}][0-9{_SPELLED}]{{4,11}}"
    f"|[1-9{_SPELLED}](?:[{JOINT}]{{0,2}}[0-9{_SPELLED}]){{4,11}})(?![0-9])"
)
_APART = lazy_pattern(f"[^0-9{_SPELLED}]+")
# Source: WeChat's rules of names: 6 to 20 letters, digits, _ and -, a letter first.
_NAME = "[A-Za-z](?:(?![Qq][Qq])[A-Za-z0-9_-]){5,19}"
_INSTITUTION = lazy_pattern(
    "官[方网微]|联系我们|客服|商务|公众|服务|粉丝|合作|招商|售[后前]|反馈|企业|公司|运营|投稿|编辑|编辑部|(?i:app)|微博|群"
)
_PERSONAL = lazy_pattern(
    "我(?!们)|本人|个人|私|老师|先生|女士|联系人|经理|小[哥姐妹]|同学(?!会)|店主|群主|博主"
)
# Service and business accounts have numbers of their own.
_SERVICE = lazy_pattern("(?:400|800)[0-9]{6,7}\\Z")
_REACH = 20
_CLAUSES = lazy_pattern("[。！!？?；;，,\n]")
_MAX_DIGITS = 11
_WORD = lazy_pattern(
    "(?i:android|iphone|ipad|windows|wechat|weixin|https?|www|connect|mini|official|app|id)"
    "(?![A-Za-z0-9_-])|[a-z]+(?:pay|sdk|api|web|work)\\Z"
)
_OWN = lazy_pattern("我的?\\Z|加\\Z|本人\\Z|私人\\Z")
_TELLING = lazy_pattern("[0-9_]")
# Below the articles of public accounts.
_FURNITURE = lazy_pattern("\\s{0,3}功能介绍")
_GOES_ON = lazy_pattern(r"(?![Qq][Qq])[A-Za-z0-9_]|\.[A-Za-z]|://|@")
_QQ_WORDS = words(
    "QQ|qq|Qq|扣扣|企鹅号|加Q|加q|加我Q|＋Q|+Q|+q|抠抠|球球号|Q Q|q q|Q号|q号|Q：|Q:|q：|q:"
)
_WECHAT_WORDS = words(
    "微信|薇信|维信|威信|微信号|微信ID|微❤|V信|v信|加V|加v|+V|+v|加微信|加微|➕微信|➕微|➕v|➕V",
    "+微|加我微|微号|微 信|V X|v x|wei信|微x|威x|WeChat|Wechat|wechat|weixin|Weixin|WeiXin|WX",
    "wx|Wx|VX|vx|Vx|V：|V:|v：|v:|卫星号|绿泡泡",
)
_HANDLE_WORDS = words(
    "抖音|快手|小红书|抖音号|抖音ID|抖音账号|抖音帐号|快手号|快手ID|小红书号|小红书ID|B站ID",
    "B站UID|支付宝账号|支付宝帐号|支付宝账户|支付宝|陌陌号|陌陌|旺旺号|旺旺|钉钉号|钉钉",
    "Telegram|telegram|TELEGRAM|电报号|电报|飞机号|纸飞机|Skype|skype|WhatsApp|whatsapp",
    "Whatsapp|LINE ID|Line ID|line id|Twitter|twitter|推特|Instagram|instagram|Facebook",
    "facebook|脸书|探探|soul号|YY号|微博ID|微博号|微博名|知乎ID|贴吧ID|游戏ID",
)


def _is_institution(value: re.Match[str], label: str) -> bool:
    """Returns whether a word such as 官方 stands before the label, and none such as 我 after it."""
    left = _CLAUSES.split(before(value.string, value.pos - len(label), _REACH))[-1]
    words = [found.end() for found in _INSTITUTION.finditer(left)]
    return bool(words) and not _PERSONAL.search(left, words[-1])


def _qq(value: re.Match[str], label: str) -> Iterator[Span]:
    """Checks 5 to 11 digits, and any others listed after them.

    Source: any86/any-rule, JioNLP: the form of the numbers.
    """
    if _is_institution(value, label):
        return
    for found in re.finditer(_NUMBER, value["numbers"]):
        digits = _APART.sub("", found[0]).translate(CHINESE_DIGITS)
        origin = value.start("numbers")
        if len(digits) <= _MAX_DIGITS and not _SERVICE.match(digits):
            yield Span(origin + found.start(), origin + found.end(), "qq", digits)


def _wechat(value: re.Match[str], label: str) -> Iterator[Span]:
    """Checks a name or a number; without a colon or the like a name holds a digit or a sign."""
    name = value["name"]
    is_marked = value["mark"] or label.endswith(("号", "ID", "：", ":"))
    is_marked = is_marked or _OWN.search(before(value.string, value.pos - len(label), 4))
    is_word = _WORD.match(name) or _SERVICE.match(name) or (not is_marked and name.isalpha())
    if is_word or _is_institution(value, label) or _GOES_ON.match(value.string, value.end()):
        return
    if not _FURNITURE.match(value.string, value.end()):
        yield Span(value.start("name"), value.end("name"), "wechat", name.lower())


def _handle(value: re.Match[str], label: str) -> Iterator[Span]:
    """Checks a name after a colon or the like; after a Latin label an @, a digit or _ tells it."""
    name = value["name"]
    is_marked = (value["mark"] or "-") not in "--——" or label.endswith(("号", "ID"))
    if label.isascii():
        is_marked = is_marked and _TELLING.search(name) is not None
    is_marked = is_marked or name[0] == "@"
    is_word = _WORD.match(name) is not None or not is_marked
    if is_word or _is_institution(value, label) or _GOES_ON.match(value.string, value.end()):
        return
    yield Span(value.start("name"), value.end("name"), "handle", name.lower().lstrip("@"))


LABELLED = (
    Labelled(
        _QQ_WORDS,
        lazy_pattern(
            f"{MARK}(?P<numbers>{_NUMBER}(?:[ 、,，/或和;；]{{1,3}}{_NUMBER}){{0,9}})"
            "(?![A-Za-z0-9@]|\\.[a-z])"
        ),
        _qq,
    ),
    Labelled(
        _WECHAT_WORDS,
        lazy_pattern(f"信?{MARK}(?P<name>{_NAME}|{_NUMBER})"),
        _wechat,
    ),
    Labelled(
        _HANDLE_WORDS,
        lazy_pattern(f"{MARK}(?P<name>@?[A-Za-z0-9][A-Za-z0-9_.-]{{3,29}}(?<![.-]))"),
        _handle,
    ),
)
"""QQ, WeChat and other names."""
