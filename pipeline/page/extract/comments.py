"""Comments of readers behind an article."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from jingyu.filters.lexicon.literals import Literals
from jingyu.pipeline.page.extract.hints import NAMES
from jingyu.pipeline.page.extract.markup import Markup, Nodes
from jingyu.pipeline.page.extract.tags import IN_HEADING

_WORDS = Literals(("评论", "評論", "跟帖", "跟貼", "留言", "omment", "点评"))
_WHO = (
    "网友|網友|读者|讀者|用户|用戶|大家|观众|全部|所有|最新|最热|热门|熱門|精彩|精选|文章|本文|新闻"
)
_WHAT = "评论|評論|跟帖|跟貼|留言|点评|热评|讨论"
_COUNT = r"\s*[（(\[【]?\s*(?:共|已有)?\s*\d+\s*[条條篇个則则]?\s*[)）\]】]?"
# What a section of comments begins with. 回复 and 回答 do not: those are threads.
_SURE = re.compile(
    rf"(?:(?:{_WHO})(?:的)?(?:{_WHAT})(?:列表|区|區|专区)?(?:{_COUNT})?"
    rf"|(?:{_WHAT})(?:列表|区|區|专区)(?:{_COUNT})?|(?:{_WHAT}){_COUNT}"
    rf"|(?:共有?|已有|目前有)?\s*\d+\s*[条條篇个則则]?\s*(?:{_WHO})?(?:{_WHAT})"
    r"|(?i:comments?\s*\(\d+\)|\d+\s+comments?|reader comments))\s*[:：]?"
)
_MAYBE = re.compile(rf"(?:{_WHAT}|发表评论|我要评论|(?i:comments?))\s*[:：]?")
_IN_HEADINGS = re.compile("[评評跟留讨mM]")
"""What every word for comments has one of: most lines have none."""
_LONGEST_HEADING = 20
_LEAST_BEFORE = 100
_COMMENT = 1 << NAMES.index("comment")


def comments_in(kept: Sequence[int], markup: Markup) -> set[int]:
    """Returns which lines of a page are comments of readers, heading included.

    A section of them begins with a line such as `网友评论` or `12 条评论`; a bare `评论` counts
    where the container is named so. It ends with the outermost container that begins there, or if
    that holds the heading alone, with the one around it. Nothing is a comment that less than a
    hundred characters of text stand before: then what is written there is the text of the page.
    """
    lines, nodes = markup.lines, markup.nodes
    found: set[int] = set()
    if not kept or not _WORDS.find("\n".join(lines.text[kept[0] :])):
        return found
    before = list(accumulate(lines.length.take(kept).tolist(), initial=0))
    for place in _headings(lines.text, kept[0]):
        is_named = bool(nodes.inherited[lines.node[place]] & _COMMENT)
        is_sure = _SURE.fullmatch(lines.text[place]) is not None
        length_before = before[bisect_right(kept, place)]
        if length_before < _LEAST_BEFORE or place in found or not (is_sure or is_named):
            continue
        is_heading = is_named or lines.kind[place] == IN_HEADING
        found.update(range(*_section(nodes, int(lines.node[place]), place, is_heading=is_heading)))
    return found


def _headings(texts: Sequence[str], first: int) -> list[int]:
    """Returns the lines from one on that may be headings of comments."""
    return [
        place
        for place, text in enumerate(texts[first:], first)
        if len(text) <= _LONGEST_HEADING
        and _IN_HEADINGS.search(text)
        and (_SURE.fullmatch(text) or _MAYBE.fullmatch(text))
    ]


def _section(nodes: Nodes, node: int, place: int, *, is_heading: bool) -> tuple[int, int]:
    """Returns the first line of a section and the one after its last."""
    outer = node
    while outer and nodes.first[nodes.parent[outer]] == place:
        outer = int(nodes.parent[outer])
    begins = nodes.first[outer] == place
    if begins and nodes.last[outer] > place + 1:
        return place, int(nodes.last[outer])
    if not is_heading:
        return place, place
    around = int(nodes.parent[outer]) if begins else outer
    return place, int(nodes.last[around])
