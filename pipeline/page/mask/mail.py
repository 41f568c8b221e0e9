"""E-mail addresses."""

import re
import string
from collections.abc import Iterator

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.filters.lexicon.literals import Literals
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

_OPEN_SIGNS = "(（[【{<"
_DOT = "(?:[.。]| ?[(（\\[【{]? ?(?:dot|DOT|点) ?[)）\\]】}]? ?)"
# Each branch begins with a character of its own, so that the search runs at full speed.
_OTHER_AT = "|".join(
    [
        *("#", "[*]", "@", "艾特", "圈[aA]", " (?:at|AT|@|#|艾特) "),
        *(f"{re.escape(mark)} ?(?i:at|a|@|艾特|#) ?[)）\\]】}}>]" for mark in _OPEN_SIGNS),
    ]
)
_OTHER = lazy_pattern(
    f"(?:{_OTHER_AT}) ?(?P<host>[A-Za-z0-9](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])?"
    f"(?:{_DOT}[A-Za-z0-9-]{{1,63}}){{0,3}}{_DOT}"
    "(?:com|cn|net|org|edu|gov|cc|me|io|hk|tw|info)(?![A-Za-z]))"
)
_BRACKETED = lazy_pattern(r"[(（[【{<] ?(?:[aA][tT]?|@) ?[)）\]】}>]")
_OTHER_SIGNS = ("#", "*", "艾特", "圈a", "圈A", " at ", " AT ", " @ ")
_OTHER_DOTS = ("。", "点", "dot", "DOT")
# All that a disguised address may begin with.
_AT_SIGNS = Literals(
    (
        *("#", "*", "@", "艾特", "圈a", "圈A", " at ", " AT ", " @ ", " # ", " 艾特 "),
        *(
            f"{mark}{space}{sign}"
            for mark in _OPEN_SIGNS
            for space in ("", " ")
            for sign in ("a", "A", "@", "艾特", "#")
        ),
    )
)
# An address as `emails` finds it, or none at all.
_NOT_DISGUISED = lazy_pattern(
    "@(?:(?!dot|DOT)[A-Za-z0-9.-])+(?![A-Za-z0-9.。-]| ?[(（\\[【{]? ?(?:dot|DOT|点))"
)
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
_LOCAL_SIGNS = f"{string.ascii_letters}{string.digits}_+.-"


def may_hold_disguised(text: str, ascii_only: bytes) -> bool:
    """Returns whether a text, given also its ASCII characters, may hold `disguised_emails`."""
    has_at = "@" in text
    if not (
        any(map(text.__contains__, _OTHER_SIGNS))
        or (has_at and any(map(text.__contains__, _OTHER_DOTS)))
        or _BRACKETED.search(text)
    ):
        return False
    return has_at or _MAILS.search(ascii_only.lower()) is not None


def emails(text: str) -> Iterator[Span]:
    """Yields e-mail addresses.

    Source: RFC 5322, dot-atom; RFC 5321, section 4.5.3.1.1, local part of at most 64 characters.
    """
    floor = 0
    for found in _PLAIN.finditer(text):
        local = _local_part(text, max(floor, found.start() - _MAX_LOCAL), found.start())
        if local and not _NO_MAIL_HOST.match(found["host"]):
            floor = found.end()
            yield Span(local.start(), floor, "email", f"{local[0]}{found[0]}".lower())


def disguised_emails(text: str) -> Iterator[Span]:
    """Yields e-mail addresses with other signs than @, which need a word such as 邮箱 before."""
    floor = last = 0
    for _, place in _AT_SIGNS.longest(text):
        if place < last or _NOT_DISGUISED.match(text, place):
            continue
        found = _OTHER.match(text, place)
        if not found:
            continue
        last = found.end()
        left = max(floor, place - _MAX_LOCAL)
        local = _local_part(text, left, place - (left < place and text[place - 1] == " "))
        if not local or _NO_MAIL_HOST.match(found["host"]):
            continue
        start = local.start()
        if _PROVIDER.match(found["host"]) or _NAMED.search(text[max(0, start - 32) : start]):
            floor = last
            host = re.sub(_DOT, ".", found["host"])
            yield Span(start, floor, "email", f"{local[0]}@{host}".lower())


def _local_part(text: str, start: int, end: int) -> re.Match[str] | None:
    """Returns the longest local part that ends at a place."""
    left = text[start:end]
    return _LOCAL_PART.search(text, start + len(left.rstrip(_LOCAL_SIGNS)), end)
