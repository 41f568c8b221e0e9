"""Personal data in texts and addresses, replaced by what kind it was."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from stdnum.cn import ric, uscc

_DIGIT = "[0-9０-９]"
_JOINT = "[ \\-－]"
_FULL_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)}

_LOOK_BACK = 96  # a local part, a gap and a word
_PLACEHOLDERS = {"email": "[邮箱]", "mobile": "[手机号]", "resident_id": "[身份证号]"}
_URL_PLACEHOLDERS = {kind: f"_{kind.upper()}_" for kind in _PLACEHOLDERS}
_AUTHORITY = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*://)((?:[^/?#\\]*@)?)([^/?#\\@]*)")
_ENCODED = re.compile("(?:%[0-9a-fA-F]{2})+")
_MAX_ENCODINGS = 3


def _context(words: str) -> re.Pattern[str]:
    """Returns a pattern of words that stand before a number or address, with a gap.

    The gap has no digits and no placeholders: so whatever is masked between them, in this pass or
    an earlier one, a word that did not count never comes to count.
    """
    return re.compile(rf"(?:{words})[^0-9\[\]_\n]{{0,10}}\Z", re.IGNORECASE)


_WORD = "A-Za-z0-9Ａ-Ｚａ-ｚ０-９"
_LABEL = f"(?:[{_WORD}](?:[{_WORD}-]{{0,61}}[{_WORD}])?|[\u4e00-\u9fff]{{1,20}})"
_CHINESE_TOP_LEVEL = "中国|中國|公司|网络|網絡|政务|公益|香港|台湾|台灣"  # Source: IANA, root zone
_TOP_LEVEL = f"(?:xn--[a-z0-9-]{{2,59}}|[A-Za-zＡ-Ｚａ-ｚ]{{2,24}}|{_CHINESE_TOP_LEVEL})"
_AT = r"[@＠#(（\[【](?:(?<=[@＠#])|(?<![@＠#]) ?(?:(?i:at)|[@＠]) ?[)）\]】] ?)"
_EMAIL = re.compile(rf"{_AT}(?P<host>(?:{_LABEL}[.．]){{1,10}}{_TOP_LEVEL})")
# `package@1.2.3.tgz` and `image@2x.png` are file names.
_NO_MAIL_HOST = re.compile(r"v?[0-9]+\.[0-9]|[1-9](?:\.[0-9])?x\.", re.IGNORECASE)
_LOCAL_PART = re.compile(r"[A-Za-z0-9_+][A-Za-z0-9_+-]*(?:\.[A-Za-z0-9_+-]+)*\Z")
_MASKED_BEFORE = re.compile("|".join(_URL_PLACEHOLDERS.values()))
_EMAIL_CONTEXT = _context("[邮郵][箱件]|[电電][邮郵]|信箱|mail")

_RESIDENT_ID = re.compile(
    rf"[1-9１-９](?<!{_DIGIT}{{2}}){_DIGIT}{{5}}(?:{_JOINT}?{_DIGIT}{{8}}{_JOINT}?{_DIGIT}{{3}}"
    rf"(?:[XxＸｘ]|{_DIGIT}(?!{_DIGIT}))|{_DIGIT}{{9}}(?!{_DIGIT}))"
)
_AREA = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91")
_OLD_LENGTH = 15
# Fixed, so that a text is masked alike on any day: the first cards are of 1984, when the oldest
# holders were born in the 1880s.
_LAST_BIRTH = dt.date(2035, 12, 31)
_FIRST_BIRTH = dt.date(1880, 1, 1)
_RESIDENT_ID_CONTEXT = _context("身[份分][证證]|(?<![a-z_])id_?card|shenfenzheng|sfz")
_CREDIT_CODE_CONTEXT = _context("信用代[码碼]|税号|纳税人识别号")

_MOBILE = re.compile(
    rf"[1１](?:(?<!{_DIGIT}[1１])|(?<=[8８][6６][1１]))[3-9３-９]{_DIGIT}{_JOINT}?"
    rf"{_DIGIT}{{4}}{_JOINT}?{_DIGIT}{{4}}(?!{_DIGIT})"
)
_SEGMENT = re.compile("1(?:[38][0-9]|4[579]|5[0-35-9]|6[2567]|7[0-8]|9[0-35-9])")
_COUNTRY_CODE = re.compile(r"(?P<sign>\(?\+|\((?:00)?|(?<![0-9])00|(?<![0-9]))86\)?[ -]?\Z")
_MOBILE_CONTEXT = _context(
    "[电電][话話]|手[机機]|[联聯][系繫络絡]|[热熱][线線]|致[电電]|[拨撥]打|咨[询詢]|客服|微信|短信|"
    "(?<![a-z])(?:tel|mobile|phone|cell|contact|call|whatsapp|wechat|wx|vx)"
)
_GOES_ON_LEFT = re.compile(r"[0-9A-Za-z]\Z|[0-9][.-]\Z")
_GOES_ON_RIGHT = re.compile(r"[A-Za-z]|\.(?!0086)[0-9]")
_GROUP_LEFT = re.compile(r"[0-9] \Z")
_GROUP_RIGHT = re.compile(r"[ -](?!(?:(?:00)?86\)?[ -]?)?1[3-9])[0-9]")


class Masked(NamedTuple):
    """A text without the personal data that was recognized in it."""

    text: str
    counts: dict[str, int]
    """Spans replaced, for each type of personal data: `email`, `mobile`, `resident_id`."""


class Recognizer(NamedTuple):
    """Finds personal data of one type.

    A pattern begins with a class of characters, only then looks behind: so it scans at full speed.
    """

    kind: str
    pattern: re.Pattern[str]
    start: Callable[[re.Match[str], int], int | None]
    """Returns where the span starts that ends with the match, or None if it is no personal data.

    Its second argument is where the span before ended, which it may not look beyond.
    """


def mask(text: str) -> Masked:
    """Returns the text with personal data replaced by placeholders such as `[手机号]`.

    Types are recognized in the order of `RECOGNIZERS`. Any string is accepted, and masking what is
    masked changes nothing.
    """
    counts = dict.fromkeys(_PLACEHOLDERS, 0)
    for recognizer in RECOGNIZERS:
        if spans := _spans(recognizer, text):
            text = _replaced(text, spans, _PLACEHOLDERS[recognizer.kind])
            counts[recognizer.kind] += len(spans)
    return Masked(text, counts)


def mask_url(url: str) -> str:
    """Returns the address with personal data replaced by placeholders such as `_MOBILE_`.

    Path, query, fragment and the user before the host are masked; the host is not. Data is found
    in percent-encoded form too, up to three times encoded (an address within an address).
    """
    authority = _AUTHORITY.match(url)
    if not authority:
        return _masked_part(url)
    scheme, user, host = authority.groups()
    return scheme + _masked_part(user) + host + _masked_part(url[authority.end() :])


def _masked_part(part: str) -> str:
    decoded, offsets = _percent_decoded(part)
    for recognizer in RECOGNIZERS:
        if spans := _spans(recognizer, decoded):
            encoded = [(offsets[start], offsets[end]) for start, end in spans]
            part = _replaced(part, encoded, _URL_PLACEHOLDERS[recognizer.kind])
            decoded, offsets = _percent_decoded(part)
    return part


def _percent_decoded(text: str) -> tuple[str, Sequence[int]]:
    """Returns the decoded text and, for each of its characters and its end, where it came from."""
    offsets: Sequence[int] = range(len(text) + 1)
    for _ in range(_MAX_ENCODINGS if "%" in text else 0):
        pieces: list[str] = []
        origins: list[int] = []
        floor = 0
        for run in _ENCODED.finditer(text):
            octets = bytes.fromhex(run[0].replace("%", ""))
            pieces += text[floor : run.start()], octets.decode("utf-8", "surrogateescape")
            origins += offsets[floor : run.start()]
            position = run.start()
            for character in pieces[-1]:
                origins.append(offsets[position])
                position += 3 * len(character.encode("utf-8", "surrogateescape"))
            floor = run.end()
        text, offsets = "".join((*pieces, text[floor:])), [*origins, *offsets[floor:]]
    return text, offsets


def _spans(recognizer: Recognizer, text: str) -> list[tuple[int, int]]:
    spans = []
    floor = 0
    for match in recognizer.pattern.finditer(text):
        start = recognizer.start(match, floor)
        if start is not None:
            floor = match.end()
            spans.append((start, floor))
    return spans


def _replaced(text: str, spans: list[tuple[int, int]], placeholder: str) -> str:
    floors = [0, *(end for _, end in spans)]
    ceilings = [*(start for start, _ in spans), len(text)]
    return placeholder.join(map(text.__getitem__, map(slice, floors, ceilings)))


def _before(match: re.Match[str], floor: int) -> str:
    """Returns what stands before the match, in half-width forms, a character for a character."""
    before = match.string[max(floor, match.start() - _LOOK_BACK) : match.start()]
    return before.translate(_FULL_WIDTH)


def _email_start(match: re.Match[str], floor: int) -> int | None:
    """Returns a start as a recognizer does; other signs than @ need a word such as 邮箱 before.

    Source: RFC 5322, dot-atom; RFC 5321, section 4.5.3.1.1, local part of at most 64 characters.
    """
    before = _before(match, floor)
    is_plain = match[0][0] in "@＠"
    address = before if is_plain else before.removesuffix(" ")
    masked = [found.end() for found in _MASKED_BEFORE.finditer(address)]
    local = _LOCAL_PART.search(address, max(0, len(address) - 64, *masked))
    if not local or _NO_MAIL_HOST.match(match["host"]):
        return None
    is_address = is_plain or _EMAIL_CONTEXT.search(before[: local.start()])
    return match.start() - len(before) + local.start() if is_address else None


def _resident_id_start(match: re.Match[str], floor: int) -> int | None:
    """Area, date of birth and check digit together need no context; less than that does.

    One true ID in 31 also passes the check of a credit code, which is public; a number that passes
    both is a code only after a word such as 信用代码, or with 91, which is no area but foreigners'.

    Source: GB 11643 (resident IDs), GB 32100 (credit codes). Areas are provinces: a table of
    counties by year refuses those whose county was renamed between birth and issue.
    """
    number = re.sub(_JOINT, "", match[0]).translate(_FULL_WIDTH).upper()
    before = _before(match, floor)
    is_named = _RESIDENT_ID_CONTEXT.search(before) is not None
    if len(number) == _OLD_LENGTH:
        is_id = is_named and _has_area_and_birth(f"{number[:6]}19{number[6:]}")
    elif _has_area_and_birth(number) and ric.calc_check_digit(number) == number[-1]:
        is_code = number.startswith("91") or _CREDIT_CODE_CONTEXT.search(before)
        is_id = not (is_code and uscc.is_valid(number))
    else:
        is_id = is_named and not uscc.is_valid(number)
    return match.start() if is_id else None


def _has_area_and_birth(number: str) -> bool:
    try:
        born = dt.date.fromisoformat(number[6:14])
    except ValueError:
        return False
    return _AREA.match(number) is not None and _FIRST_BIRTH <= born <= _LAST_BIRTH


def _mobile_start(match: re.Match[str], floor: int) -> int | None:
    """Assigned segments need no context unless the number looks like a part of a longer one.

    Source: Chinese entry of libphonenumber's metadata; VincentSit/ChinaMobilePhoneNumberRegex.
    """
    before = _before(match, floor)
    country = _COUNTRY_CODE.search(before)
    left = before[: country.start()] if country else before
    if left[-1:].isdigit() and not country:
        return None
    is_named = _MOBILE_CONTEXT.search(left) or (country and country["sign"])
    if not is_named and not _stands_alone(match, left):
        return None
    return match.start() - len(before) + len(left)


def _stands_alone(match: re.Match[str], left: str) -> bool:
    number = match[0].translate(_FULL_WIDTH)
    right = match.string[match.end() : match.end() + 10].translate(_FULL_WIDTH)
    goes_on = _GOES_ON_LEFT.search(left) or _GOES_ON_RIGHT.match(right)
    if not number.isdigit():  # in groups
        goes_on = goes_on or _GROUP_LEFT.search(left) or _GROUP_RIGHT.match(right)
    return _SEGMENT.match(number) is not None and not goes_on


RECOGNIZERS = (
    Recognizer("email", _EMAIL, _email_start),
    Recognizer("resident_id", _RESIDENT_ID, _resident_id_start),
    Recognizer("mobile", _MOBILE, _mobile_start),
)
"""What is masked, in this order: an ID of 18 digits may hold what looks like a mobile number."""
