"""Filing, licence and public-security numbers that a page claims."""

import functools
import re
from collections.abc import Iterator

from jingyu.filters.lexicon.literals import Found
from jingyu.filters.source.filing import NONE, PROVINCES, FilingNumbers
from jingyu.filters.source.passages import TAG, passages

_SECURITY_LENGTH = 14

_PROVINCE_OF = {code: name for name, code in reversed(PROVINCES.items())}
_CONTEXT_LENGTH = 48
_FLAGS = re.IGNORECASE | re.VERBOSE
# Quantifiers are possessive, so that long blanks cost no more than their length.
_BLANKS = rf"[\s{TAG}]*+"
_A_PROVINCE = f"[{''.join(PROVINCES)}]"
# A word may end in the character of a province, as 创新 does: apart from the mark, it stands alone.
# It comes first, before it is known which: so a search goes from one such character to the next.
_REGION = rf"""
    (?P<province> {_A_PROVINCE} ) (?: (?:{TAG}|字)?
    | (?<![\u4e00-\u9fff].) [\s{TAG}|(\[【)\]】]{{1,8}}+ 字?{_BLANKS} )"""
_WORDS = rf"{_BLANKS} 案? {_BLANKS} [字第号]*+ [\s{TAG}:]*+"
_SITE = "(?:[AX](?![A-Z]))?"
_SUFFIX = rf"""
    (?: (?P<inner> -[0-9]{{1,4}}{_SITE} ) {_BLANKS} 号
    | {_BLANKS} 号 (?: {_BLANKS} - {_BLANKS}
        (?P<outer> (?!(?:19|20)[0-9]{{2}}) [0-9]{{1,4}}{_SITE} ) (?!-|\.?[0-9]) )?
    | (?P<bare> -[0-9]{{1,3}}{_SITE} ) (?!-|\.?[0-9])
    )?"""


def _digits(fewest: int, most: int) -> str:
    """Returns the pattern of a run of digits, or of pieces of one that `号` ends."""
    apart = rf"[0-9](?:[\ {TAG}]?[0-9]){{{fewest - 1},{most - 1}}}(?={_BLANKS}号)"
    return rf"(?P<digits>[0-9]{{{fewest},{most}}}(?![0-9*])|{apart})"


_NAMES_ICP = re.compile("ICP", re.IGNORECASE)
_FILING = rf"{_REGION} ICP {_BLANKS} 备 {_WORDS} {_digits(6, 10)} {_SUFFIX}"
_LICENSE = rf"""{_REGION} ICP {_BLANKS} 证 {_WORDS}
    (?P<digits> [0-9]{{5,10}}(?![0-9*]) | [0-9]{{1,10}}(?={_BLANKS}号) ) {_SUFFIX}"""
_PROVINCE_AFTER = rf"""ICP {_BLANKS} (?P<kind>[备证]) {_BLANKS} 案? {_BLANKS}
    [(\[【] (?P<province>{_A_PROVINCE}) [)\]】] {_WORDS} {_digits(6, 10)} {_SUFFIX}"""
_TELECOM = rf"""(?: {_REGION} 第? (?: ICP {_BLANKS} 证 {_WORDS} )?
    | (?P<national>合字) | (?<![0-9A-Z.]) )
    (?P<classes> (?: [AB][1-9]\s?[.、,]\s? )* [AB][1-9] ) \s?-\s?
    (?P<digits> (?:19|20)[0-9]{{6}} ) (?![0-9]) (?: -(?P<outer>[0-9]{{1,4}})(?![0-9-]) )?"""
_CLASS = re.compile(r"[ABab][1-9]\s?-")
_TELECOM_CONTEXT = re.compile("许可|增值|电信|ICP", re.IGNORECASE)
_SECURITY = rf"""(?: {_REGION} )? 公? {_BLANKS} 网 {_BLANKS} 安 {_BLANKS} 备 {_BLANKS}
    [案字第号编]*+ [\s{TAG}:;.,|/)\]】>-]{{0,60}}+ {_digits(11, 14)}"""
