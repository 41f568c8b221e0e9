"""E-mail addresses."""

import re
from collections.abc import Iterator

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.pipeline.page.mask.context import Context
from jingyu.pipeline.page.mask.span import Span

_LABEL = "(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?|[\u4e00-\u9fff]{1,20})"
_CHINESE_TOP_LEVEL = "中国|中國|公司|网络|網絡|政务|公益|香港|台湾|台灣"  # Source: IANA, root zone
_TOP_LEVEL = f"(?:xn--[a-z0-9-]{{2,59}}|[A-Za-z]{{2,24}}|{_CHINESE_TOP_LEVEL})"
_HOST = f"(?P<host>(?:{_LABEL}[.]){{1,10}}{_TOP_LEVEL})"
_PLAIN = lazy_pattern(f"@{_HOST}")
# `package@1.2.3.tgz` and `image@2x.png` are file names.
_NO_MAIL_HOST = lazy_pattern(r"v?[0-9]+\.[0-9]|[1-9](?:\.[0-9])?x\.", re.IGNORECASE)
_LOCAL_PART = lazy_pattern(r"[A-Za-z0-9_+][A-Za-z0-9_+-]*(?:\.[A-Za-z0-9_+-]+)*\Z")

_DOT = "(?:[.。]| ?[(（\\[【{]? ?(?:dot|DOT|点) ?[)）\\]】}]? ?)"
# Each branch begins with a character of its own, so that the search runs at full speed.
_OTHER_AT = "|".join(
    [
        *("#", "[*]", "@", "艾特", "圈[aA]", " (?:at|AT|@|#|艾特) "),
        *(f"{re.escape(mark)} ?(?i:at|a|@|艾特|#) ?[)）\\]】}}>]" for mark in "(（[【{<"),
    ]
)
_OTHER = lazy_pattern(
    f"(?:{_OTHER_AT}) ?(?P<host>[A-Za-z0-9](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])?"
    f"(?:{_DOT}[A-Za-z0-9-]{{1,63}}){{0,3}}{_DOT}"
    "(?:com|cn|net|org|edu|gov|cc|me|io|hk|tw|info)(?![A-Za-z]))"
)
_OTHER_HINT = lazy_pattern(
    r"[#*@艾圈(（[【{< ](?:(?<=[#*])|(?<=艾)特|(?<=圈)[aA]"
    r"|(?<=[(（[【{<]) ?(?:[aA][tT]?|@) ?[)）\]】}>]"
    "|(?<= )(?:at|AT|@) |(?<=@) ?[A-Za-z0-9.]{1,20}?(?:[。点]| ?[(（[{ ] ?(?i:dot)))"
)
_OTHER_SIGNS = (*"#*@艾圈(（[【{<", " at ", " AT ")
_MAILS = lazy_pattern(
    rb"mail|qq[.]?c|1(?:63|26|39|89)[.]?c|s(?:ina|ohu)[.]?c|outlook|yahoo|icloud|yeah[.]?n"
    rb"|live[.]c|aliyun|[.](?:com|cn|net|org|edu|gov)(?![a-z])|dot[)\]} ]"
)
_NAMED = Context("[邮郵][箱件]|[电電][邮郵]|信箱|mail")
# Hosts that need no word: nobody writes `#qq.com` for anything else.
_PROVIDER = lazy_pattern(
    "(?:qq|vip.qq|foxmail|163|vip.163|126|yeah|139|189|sina|sohu|gmail|hotmail|outlook|live|yahoo|"
    "icloud|aliyun)[^A-Za-z0-9]",
    re.IGNORECASE,
)
_MAX_LOCAL = 64


def may_hold_disguised(text: str, ascii_only: bytes) -> bool:
    """Returns whether a text, given also its ASCII characters, may hold `disguised_emails`."""
    if not any(map(text.__contains__, _OTHER_SIGNS)):
        return False
    has_host = b"@" in ascii_only or _MAILS.search(ascii_only.lower())
    return bool(has_host) and _OTHER_HINT.search(text) is not None


def emails(text: str) -> Iterator[Span]:
    """Yields e-mail addresses.

    Source: RFC 5322, dot-atom; RFC 5321, section 4.5.3.1.1, local part of at most 64 characters.
    """
    return _found(_PLAIN, text, is_plain=True)


def disguised_emails(text: str) -> Iterator[Span]:
    """Yields e-mail addresses with other signs than @, which need a word such as 邮箱 before."""
    return _found(_OTHER, text, is_plain=False)


def _found(pattern: re.Pattern[str], text: str, *, is_plain: bool) -> Iterator[Span]:
    floor = 0
    for found in pattern.finditer(text):
        left = text[max(floor, found.start() - _MAX_LOCAL) : found.start()]
        local = _LOCAL_PART.search(left if is_plain else left.removesuffix(" "))
        if not local or _NO_MAIL_HOST.match(found["host"]):
            continue
        start = found.start() - len(left) + local.start()
        is_known = is_plain or _PROVIDER.match(found["host"])
        if is_known or _NAMED.search(text[max(0, start - 32) : start]):
            floor = found.end()
            host = re.sub(_DOT, ".", found["host"])
            yield Span(start, floor, "email", f"{local[0]}@{host}".lower())
