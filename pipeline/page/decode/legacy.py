"""Reads the charsets of Chinese that are older than Unicode, where Python's codecs fall short."""

import functools
import re

from jingyu.pipeline.page.decode.census import without_ascii
from jingyu.pipeline.page.decode.charsets import BIG5, GB18030
from jingyu.pipeline.page.decode.plausibility import impression
from jingyu.pipeline.page.decode.strays import parts_between_strays

# The byte first and only then what is before it: so the search skips from one to the next.
_LONE_80 = re.compile(rb"\x80(?<![\x80-\xff]\x80)(?![\x80-\xff])")
_EURO = "€".encode(GB18030)
_HZ = re.compile(rb"~\{((?:[\x21-\x77][\x21-\x7e])++)(?:~\}|(?=[\r\n]|\Z))")
# Characters that the editions of GB 18030 of 2005 and 2022 moved out of the private use area.
_MOVED = {
    "a8bc": "\u1e3f",
    "a6d9": "\ufe10",
    "a6da": "\ufe12",
    "a6db": "\ufe11",
    "a6dc": "\ufe13",
    "a6dd": "\ufe14",
    "a6de": "\ufe15",
    "a6df": "\ufe16",
    "a6ec": "\ufe17",
    "a6ed": "\ufe18",
    "a6f3": "\ufe19",
    "fe59": "\u9fb4",
    "fe61": "\u9fb5",
    "fe66": "\u9fb6",
    "fe67": "\u9fb7",
    "fe6d": "\u9fb8",
    "fe7e": "\u9fb9",
    "fe90": "\u9fba",
    "fea0": "\u9fbb",
}
# Signs of Big5 that browsers and Windows show as Chinese typography has them.
_SIGNS = tuple(zip("•､‾∼♁☉¥¢£", "‧﹑¯～⊕⊙￥￠￡", strict=True))


def read(payload: bytes, codec: str) -> str:
    """Returns the characters of bytes in a codec; what cannot be decoded becomes U+FFFD.

    In GB18030 a byte that sets the pairs after it askew becomes one U+FFFD, and a lone 80 is the
    euro sign, as in Windows.
    """
    if codec == BIG5:
        text = payload.decode(BIG5, "replace")
        for sign, usual in _SIGNS:
            text = text.replace(sign, usual)
        return text
    if codec != GB18030:
        return payload.decode(codec, "replace")
    # Seldom there; the search for it alone is several times as fast as that for the pattern.
    if b"\x80" in payload:
        payload = _LONE_80.sub(_EURO, payload)
    text = payload.decode(GB18030, "replace")
    seen = impression(text)
    # Pairs askew give such characters, a quarter of them: text without has no stray worth a search.
    if seen.lost or seen.private:
        parts = parts_between_strays(payload)
        text = "\ufffd".join(part.decode(GB18030, "replace") for part in parts)
    return _with_moved(text) if seen.private else text


def reads_as_chinese(payload: bytes, codec: str) -> bool:
    """Returns whether bytes in a codec are Chinese that is read rightly, without a doubt."""
    # An escape of ISO 2022, which is ASCII, changes what follows it.
    sample = without_ascii(payload) if codec in {GB18030, BIG5} else payload
    return impression(sample.decode(codec, "replace")).is_chinese


def from_hz(payload: bytes) -> str | None:
    """Returns the text of ASCII bytes with HZ's escapes `~{` and `~}`, or none if it has none."""
    if b"~{" not in payload:
        return None
    plain, times = _HZ.subn(lambda found: bytes(byte | 0x80 for byte in found[1]), payload)
    return plain.decode(GB18030, "replace") if times else None


def _with_moved(text: str) -> str:
    # A few searches, where `translate` would look up each character.
    for private, now in _moved():
        text = text.replace(private, now)
    return text


@functools.cache
def _moved() -> tuple[tuple[str, str], ...]:
    # Python's own table may know the newer edition.
    return tuple((bytes.fromhex(code).decode(GB18030), now) for code, now in _MOVED.items())
