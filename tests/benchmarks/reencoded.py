"""Real pages written anew in the legacy charsets of Chinese, without and with false labels."""

import functools
import random
import re
from collections.abc import Iterator
from typing import NamedTuple

import opencc
from fastwarc.warc import ArchiveIterator, WarcRecordType

_DECLARATION = re.compile(
    r"<meta[^>]{0,300}charset[^>]{0,300}>|<\?xml[^>]{0,300}\?>", re.IGNORECASE
)
_HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)
_MOST_LACKING = 0.01
_FALSE = {"gb18030": ("utf-8", "big5"), "cp950": ("utf-8", "gbk")}


class Capture(NamedTuple):
    """A page as the crawl has it."""

    name: str
    content_type: str | None
    http_charset: str | None
    payload: bytes


class Written(NamedTuple):
    """A page in another charset."""

    kind: str
    """Charset, what the page declares, and what was done to its bytes."""
    text: str
    """What a right reading gives."""
    payload: bytes


def captures(path: str) -> Iterator[Capture]:
    """Yields the pages of a WARC file in its order."""
    with open(path, "rb") as stream:
        records = ArchiveIterator(stream, record_types=WarcRecordType.response, quirks_mode=True)
        for index, record in enumerate(records):
            name = record.headers.get("X-Page-File") or f"{index}"
            content_type, charset = record.http_content_type, record.http_charset
            yield Capture(name, content_type, charset, record.reader.read())


def written_anew(text: str) -> Iterator[Written]:
    """Yields a page in GB18030 and Big5, each without and with two false declarations.

    For Big5, as Windows writes it, the text is made traditional; what it lacks becomes a numeric
    character reference, and a page is left out if more than 1 % of its characters beyond ASCII
    would.
    """
    text = _DECLARATION.sub("", text.replace("\ufffd", "").replace("\ufeff", ""))
    for charset, false in _FALSE.items():
        page = _traditional().convert(text) if charset == "cp950" else text
        lacking = sum(c > "\x7f" and not _has(charset, c) for c in page)
        if lacking > _MOST_LACKING * sum(c > "\x7f" for c in page):
            continue
        for declared in (None, *false):
            stated = _with_meta(page, declared)
            payload = stated.encode(charset, "xmlcharrefreplace")
            yield Written(f"{charset}, {declared or 'nothing'}", payload.decode(charset), payload)


def with_stray_byte(page: Written, chance: random.Random) -> Written:
    """Returns the page with one random byte put in at a random place."""
    place = chance.randrange(len(page.payload) + 1)
    stray = bytes([chance.randrange(256)])
    payload = page.payload[:place] + stray + page.payload[place:]
    return Written(f"{page.kind}, stray byte", page.text, payload)


def cut(page: Written, chance: random.Random) -> Written:
    """Returns the page up to a random byte."""
    payload = page.payload[: chance.randrange(1, len(page.payload) + 1)]
    charset = page.kind.partition(",")[0]
    return Written(f"{page.kind}, cut", payload.decode(charset, "ignore"), payload)


def _with_meta(page: str, charset: str | None) -> str:
    if charset is None:
        return page
    meta = f'<meta charset="{charset}">'
    stated, times = _HEAD.subn(lambda head: head[0] + meta, page, count=1)
    return stated if times else meta + page


@functools.cache
def _has(charset: str, character: str) -> bool:
    try:
        return character.encode(charset).decode(charset) == character
    except UnicodeEncodeError:
        return False


@functools.cache
def _traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")
