"""Whether a page is certainly not Chinese, from its bytes alone."""

import re
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from resiliparse.parse.encoding import detect_encoding

from pipeline.text.decoding import declared_codecs

_ENTITY = re.compile(rb"&#(?:x([0-9a-fA-F]{4,5})|([0-9]{5,6}));")
_CHINESE_CHARSETS = frozenset({"gb18030", "gbk", "gb2312", "hz-gb-2312", "big5", "big5-hkscs"})
_CHINESE_CODECS = frozenset({"gb18030", "big5hkscs"})
_DETECTOR_BYTES = 1 << 16
_NEARLY = 0.9
_HAN = (0x3400, 0xA000)
_KANA = (0x3041, 0x3100)


class GateMeasure(NamedTuple):
    """What a page's bytes tell."""

    han_count: int
    """Han characters, estimated; scripts and markup count too."""
    kana_ratio: float
    """Kana per Han character."""


def measure_bytes(payload: bytes, http_charset: str | None = None) -> GateMeasure:
    """Returns an estimate of the Han and kana in undecoded bytes.

    In UTF-8 each byte E4 to E9 leads a character of U+4000 to U+9FFF, nearly all Han, and E3 with
    81 to 83 leads kana. Bytes that are no UTF-8 are Chinese if a detector says GB18030 or Big5, or
    if it says nothing and the page does; then two bytes above 7F are a character. Numeric
    character references count as what they name, UTF-16 by its code units.
    """
    if payload[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _measure_utf16(payload)
    han = kana = 0
    if not payload.isascii():
        data = np.frombuffer(payload, np.uint8)
        han = int(np.count_nonzero((data - np.uint8(0xE4)) < np.uint8(6)))
        high = int(np.count_nonzero(data >= np.uint8(0x80)))
        if _is_nearly_utf8(data, high):
            kana = _kana_in_utf8(data)
        else:
            han, kana = _count_legacy(payload, data, high, http_charset)
    elif b"~{" in payload and _detected(payload) == "hz-gb-2312":
        han = len(payload) // 2
    if b"&#" in payload:
        named = _named_characters(payload)
        han += _within(named, _HAN)
        kana += _within(named, _KANA)
    return GateMeasure(han, kana / han if han else 0.0)


def _is_nearly_utf8(data: NDArray[np.uint8], high: int) -> bool:
    """Returns whether nearly all bytes above 7F stand as UTF-8 has them; damage is forgiven."""
    lead2 = (data[:-1] - np.uint8(0xC2)) < np.uint8(0x1E)
    two = int(np.count_nonzero(lead2 & _continues(data[1:])))
    three = int(np.count_nonzero(_sequences_of_three(data, 0xE0, 16)))
    return 3 * three + 2 * two >= _NEARLY * high


def _sequences_of_three(data: NDArray[np.uint8], first: int, leads: int) -> NDArray[np.bool_]:
    """Returns where one of some lead bytes is followed by two that continue a character."""
    is_lead = (data[:-2] - np.uint8(first)) < np.uint8(leads)
    return np.asarray(is_lead & _continues(data[1:-1]) & _continues(data[2:]))


def _continues(data: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return np.asarray((data & np.uint8(0xC0)) == np.uint8(0x80))


def _kana_in_utf8(data: NDArray[np.uint8]) -> int:
    leads = data[:-1] == np.uint8(0xE3)
    return int(np.count_nonzero(leads & ((data[1:] - np.uint8(0x81)) < np.uint8(3))))


def _count_legacy(
    payload: bytes, data: NDArray[np.uint8], high: int, http_charset: str | None
) -> tuple[int, int]:
    charset = _detected(payload)
    if charset in _CHINESE_CHARSETS:
        return high // 2, 0
    # What the detector says of all that it does not know; EUC-KR has few such sequences.
    if charset == "utf-8":
        declared = {codec for _, codec in declared_codecs(payload, http_charset)}
        if declared & _CHINESE_CODECS:
            return high // 2, 0
        return int(np.count_nonzero(_sequences_of_three(data, 0xE4, 6))), _kana_in_utf8(data)
    return 0, 0


def _measure_utf16(payload: bytes) -> GateMeasure:
    order = "<u2" if payload[:2] == b"\xff\xfe" else ">u2"
    units = np.frombuffer(payload[: len(payload) // 2 * 2], order)
    han, kana = _within(units, _HAN), _within(units, _KANA)
    return GateMeasure(han, kana / han if han else 0.0)


def _detected(payload: bytes) -> str:
    return (detect_encoding(payload[:_DETECTOR_BYTES]) or "").lower()


def _within(points: NDArray[Any], block: tuple[int, int]) -> int:
    return int(np.count_nonzero((points >= block[0]) & (points < block[1])))


def _named_characters(payload: bytes) -> NDArray[np.int64]:
    found = _ENTITY.findall(payload)
    return np.array([int(hexa, 16) if hexa else int(plain) for hexa, plain in found], np.int64)
