"""The passages of a page in which a filing number may stand."""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

TAG = "\x01"
"""What stands for a tag between two pieces of text."""

_BEFORE, _AFTER = 100, 420
_LOOK_BACK = 40
# Each is searched for as a literal, the rarest character of a number's mark if it has one: this
# costs a few microseconds a page, where a pattern of alternatives takes a hundred times as long.
_MARKS = tuple(map(re.compile, ("备", "備", "证")))
_BEFORE_MARK = frozenset("PpＰ安警可 \t\r\n\u00a0\u3000>;")
_NAMES = re.compile("[Cc][Pp]|ＣＰ|ｃｐ|安|警|许可|許可")
_ICP = re.compile("ICP")
_AFTER_ICP = frozenset("證&\\%")
_TELECOM = re.compile("B2-")
_LINK = re.compile(r"beian\.")
_LINK_LENGTH = 80
_ENTITIES = ("icp&#", "&#23433;&#22791;", "&#x5B89;&#x5907;", "&#x5b89;&#x5907;", r"\\u5b89\\u5907")
_ESCAPES = tuple(map(re.compile, _ENTITIES))
_PIECE_OF_TAG = re.compile(r"<[^<>]*(?:>|$)")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_ESCAPED_TAG = re.compile(r"\\+/")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u3000"), " ")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_TRADITIONAL = dict(
    zip(
        map(ord, "晉遼滬蘇閩贛魯粵瓊貴雲陝隴寧臺備證証號網機關許營"),
        "晋辽沪苏闽赣鲁粤琼贵云陕陇宁台备证证号网机关许营",
        strict=True,
    )
)
_PLAIN = _HALF_WIDTH | _SPACES | _DASHES | _TRADITIONAL


class Passage(NamedTuple):
    """Part of a page, escapes undone, in half-width forms and simplified characters."""

    text: str
    """Text and scripts, with `TAG` for each tag."""
    tags: str
    """The tags, one a line: numbers stand in attributes too."""


def passages(markup: str) -> Iterator[Passage]:
    """Yields the parts of a page around whatever looks like the mark of a filing number."""
    end = -1
    start = 0
    for place in sorted(_places(markup)):
        if place - _BEFORE > end:
            if end >= 0:
                yield _plain(markup[start:end])
            start = max(0, place - _BEFORE)
        end = place + _AFTER
    if end >= 0:
        yield _plain(markup[start:end])


def _places(markup: str) -> Iterator[int]:
    for mark in _MARKS:
        for found in mark.finditer(markup):
            place = found.start()
            if markup[place - 1 : place] in _BEFORE_MARK and _NAMES.search(
                markup, max(0, place - _LOOK_BACK), place
            ):
                yield place
    for found in _ICP.finditer(markup):
        if markup[found.end() : found.end() + 1] in _AFTER_ICP:
            yield found.start()
    yield from (found.start() for found in _TELECOM.finditer(markup))
    for found in _LINK.finditer(markup):
        if markup.find("code=", found.end(), found.end() + _LINK_LENGTH) >= 0:
            yield found.start()
    if markup.isascii():  # All Chinese is escaped.
        for escape in _ESCAPES:
            yield from (found.start() for found in escape.finditer(markup))


def _plain(piece: str) -> Passage:
    if "&" in piece:
        piece = html.unescape(piece)
    if "\\" in piece:
        piece = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), piece)
        piece = _ESCAPED_TAG.sub("/", piece)
    if "%E" in piece or "%e" in piece:
        piece = unquote(piece, errors="replace")
    piece = piece.translate(_PLAIN).replace(TAG, " ")
    return Passage(_PIECE_OF_TAG.sub(TAG, piece), "\n".join(_PIECE_OF_TAG.findall(piece)))
