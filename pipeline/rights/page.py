"""What of a page is read for its rights: elements of its head, and passages with certain words."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipeline.rights.head import Element, head_elements

if TYPE_CHECKING:
    from numpy.typing import NDArray

_REPRINTS = "载 載 转贴 转帖 轉貼 轉帖 翻印 翻版 摘编 摘編 版权 版權 著作權 著作权所有 注明 註明"
_MACHINES = "训练 訓練 掘 爬虫 爬蟲 爬取"
_LICENSES = "许可 許可 协议 協議 授权 授權 署名 姓名標 件公开 动公开"
_PAYWALLS = "试读 試讀 付费 付費 登录后 登錄後 登入後 登陆后 锁全"
_REST = "阅读全 阅读剩 阅读完 阅读本 查看全 查看剩 查看完"
WORDS = tuple(f"{_REPRINTS} {_MACHINES} {_LICENSES} {_PAYWALLS} {_REST}".split())
"""What passages are found by.

A page is searched for their first characters all at once; so these should be rare ones.
"""

_BY_FIRST = {
    first: tuple(word for word in WORDS if word[0] == first)
    for first in dict.fromkeys(word[0] for word in WORDS)
}
_REACH = 120  # a sentence on either side, tags included
_MOST = 100
_FIRST_HAN = 0x4E00
_IS_FIRST = np.zeros(1 << 16, np.bool_)
_IS_FIRST[[ord(first) for first in _BY_FIRST]] = True
_HIDDEN = re.compile(
    r"\A[^<]*</script>|\A[^<>]*>|<script.*?(?:</script>|\Z)|<[^>]*(?:>|\Z)"
    r"|&(?:[a-zA-Z]{2,8}|#[0-9a-fA-FxX]{1,6});|\s+",
    re.DOTALL,
)


class Page(NamedTuple):
    """A page as the finders of evidence read it."""

    markup: str
    """HTML, or text."""
    elements: tuple[Element, ...]
    """Of the head, those that can say something of rights."""
    passages: tuple[str, ...]
    """What stands around the words, without tags, character references, spaces and scripts."""


def page_of(markup: str, text: str = "") -> Page:
    """Returns what of a page is read for its rights.

    Args:
        markup: The decoded page; empty where there is only text.
        text: Its main text, which is read where there is no markup.
    """
    read = markup or text
    return Page(read, head_elements(markup), tuple(_passages(read)))


def _passages(markup: str) -> Iterator[str]:
    """Yields a string for words that stand near each other; the first and last 100 count."""
    places = _places(markup)
    if len(places) > 2 * _MOST:
        places = places[:_MOST] + places[-_MOST:]
    for start, end in _spans(_outside_scripts(markup, places)):
        yield _HIDDEN.sub("", markup[max(0, start) : end])


def _places(markup: str) -> list[int]:
    units: NDArray[np.unsignedinteger] = np.frombuffer(
        markup.encode("utf-16-le", "surrogatepass"), np.uint16
    )
    if len(units) != len(markup):
        wide = np.frombuffer(markup.encode("utf-32-le", "surrogatepass"), np.uint32)
        units = np.where(wide < len(_IS_FIRST), wide, 0)
    han = np.flatnonzero(units >= _FIRST_HAN)
    found: list[int] = han[_IS_FIRST[units[han]]].tolist()
    return [at for at in found if markup.startswith(_BY_FIRST[markup[at]], at)]


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
            opened = markup.find("<script", at)
            opened = opened if opened >= 0 else len(markup)
            closed = markup.find("</script", at, opened)
            is_inside, until = closed >= 0, max(closed, 0) or opened
        if not is_inside:
            yield at
