"""Personal data in texts and addresses, replaced by what kind it was."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from jingyu.pipeline.page.mask.kinds import KINDS, PLACEHOLDER
from jingyu.pipeline.page.mask.recognizers import SPANNING_LINES, look, may_hold_any
from jingyu.pipeline.page.mask.span import Recognizer, Span

_AUTHORITY = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*://)((?:[^/?#\\]*@)?)([^/?#\\@]*)")
_ENCODED = re.compile("(?:%[0-9a-fA-F]{2})+")
_MAX_ENCODINGS = 3
# Beyond it, on either side, nothing counts for what a recognizer finds: the farthest are words
# within 90 characters, and a number's sign before them.
_REACH = 128
_NO_COUNTS = dict.fromkeys(KINDS, 0)
_PLACEHOLDERS = {kind: f"[{name}]" for kind, name in KINDS.items()}
_URL_PLACEHOLDERS = {kind: f"_{kind.upper()}_" for kind in KINDS}


class Masked(NamedTuple):
    """A text without the personal data that was recognized in it."""

    text: str
    counts: dict[str, int]
    """Spans replaced, for each type of personal data: the keys of `KINDS`."""


def mask(text: str, *, numbered: bool = False) -> Masked:
    """Returns the text with personal data replaced by placeholders such as `[手机号]`.

    If numbered, equal values of a type have equal numbers within the text: `[手机号1]`. Any string
    is accepted, and masking what is masked changes nothing: a text is masked until nothing more is
    found in it, since what is left may read otherwise beside a placeholder. For that, lines near
    placeholders are read again.
    """
    counts = _NO_COUNTS.copy()
    spans = _spans(text)
    if not spans:
        return Masked(text, counts)
    placeholder = _Numbering(text).placeholder if numbered else _placeholder
    while spans:
        for span in spans:
            counts[span.kind] += 1
        replacements = [(span.start, span.end, placeholder(span)) for span in spans]
        text = _replaced(text, replacements)
        parts = _lines_near(text, replacements)
        spans = _spans(text, parts) if _may_hold_any(text, parts) else []
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
    masked_user = _masked_part(user) if user else ""
    return scheme + masked_user + host + _masked_part(url[authority.end() :])


def _masked_part(part: str) -> str:
    decoded, offsets = _percent_decoded(part)
    while spans := _spans(decoded):
        encoded = ((offsets[s.start], offsets[s.end], _URL_PLACEHOLDERS[s.kind]) for s in spans)
        part = _replaced(part, encoded)
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


def _spans(text: str, parts: Sequence[tuple[int, int]] | None = None) -> list[Span]:
    """Returns what is to be replaced, from left to right, without what overlaps another span.

    If parts of the text are given, whole lines, only what lies in them is returned.
    """
    found = look(text)
    if found is None:
        return []
    candidates = [s for reader in found.recognizers for s in _read(reader, found.text, parts)]
    if not candidates:
        return []
    taken = bytearray(len(text))
    if "[" in text or "_" in text:
        for old in PLACEHOLDER.finditer(text):
            taken[old.start() : old.end()] = b"\1" * len(old[0])
    spans = []
    for span in candidates:
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            spans.append(span)
    return sorted(spans)


def _may_hold_any(text: str, parts: Sequence[tuple[int, int]]) -> bool:
    """Returns whether the parts need a look at the whole text, which costs more than few parts."""
    if sum(end - start for start, end in parts) * 3 > len(text) or "-----BEGIN" in text:
        return True
    for start, end in parts:
        origin = max(0, start - _REACH)
        if may_hold_any(text[origin : end + _REACH], start - origin, end - origin):
            return True
    return False


def _read(reader: Recognizer, text: str, parts: Sequence[tuple[int, int]] | None) -> Iterator[Span]:
    """Yields what a recognizer finds in the parts of a text, which it sees in their contexts."""
    if parts is None or reader in SPANNING_LINES:
        yield from reader(text)
        return
    for start, end in parts:
        origin = max(0, start - _REACH)
        for span in reader(text[origin : end + _REACH]):
            first, last = span.start + origin, span.end + origin
            if start <= first < end:
                yield span._replace(start=first, end=last)


def _lines_near(text: str, replacements: Iterable[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """Returns where the lines begin and end in which replacements, now in the text, may tell."""
    parts: list[tuple[int, int]] = []
    grown = 0
    for start, end, replacement in replacements:
        first = max(0, start + grown - _REACH)
        grown += len(replacement) - (end - start)
        reach = end + grown + _REACH
        # In a long line: its end is not looked for again.
        if parts and reach <= parts[-1][1]:
            continue
        stop = text.find("\n", reach)
        stop = len(text) if stop < 0 else stop
        first = text.rfind("\n", 0, first) + 1
        if parts and first <= parts[-1][1]:
            first = parts.pop()[0]
        parts.append((first, stop))
    return parts


def _replaced(text: str, replacements: Iterable[tuple[int, int, str]]) -> str:
    pieces: list[str] = []
    floor = 0
    for start, end, replacement in replacements:
        pieces += text[floor:start], replacement
        floor = end
    return "".join((*pieces, text[floor:]))


def _placeholder(span: Span) -> str:
    return _PLACEHOLDERS[span.kind]


class _Numbering:
    """Placeholders with numbers, from those on that stand in the text already."""

    def __init__(self, text: str) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self._last = dict.fromkeys(KINDS.values(), 0)
        for found in PLACEHOLDER.finditer(text):
            if found["number"]:
                name = found["name"]
                self._last[name] = max(self._last[name], int(found["number"]))

    def placeholder(self, span: Span) -> str:
        name = KINDS[span.kind]
        key = (name, span.value)
        if key not in self._numbers:
            self._last[name] += 1
            self._numbers[key] = self._last[name]
        return f"[{name}{self._numbers[key]}]"