_SECURITY_OTHERWISE = rf"""(?: 公安(?:机关)?(?:联网)? | 网警 | 网安 ) 备案 (?: 编?号|序号 )?
    [\s{TAG}:]{{0,20}}+ (?P<digits> [0-9]{{14}} ) (?![0-9])"""
_SECURITY_LINK = re.compile(
    r"(?:record[cC]ode|webSearch\?code)=(?P<digits>[0-9]{14})(?![0-9])",
)


def filing_numbers(markup: str, found: Found | None = None) -> FilingNumbers:
    """Returns the numbers that stand in a page's markup or text.

    Found are ICP filings (备) and licences (证) of every province, telecom licences
    (`粤B2-20090059`; without a province only where a licence is spoken of) and public-security
    numbers, also where those stand in a link to the register. Digits and letters may be full-width,
    characters traditional, escaped as in HTML, JSON or addresses, and spaces and tags may stand
    between them. The suffix of a site or app (`-1`, `-1A`, `-2X`) stays. A number is given as it is
    claimed, plausible or not (`filing.is_plausible`): 川 and 蜀, for instance, are not made one.

    Source: formats as seen in public code bases and in real pages, measured 2026-11.

    Args:
        markup: The page, or text.
        found: Where `passages.LITERALS` stand in it, if the caller has looked for them.
    """
    icp: set[str] = set()
    psb: set[str] = set()
    for passage in passages(markup, found):
        for text in passage:
            icp.update(_filings(text))
            icp.update(_telecom(text))
            psb.update(_security(text))
    if not icp and not psb:
        return NONE
    return FilingNumbers(tuple(sorted(icp)), tuple(sorted(psb)))


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Returns an expression that is compiled at the first page that may hold a number."""
    return re.compile(pattern, _FLAGS)


def _filings(text: str) -> Iterator[str]:
    if not _NAMES_ICP.search(text):
        return
    for pattern, kind in ((_FILING, "备"), (_LICENSE, "证")):
        for found in _compiled(pattern).finditer(text) if kind in text else ():
            yield f"{found['province']}ICP{kind}{_joined(found['digits'])}号{_suffix(found)}"
    for found in _compiled(_PROVINCE_AFTER).finditer(text):
        number = f"{found['province']}ICP{found['kind']}{_joined(found['digits'])}号"
        yield number + _suffix(found)


def _telecom(text: str) -> Iterator[str]:
    for found in _compiled(_TELECOM).finditer(text) if _CLASS.search(text) else ():
        region = found["province"] or found["national"] or ""
        before = text[max(0, found.start() - _CONTEXT_LENGTH) : found.start()]
        if region or _TELECOM_CONTEXT.search(before):
            classes = re.sub(r"\s", "", found["classes"]).upper()
            suffix = f"-{found['outer']}" if found["outer"] else ""
            yield f"{region}{re.sub('[、,]', '.', classes)}-{found['digits']}{suffix}"


def _security(text: str) -> Iterator[str]:
    for found in _compiled(_SECURITY).finditer(text) if "网" in text and "安" in text else ():
        digits = _joined(found["digits"])
        province = found["province"]
        if len(digits) == _SECURITY_LENGTH:
            province = province or _PROVINCE_OF.get(digits[:2])
        elif province and not digits.startswith(PROVINCES[province]):
            continue
        if province:
            yield f"{province}公网安备{digits}号"
    found_otherwise = (
        *(_compiled(_SECURITY_OTHERWISE).finditer(text) if "备案" in text else ()),
        *(_SECURITY_LINK.finditer(text) if "ode=" in text else ()),
    )
    for found in found_otherwise:
        province = _PROVINCE_OF.get(found["digits"][:2])
        if province:
            yield f"{province}公网安备{found['digits']}号"


def _joined(digits: str) -> str:
    return re.sub("[^0-9]", "", digits)


def _suffix(found: re.Match[str]) -> str:
    stated = found["inner"] or found["outer"] or found["bare"]
    return f"-{stated.lstrip('-').upper()}" if stated else ""
