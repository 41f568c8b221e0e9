"""Whether a page is certainly not Chinese, from its bytes alone."""

import html
import re
from collections import Counter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.text.charsets import BIG5, GB18030, declared_codecs, detected_charset
from pipeline.text.decoding import Decoded, decode
from pipeline.text.plausibility import impression
from pipeline.text.visible import visible

_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]{4,5})|([0-9]{5,6}));?")
_NAMED = re.compile(rb"&[a-zA-Z]{2,8};")
_CHINESE_CHARSETS = frozenset({"gb18030", "gbk", "gb2312", "big5", "big5-hkscs"})
_CHINESE_CODECS = frozenset({GB18030, BIG5})
_HAN = ((0x3400, 0xA000), (0x20000, 0x32400))
_KANA = ((0x3041, 0x3097), (0x30A1, 0x30FB))
# Latin to Georgian and beyond, and hangul.
_LETTERS = ((ord("A"), ord("Z") + 1), (ord("a"), ord("z") + 1), (0xC0, 0x2000), (0xAC00, 0xD7B0))
_BASIC_PLANE = 0x10000
_DETECTOR_BYTES = 1 << 16
_NEARLY = 0.9
_SPARSELY = 4
"""Up to this fraction, leaving out ASCII costs less than passing over it time and again."""
_CP1252_LEADS = np.zeros(256, np.bool_)
_CP1252_LEADS[[0xC2, 0xC5, 0xC6, 0xCB, 0xE2]] = True
_IS_HAN, _IS_KANA, _IS_LETTER = 1, 2, 3


def _kinds() -> NDArray[np.uint8]:
    """Returns what each unit of UTF-16 is; beyond the basic plane the first of two tells."""
    kinds = np.zeros(1 << 16, np.uint8)
    for kind, blocks in ((_IS_HAN, _HAN), (_IS_KANA, _KANA), (_IS_LETTER, _LETTERS)):
        for first, end in blocks:
            kinds[_lead_unit(first) : _lead_unit(end)] = kind
    return kinds


def _lead_unit(point: int) -> int:
    return point if point < _BASIC_PLANE else 0xD800 + (point - _BASIC_PLANE >> 10)


_KIND_OF = _kinds()


class GateMeasure(NamedTuple):
    """What a page's bytes tell."""

    han_count: int
    """Han characters in the text; without a closer look, the most that the bytes can hold."""
    kana_ratio: float
    """Kana per Han character in text outside links; 0 without a closer look."""
    word_ratio: float
    """Words of other scripts per Han character, likewise."""


class Look(NamedTuple):
    """What a look at a page's bytes yields."""

    measure: GateMeasure
    decoded: Decoded | None
    """The page's characters, where they had to be decoded for it."""


def measure_bytes(
    payload: bytes, http_charset: str | None = None, min_han_count: int = 50
) -> GateMeasure:
    """Returns what `look_at` measures."""
    return look_at(payload, http_charset, min_han_count).measure


def look_at(payload: bytes, http_charset: str | None, min_han_count: int) -> Look:
    """Returns how much Han, kana and other words a page has, as far as its bytes tell.

    The first look counts what could be Han anywhere in the bytes, and never too little. In UTF-8
    each byte E4 to E9 leads a character of U+4000 to U+9FFF, nearly all Han. Bytes that are no
    UTF-8 are Chinese if they look so in GB18030 or Big5, if a detector says so, or if it says
    nothing and the page does. Numeric character references count as what they name. Only a page
    with at least `min_han_count` gets the closer look at its text without scripts, styles, comments
    and tags; in it, the text outside links tells a Chinese page from a foreign one with a Chinese
    menu. No engine can extract a Han character that is not there. What a page declares is evidence
    for Chinese, never against it.

    Source: `tests.benchmarks.gate`, November 2026, with the limits of `configs/web_zh.yaml`: passes
    all of 2,519 pages that the full path keeps and all of 13,311 copies in GB18030 and Big5; turns
    away 96.5 % of 2,934 pages without Chinese text.
    """
    suspected, is_utf8 = _first_look(payload, http_charset, min_han_count)
    if suspected < min_han_count:
        return Look(GateMeasure(suspected, 0.0, 0.0), None)
    decoded = None if is_utf8 else decode(payload, http_charset)
    if decoded:
        payload = decoded.text.encode("utf-8", "replace")
    linked, elsewhere = (_counts(part) for part in visible(payload))
    outside = max(elsewhere.han, 1)
    measure = GateMeasure(
        linked.han + elsewhere.han, elsewhere.kana / outside, elsewhere.words / outside
    )
    return Look(measure, decoded)


