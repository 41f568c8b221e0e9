"""The passages of a page in which a filing number may stand."""

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.filters.lexicon.literals import Found, Literals
from jingyu.filters.references import unescaped

TAG = "\x01"
"""What stands for a tag between two pieces of text."""

_BEFORE, _AFTER = 100, 420
_LOOK_BACK = 40
# The rarest character of a number's mark, if it has one.
_MARKS = ("备", "備", "证")
_BEFORE_MARK = frozenset("PpＰ安警可 \t\r\n\u00a0\u3000>;")
_NAMES = lazy_pattern("[Cc][Pp]|ＣＰ|ｃｐ|安|警|许可|許可")
_ICP = "ICP"
_AFTER_ICP = frozenset("證&\\%")
_TELECOM = "B2-"
_LINK = "beian."
LITERALS = (*_MARKS, _ICP, _TELECOM, _LINK)
"""What a page is searched for, all at once."""

_LINK_LENGTH = 80
_ENTITIES = ("icp&#", "&#23433;&#22791;", "&#x5B89;&#x5907;", "&#x5b89;&#x5907;", r"\\u5b89\\u5907")
_ESCAPES = tuple(map(re.compile, _ENTITIES))
_PIECE_OF_TAG = lazy_pattern(r"(<[^<>]*(?:>|$))")
_ESCAPED = lazy_pattern(r"\\u([0-9a-fA-F]{4})")
_ESCAPED_TAG = lazy_pattern(r"\\+/")
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
_PLAIN = {
    chr(code): plain if isinstance(plain, str) else chr(plain)
    for code, plain in (_HALF_WIDTH | _SPACES | _DASHES | _TRADITIONAL | {ord(TAG): " "}).items()
}
# A piece holds few of them: str.translate would look up each of its characters.
_NOT_PLAIN = lazy_pattern(f"[{''.join(_PLAIN)}]")


class Passage(NamedTuple):
    """Part of a page, escapes undone, in half-width forms and simplified characters."""

    text: str
    """Text and scripts, with `TAG` for each tag."""
    tags: str
    """The tags, one a line: numbers stand in attributes too."""


def passages(markup: str, found: Found | None = None) -> Iterator[Passage]:
    """Yields the parts of a page around whatever looks like the mark of a filing number.

    Args:
        markup: The page.
        found: Where `LITERALS` stand in it, if the caller has looked for them.
    """
    end = -1
    start = 0
    for place in sorted(_places(markup, _literals().find(markup) if found is None else found)):
        if place - _BEFORE > end:
            if end >= 0:
                yield _plain(markup[start:end])
            start = max(0, place - _BEFORE)
        end = place + _AFTER
    if end >= 0:
        yield _plain(markup[start:end])


@functools.cache
def _literals() -> Literals:
    return Literals(LITERALS)


def _places(markup: str, found: Found) -> Iterator[int]:
    for mark in _MARKS:
        for place in found.get(mark, ()):
            if markup[place - 1 : place] in _BEFORE_MARK and _NAMES.search(
                markup, max(0, place - _LOOK_BACK), place
            ):
                yield place
    for place in found.get(_ICP, ()):
        after = place + len(_ICP)
        if markup[after : after + 1] in _AFTER_ICP:
            yield place
    yield from found.get(_TELECOM, ())
    for place in found.get(_LINK, ()):
        after = place + len(_LINK)
        if markup.find("code=", after, after + _LINK_LENGTH) >= 0:
            yield place
    if markup.isascii():  # All Chinese is escaped.
        for escape in _ESCAPES:
            yield from (one.start() for one in escape.finditer(markup))


def _plain(piece: str) -> Passage:
    if "&" in piece:
        piece = unescaped(piece)
    if "\\" in piece:
        piece = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), piece)
        piece = _ESCAPED_TAG.sub("/", piece)
    if "%E" in piece or "%e" in piece:
        piece = unquote(piece, errors="replace")
    piece = _NOT_PLAIN.sub(lambda found: _PLAIN[found[0]], piece)
    parts = _PIECE_OF_TAG.split(piece)
    return Passage(TAG.join(parts[::2]), "\n".join(parts[1::2]))
