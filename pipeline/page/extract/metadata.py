"""What a page states about its text: title, author, date."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from jingyu.filters.references import unescaped
from jingyu.pipeline.page.extract import titles
from jingyu.pipeline.page.extract.titles import MAX_TITLE, title_from
from jingyu.pipeline.page.extract.traits import traits

_TITLE = re.compile(r"<[tT][iI][tT][lL][eE](?=[\s>])[^>]*>")
_TITLE_END = re.compile("</[tT][iI][tT][lL][eE]")
# What a title shows of no other: of &lt; an article may tell.
_ESCAPED_TWICE = re.compile(
    r"&(?:amp|quot|nbsp|apos|middot|[lr][ds]quo|hellip|[mn]dash|bull|#\d{2,6});"
)
_HEAD = 1 << 16
_MAX_AUTHOR = 40

_META = re.compile(r"<[mM][eE][tT][aA]\b((?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?)*+)>")
_ATTRIBUTE = re.compile(r"([a-zA-Z:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_AUTHOR_KEYS = ("author", "article:author", "og:article:author", "byl")
_DATE_KEYS = (
    *("article:published_time", "og:published_time", "pubdate", "publishdate", "publish_time"),
    *("og:release_date", "datepublished", "bytedance:published_time", "weibo:article:create_at"),
    *("publication_date", "firstpublishedtime", "apub:time", "dc.date", "date"),
)
_IN_KEYS = ("title", "_name", "-name", "author", "byl", "date", "time", "create_at")
"""What every key holds one of."""
_KEYS = frozenset((*titles.KEYS, *titles.SITE_KEYS, *_AUTHOR_KEYS, *_DATE_KEYS))
_DATE = r"((?:19|20)\d\d)\s?[-/.年]\s?(0?[1-9]|1[0-2])\s?[-/.月]\s?(3[01]|[12]\d|0?[1-9])(?!\d)"
_ANY_DATE = re.compile(_DATE)
_LONE_DATE = re.compile(r"(?:[来來]源[:：].{0,20}?\s)?\W*" + _DATE)
_LONGEST_WITH_DATE = 40
_NO_AUTHOR = re.compile("[:：]|^(?:暂无|未知|不详|无)")
_PUBLISHED = re.compile(r"(?:发布|發布|发表|發表|发文|时间|時間|日期|更新)[^\d\n]{0,8}?" + _DATE)
# Both names from their `b` on: one letter to look for, and the rarest, reads the page only once.
_JSON_DATES = ('"datePublished"', '"pubDate"')
_JSON_DATE = re.compile(r"b(?:(?<=\"datePub)lished|(?<=\"pub)Date)\"\s*:\s*\"([^\"]{8,40})\"")
# A word at the beginning of a line or after a space or bar, from its first character on: a search
# for what stands before it would stop at each space.
_AUTHOR = re.compile(
    r"[作撰記记](?<![^\s|　].)(?:(?<=作)\s?者|(?<=撰)(?:稿人?|文)|(?<=[記记])者)"
    r"\s?[:：]\s?([^\s:：|｜/（(【\[，,。]{2,20})"
)
_LINES_READ = 400
_LONGEST_STATEMENT = 120


class Head(NamedTuple):
    """A page, and what stands in its head."""

    page: str
    """HTML."""
    title: str | None
    """As `title_of` has it."""
    metas: Sequence[int]
    """Where tags begin whose names begin with `meta`, of the whole page."""


class Stated(NamedTuple):
    """What a page states; None where it says nothing."""

    title: str | None
    author: str | None
    published_at: dt.date | None


def title_of(page: str) -> str | None:
    """Returns what the page's `title` element says, on one line of at most 300 characters."""
    begin = _TITLE.search(page, 0, _HEAD)
    end = _TITLE_END.search(page, begin.end(), _HEAD) if begin else None
    title = _line(page[begin.end() : end.start()]) if begin and end else ""
    return title or None


def head_of(page: str) -> Head:
    """Returns a page with what its `title` element says, and where its `meta` elements are."""
    return Head(page, title_of(page), traits(page)[3])


def stated_by(
    head: Head,
    lines: Sequence[str],
    headings: Sequence[str],
    nearest: str | None = None,
    before: Sequence[str] = (),
) -> Stated:
    """Returns title, author and date of a page; `title_from` says how the title is found.

    Author and date come from `meta` elements, else from short lines such as `作者：` and
    `发布时间：`. A date without such a word counts only at the head of a short line right before
    the text.

    Args:
        head: The page.
        lines: Its lines.
        headings: Those of them that are headings.
        nearest: The heading next before the text.
        before: The lines right before the text.
    """
    metas = _metas(head)
    spoken = "\n".join([line for line in lines[:_LINES_READ] if len(line) <= _LONGEST_STATEMENT])
    author = next((metas[key] for key in _AUTHOR_KEYS if metas.get(key)), None)
    if not author or _NO_AUTHOR.search(author) or len(author) > _MAX_AUTHOR:
        found = _AUTHOR.search(spoken)
        author = found[1] if found and not _NO_AUTHOR.search(found[1]) else None
    title = title_from(head.title, metas, lines, headings, nearest)
    title = title and _ESCAPED_TWICE.sub(lambda found: unescaped(found[0]), title)
    return Stated(title, author, _date(head.page, metas, spoken, before))


def _metas(head: Head) -> dict[str, str]:
    metas: dict[str, str] = {}
    end = 0
    for place in head.metas:
        found = _META.match(head.page, place, _HEAD) if end <= place < _HEAD else None
        if not found:
            continue
        end = found.end()
        stated = found[1][:1000]
        lowered = stated.lower()
        if not any(part in lowered for part in _IN_KEYS):
            continue
        values = {
            name.lower(): double or single or bare
            for name, double, single, bare in _ATTRIBUTE.findall(stated)
        }
        key = (values.get("property") or values.get("name") or values.get("itemprop") or "").lower()
        content = values.get("content")
        if key in _KEYS and content:
            metas.setdefault(key, _line(content))
    return metas


def _date(
    page: str, metas: Mapping[str, str], spoken: str, before: Sequence[str]
) -> dt.date | None:
    for text in (metas[key] for key in _DATE_KEYS if key in metas):
        if date := _date_in(_ANY_DATE.search(text)):
            return date
    is_stated = any(name in page for name in _JSON_DATES)
    machine = _JSON_DATE.search(page) if is_stated else None
    if machine and (date := _date_in(_ANY_DATE.search(machine[1]))):
        return date
    if date := _date_in(_PUBLISHED.search(spoken)):
        return date
    lone = (_LONE_DATE.match(line) for line in before if len(line) <= _LONGEST_WITH_DATE)
    return _date_in(next((found for found in lone if found), None))


def _date_in(found: re.Match[str] | None) -> dt.date | None:
    try:
        return dt.date(*(int(part) for part in found.groups())) if found else None
    except ValueError:  # the 31st of a short month
        return None


def _line(text: str) -> str:
    return " ".join(unescaped(text).split())[:MAX_TITLE]
