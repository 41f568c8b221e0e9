"""Numbers of passports, permits, social security and medical records, which need their name."""

import re
from collections.abc import Iterator

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.pipeline.page.mask.label import MARK, Labelled, words
from jingyu.pipeline.page.mask.span import Span

_PASSPORT_WORDS = words(
    "护照|護照|Passport|passport|PASSPORT|Passport No.|passport no.|Passport No",
    "Passport Number|passport number",
)
_PERMIT_WORDS = words(
    "通行证|通行證|回乡证|回鄉證|回乡卡|台胞证|臺胞證|台胞證|港澳证|居留许可|居留证|居住证",
    "永居证|永久居留证|永久居留身份证|外国人身份证|通行证件|旅行证|海员证",
)
_SOCIAL_WORDS = words(
    "社保号|社保卡|社保卡号|社保编号|社保账号|社会保障号|社会保障卡|社会保障卡号|社会保险号",
    "社会保险编号|社会保障卡卡号|医保号|医保卡|医保卡号|医保编号|医疗保险号|医疗保险证号",
    "医疗证号|参保号|参保编号|个人社保编号|社保个人编号|社保电脑号|医保个人号|社保个人账号",
    "医保个人编号|公积金账号|公积金号",
)
_MEDICAL_WORDS = words(
    "病历|病历号|病案|病案号|病历编号|住院号|住院编号|住院病历号|门诊号|门诊病历号|就诊卡",
    "就诊卡号|就诊号|诊疗卡|诊疗卡号|登记号|患者编号|患者ID|病人ID|病人号|影像号|检查号",
    "标本号|X光号|CT号|挂号单号|病理号|体检号|体检编号",
)
_PASSPORT = lazy_pattern("[A-Z]{1,2}[0-9]{7,8}|1[45][0-9]{7}|[0-9]{9}|[A-Z][0-9]{2}[A-Z0-9]{6}")
_MARK = "(?:证件)?(?:证号|卡号|编码)?" + MARK
_END = "(?![A-Za-z0-9])"


def _passport(value: re.Match[str], _label: str) -> Iterator[Span]:
    """Source: forms as of any86/any-rule, and of nine digits or characters abroad."""
    number = _plain(value["number"])
    if _PASSPORT.fullmatch(number):
        yield Span(value.start("number"), value.end("number"), "passport", number)


def _permit(value: re.Match[str], _label: str) -> Iterator[Span]:
    """Checks that there are more digits than letters, of which some stand first."""
    number = _plain(value["number"])
    kind = "foreign_id" if re.fullmatch("[A-Z]{3}[0-9]{12}", number) else "permit"
    yield Span(value.start("number"), value.end("number"), kind, number)


def _social_security(value: re.Match[str], _label: str) -> Iterator[Span]:
    yield Span(value.start("number"), value.end("number"), "social_security", value["number"])


def _medical_record(value: re.Match[str], _label: str) -> Iterator[Span]:
    yield Span(value.start("number"), value.end("number"), "medical_record", value["number"])


def _plain(number: str) -> str:
    return re.sub("[ -]", "", number).upper()


_REVERSED = lazy_pattern(
    "[A-Z](?=[A-Z]?[0-9]{7})(?<![A-Za-z0-9].)[A-Z]?[0-9]{7,8}(?=号?(?:的|普通|因[私公])?(?:中国)?(?P<document>护照|[^，。\\n]{0,12}(?:通行证|回乡证)))"
)
_DOCUMENTS = ("护照", "通行证", "回乡证")


def may_hold_reversed(text: str) -> bool:
    """Returns whether a text has one of the words that `reversed_documents` looks for."""
    return any(map(text.__contains__, _DOCUMENTS))


def reversed_documents(text: str) -> Iterator[Span]:
    """Yields numbers of passports and permits that stand before the word."""
    for found in _REVERSED.finditer(text):
        kind = "passport" if found["document"] == "护照" else "permit"
        yield Span(found.start(), found.end(), kind, found[0])


LABELLED = (
    Labelled(
        _PASSPORT_WORDS,
        lazy_pattern(
            f"{_MARK}(?P<number>(?=[A-Za-z0-9 ]*[0-9]{{4}})[A-Za-z]{{0,2}}[ -]?"
            f"[0-9][A-Za-z0-9 ]{{5,9}}(?<! )){_END}"
        ),
        _passport,
    ),
    Labelled(
        _PERMIT_WORDS,
        lazy_pattern(
            f"{_MARK}(?P<number>(?:[A-Za-z]{{3}}[0-9]{{12}}"
            f"|[A-Za-z]{{0,2}}[ -]?[0-9]{{7,11}}[A-Za-z]?)(?:[(（][0-9A-Za-z]{{1,2}}[)）])?){_END}"
        ),
        _permit,
    ),
    Labelled(
        _SOCIAL_WORDS,
        lazy_pattern(f"{_MARK}(?P<number>[A-Za-z]{{0,3}}[0-9][0-9 -]{{4,20}}[0-9][Xx]?){_END}"),
        _social_security,
    ),
    Labelled(
        _MEDICAL_WORDS,
        lazy_pattern(
            f"{_MARK}(?P<number>[A-Za-z]{{0,4}}-?[0-9][0-9-]{{3,16}}[0-9][A-Za-z]?){_END}"
        ),
        _medical_record,
    ),
)
"""Passports, permits, social security and medical records."""
