"""What of a page is read for its rights: elements of its head, and passages with certain words."""

import functools
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jingyu.filters.lexicon.literals import Found, Literals
from jingyu.filters.rights.head import LICENSE_CLUES, Element, head_elements

_REPRINTS = "载 載 转贴 转帖 轉貼 轉帖 翻印 翻版 摘编 摘編 版权 版權 著作權 著作权所有 注明 註明"
_MACHINES = "训练 訓練 掘 爬虫 爬蟲 爬取"
_LICENSES = "许可 許可 协议 協議 授权 授權 署名 姓名標 件公开 动公开"
_PAYWALLS = "试读 試讀 付费 付費 登录后 登錄後 登入後 登陆后 锁全"
_REST = "阅读全 阅读剩 阅读完 阅读本 查看全 查看剩 查看完"
WORDS = tuple(f"{_REPRINTS} {_MACHINES} {_LICENSES} {_PAYWALLS} {_REST}".split())
"""What passages are found by."""

CREATIVE_COMMONS = "creativecommons.org/"
FREE_DOCUMENTATION = "Free Documentation License"
ACCESSIBLE_FOR_FREE = "isAccessibleForFree"
RSL = ("rsl+xml", "RSL+XML")
RIGHTS_RESERVED = ("ights reserved", "ights Reserved", "IGHTS RESERVED")
LITERALS = (
    *WORDS,
    CREATIVE_COMMONS,
    FREE_DOCUMENTATION,
    ACCESSIBLE_FOR_FREE,
    *RSL,
    *RIGHTS_RESERVED,
    *LICENSE_CLUES,
)
"""What a page is searched for, all at once."""

_WORDS = frozenset(WORDS)
_REACH = 120  # a sentence on either side, tags included
_MOST = 100
_SCRIPT = re.compile("</?script")
_CUT = re.compile(r"[^<]*</script>|[^<>]*>")
_HIDDEN = re.compile(
    r"<(?:script.*?(?:</script>|\Z)|[^>]*(?:>|\Z))|&(?:[a-zA-Z]{2,8}|#[0-9a-fA-FxX]{1,6});",
    re.DOTALL,
)
_FULL_STOP = "。"


class Page(NamedTuple):
    """A page as the finders of evidence read it."""

    markup: str
    """HTML, or text."""
    elements: tuple[Element, ...]
    """Of the head, those that can say something of rights."""
    passages: tuple[str, ...]
    """What stands around the words, without tags, character references, spaces and scripts."""
    found: Found
    """Where each of `LITERALS` stands."""

    @property
    def sentences(self) -> str:
        """The passages as one text, with full stops between them, which no statement goes across.

        It is searched at once, since most searches find nothing in any passage.
        """
        return _FULL_STOP.join(self.passages)


def page_of(markup: str, text: str = "", found: Found | None = None) -> Page:
    """Returns what of a page is read for its rights.

    Args:
        markup: The decoded page; empty where there is only text.
        text: Its main text, which is read where there is no markup.
        found: Where `LITERALS` stand in what is read, if the caller has looked for them.
    """
    read = markup or text
    if found is None:
        found = _literals().find(read)
    return Page(read, head_elements(markup, found), tuple(_passages(read, found)), found)


@functools.cache
def _literals() -> Literals:
    return Literals(LITERALS)


def _passages(markup: str, found: Found) -> Iterator[str]:
    """Yields a string for words that stand near each other; the first and last 100 count."""
    places = sorted(place for word in found.keys() & _WORDS for place in found[word])
    if len(places) > 2 * _MOST:
        places = places[:_MOST] + places[-_MOST:]
    for start, end in _spans(_outside_scripts(markup, places)):
        passage = markup[max(0, start) : end]
        cut = _CUT.match(passage)
        shown = _HIDDEN.sub("", passage[cut.end() :] if cut else passage)
        yield "".join(shown.split())


def _spans(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    start, end = 0, None
    for at in places:
        if end is None or at - _REACH > end:
            if end is not None:
                yield start, end
            start = at - _REACH
        end = at + _REACH
    if end is not None:
        yield start, end


def _outside_scripts(markup: str, places: Iterable[int]) -> Iterator[int]:
    is_inside, until = False, 0
    for at in places:
        if at >= until:
            border = _SCRIPT.search(markup, at)
            is_inside = border is not None and border[0] == "</script"
            until = border.start() if border else len(markup)
        if not is_inside:
            yield at
