"""Whether a page is certainly not Chinese, from its bytes alone."""

import functools
import re
from typing import NamedTuple

from jingyu.filters.language.gate import GateMeasure
from jingyu.filters.references import unescaped
from jingyu.pipeline.page.decode.census import escaped_han
from jingyu.pipeline.page.decode.charsets import BIG5, GB18030, declared_codecs, detected_charset
from jingyu.pipeline.page.decode.decoding import Decoded, decode
from jingyu.pipeline.page.decode.legacy import reads_as_chinese
from jingyu.pipeline.page.decode.utf8 import Census, census
from jingyu.pipeline.page.gate.programs import without_programs
from jingyu.pipeline.page.gate.script_counts import count_scripts
from jingyu.pipeline.page.gate.visible import visible

_CHINESE_CHARSETS = frozenset({"gb18030", "gbk", "gb2312", "big5", "big5-hkscs"})
_CHINESE_CODECS = frozenset({GB18030, BIG5})
_DETECTOR_BYTES = 1 << 16
_NEARLY = 0.9
_LINKED_DATA = b"ld+json"
# As `held.py` reads them: data, a state that is given to scripts, templates.
_HELD = re.compile(
    rb"application/json|text/(?:x-)?template"
    rb"|(?:window|self) ?(?:\.|\[\W)__\w{1,40}\W{0,2}\s{0,9}=\s{0,9}(?:\{|JSON\.parse\()"
)
# To search for it takes 100 times as long as for these, one of which it begins with.
_BEFORE_HELD = (
    *(b"application/json", b"text/template", b"text/x-template"),
    *(b"window.__", b"window[", b"window .", b"self.__", b"self[", b"self ."),
)
_WRITTEN = re.compile(rb"[\xe4-\xe9][\x80-\xbf]{2}")


class Look(NamedTuple):
    """What a look at a page's bytes yields."""

    measure: GateMeasure
    decoded: Decoded | None
    """The page's characters, where they had to be decoded for it."""


def look_at(payload: bytes, http_charset: str | None, min_han_count: int) -> Look:
    """Returns how much Han, kana and other words a page has, as far as its bytes tell.

    The first look counts what could be Han anywhere in the bytes, and never too little. In UTF-8
    each byte E4 to E9 leads a character of U+4000 to U+9FFF, nearly all Han. Bytes that are no
    UTF-8 are Chinese if they look so in GB18030 or Big5, if a detector says so, or if it says
    nothing and the page does. Numeric character references count as what they name. Only a page
    with at least `min_han_count` gets the closer look at its text without scripts, styles, comments
    and tags; in it, the text outside links tells a Chinese page from a foreign one with a Chinese
    menu; words of programs do not count there. A page that shows too little may hold its text as
    data for its scripts. No engine can extract a Han character that is not there. What a page
    declares is evidence for Chinese, never against it.

    Source: `tests.benchmarks.gate`, November 2026, with the limits of `configs/web_zh.yaml`: passes
    all of 2,405 pages that the full path keeps and all of 12,672 copies in GB18030 and Big5; turns
    away 96.2 % of 2,933 pages without Chinese text. Since words of programs do not count, 19 more
    pages of a crawl of 3,125 pass.
    """
    first = _first_look(payload, http_charset, min_han_count)
    if min(first.measure.han_counts) < min_han_count:
        escaped = _escaped_han(payload)
        most = max(escaped, first.measure.most_han_count)
        is_enough = escaped >= min_han_count
        return Look(GateMeasure(most, escaped, escaped) if is_enough else first.measure, None)
    decoded = None if first.is_utf8 else decode(payload, http_charset)
    if decoded:
        payload = decoded.text.encode("utf-8", "replace")
    in_links, elsewhere = visible(payload)
    linked, _, _ = count_scripts(in_links, _character)
    han, kana, words = count_scripts(elsewhere, _character)
    if linked + han < min_han_count and (held := _held_han(payload)) >= min_han_count:
        return Look(first.measure._replace(visible_han_count=held), decoded)
    if words > han and (prose := without_programs(payload)) is not payload:
        _, _, words = count_scripts(visible(prose)[1], _character)
    outside = max(han, 1)
    measured = first.measure._replace(
        visible_han_count=linked + han, kana_ratio=kana / outside, word_ratio=words / outside
    )
    return Look(measured, decoded)


class _FirstLook(NamedTuple):
    measure: GateMeasure
    is_utf8: bool
    """Whether the Han stand there as UTF-8."""


def _first_look(payload: bytes, http_charset: str | None, enough: int) -> _FirstLook:
    """Returns how many Han the bytes can hold; what they seem to be only if these are enough."""
    seen = census(payload)
    if seen.has_zero or (seen.has_hz and not seen.high):
        return _FirstLook(GateMeasure(len(payload) // 2), is_utf8=False)
    # In Big5 one byte of a character may be ASCII.
    most = seen.high + seen.references
    if most < enough:
        return _FirstLook(GateMeasure(most), is_utf8=True)
    if not _is_nearly_utf8(payload, seen):
        high = seen.high if _may_be_chinese(payload, http_charset) else 0
        return _FirstLook(GateMeasure(most, seen.named_han + high), is_utf8=False)
    han = seen.named_han + seen.leads
    suspected = max(han, seen.leads_twice)
    return _FirstLook(GateMeasure(most, suspected), is_utf8=han >= seen.leads_twice)


def _escaped_han(payload: bytes) -> int:
    """Returns how many Han a page writes as escapes in data that may hold its text."""
    count = escaped_han(payload)
    is_held = count and (_LINKED_DATA in payload or _first_held(payload))
    return count if is_held else 0


def _held_han(payload: bytes) -> int:
    """Returns how many Han stand in data that a page of UTF-8 holds for its scripts."""
    begin, count = _first_held(payload), 0
    while begin:
        end = payload.find(b"</script", begin.end())
        end = end if end >= 0 else len(payload)
        count += len(_WRITTEN.findall(payload, begin.end(), end))
        begin = _HELD.search(payload, end)
    return count


def _first_held(payload: bytes) -> re.Match[bytes] | None:
    """Returns where the first data, state or template begins that holds text for scripts."""
    return _HELD.search(payload) if any(sign in payload for sign in _BEFORE_HELD) else None


def _is_nearly_utf8(payload: bytes, seen: Census) -> bool:
    """Returns whether nearly all bytes above 7F stand as UTF-8 has them; damage is forgiven."""
    if 3 * seen.three + 2 * seen.two >= _NEARLY * seen.high:
        return True
    try:
        payload.decode()
    except UnicodeDecodeError:
        return False
    return True


def _may_be_chinese(payload: bytes, http_charset: str | None) -> bool:
    """Returns whether bytes that are no UTF-8 are in a Chinese charset, for all that one knows."""
    for codec in (GB18030, BIG5):
        if reads_as_chinese(payload, codec):
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


@functools.lru_cache(1 << 12)
def _character(reference: str) -> str:
    return unescaped(reference)