def _first_look(payload: bytes, http_charset: str | None, enough: int) -> tuple[int, bool]:
    """Returns the most Han that the bytes can hold, and whether it stands there as UTF-8."""
    if b"\0" in payload or (b"~" in payload and payload.isascii() and b"~{" in payload):
        return len(payload) // 2, False
    data = np.frombuffer(payload, np.uint8)
    is_high = data >= np.uint8(0x80)
    high = int(np.count_nonzero(is_high))
    ampersands = np.flatnonzero(data[:-1] == ord("&"))
    references = int(np.count_nonzero(data[ampersands + 1] == ord("#")))
    # In Big5 one byte of a character may be ASCII.
    if high + references < enough:
        return high + references, True
    named = _named_han(payload) if references else 0
    if high * _SPARSELY < len(data):
        data = _without_ascii(data, is_high)
    if not _is_nearly_utf8(data, high):
        return named + (high if _may_be_chinese(payload, http_charset) else 0), False
    han = named + int(np.count_nonzero((data - np.uint8(0xE4)) < np.uint8(6)))
    twice = _encoded_twice(data, enough)
    return max(han, twice), han >= twice


def _named_han(payload: bytes) -> int:
    han_count = 0
    for (hexa, plain), times in Counter(_REFERENCE.findall(payload)).items():
        point = int(hexa, 16) if hexa else int(plain)
        han_count += times * any(first <= point < end for first, end in _HAN)
    return han_count


def _without_ascii(data: NDArray[np.uint8], is_high: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Returns the bytes above 7F and the one after each, so that what was apart stays apart."""
    is_kept = is_high.copy()
    is_kept[1:] |= is_high[:-1]
    return data[is_kept]


def _is_nearly_utf8(data: NDArray[np.uint8], high: int) -> bool:
    """Returns whether nearly all bytes above 7F stand as UTF-8 has them; damage is forgiven."""
    try:
        str(data.data, "utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return True
    lead2 = (data[:-1] - np.uint8(0xC2)) < np.uint8(0x1E)
    two = int(np.count_nonzero(lead2 & _continues(data[1:])))
    lead3 = (data[:-2] - np.uint8(0xE0)) < np.uint8(16)
    three = int(np.count_nonzero(lead3 & _continues(data[1:-1]) & _continues(data[2:])))
    return 3 * three + 2 * two >= _NEARLY * high


def _continues(data: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return np.asarray((data & np.uint8(0xC0)) == np.uint8(0x80))


def _encoded_twice(data: NDArray[np.uint8], enough: int) -> int:
    """Returns the Han characters whose UTF-8 bytes were taken for letters and encoded again.

    Such a character begins as one of `ä` to `é` and goes on with a letter of cp1252.
    """
    is_letter = data == np.uint8(0xC3)
    if np.count_nonzero(is_letter) < enough:
        return 0
    letters = np.flatnonzero(is_letter[:-2])
    first = data[letters + 1] - np.uint8(0xA4)
    return int(np.count_nonzero((first < np.uint8(6)) & _CP1252_LEADS[data[letters + 2]]))


def _may_be_chinese(payload: bytes, http_charset: str | None) -> bool:
    """Returns whether bytes that are no UTF-8 are in a Chinese charset, for all that one knows."""
    for codec in (GB18030, BIG5):
        if impression(payload.decode(codec, "replace")).is_chinese:
            return True
    detected = detected_charset(payload[:_DETECTOR_BYTES])
    if detected in _CHINESE_CHARSETS:
        return True
    # What the detector says of all that it does not know.
    if detected != "utf-8":
        return False
    return not _CHINESE_CODECS.isdisjoint(
        codec for _, codec in declared_codecs(payload, http_charset)
    )


class _Counts(NamedTuple):
    han: int
    kana: int
    words: int


def _counts(part: bytes) -> _Counts:
    text = _NAMED.sub(b" ", part).decode("utf-8", "replace")
    if "&#" in text:
        text = html.unescape(text)
    kinds = _KIND_OF[np.frombuffer(text.encode("utf-16-le", "replace"), "<u2")]
    han, kana = (int(np.count_nonzero(kinds == kind)) for kind in (_IS_HAN, _IS_KANA))
    is_letter = kinds == _IS_LETTER
    words = np.count_nonzero(is_letter[1:] > is_letter[:-1]) + np.count_nonzero(is_letter[:1])
    return _Counts(han, kana, int(words))
