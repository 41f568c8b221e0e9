"""Lines that are no text: buttons, and what sites, programs and servers put around a text."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.filters.lexicon.literals import Literals
from jingyu.pipeline.page.extract.remains import without_remains
from jingyu.pipeline.page.extract.tags import IN_HEADING, IN_PREFORMATTED

if TYPE_CHECKING:  # rows of text have no use for what reads markup
    from jingyu.pipeline.page.extract.markup import Lines

_BUTTONS = frozenset(
    (
        *("展开全文", "展開全文", "阅读全文", "閱讀全文", "查看全文", "显示全文", "展开全部"),
        *(
            "展开",
            "展开更多",
            "查看更多",
            "点击展开",
            "展开阅读全文",
            "点击展开全文",
            "点击查看全文",
        ),
        *("收起", "收起全文", "阅读原文", "轻触阅读原文", "举报", "舉報"),
        *(
            "举报/反馈",
            "举报反馈",
            "反馈",
            "投诉",
            "点赞",
            "收藏",
            "播报",
            "编辑",
            "加入书签",
            "加入书架",
            "推荐本书",
        ),
        *("章节报错", "章节错误,点此举报", "投推荐票", "加载全部内容", "加载更多", "Close(关闭)"),
        *(
            "加载中",
            "加载中…",
            "加载中...",
            "正在加载…",
            "正在加载...",
            "正在加载中...",
            "页面加载中...",
        ),
        *("Loading...", "loading...", "Loading…", "请稍候...", "请稍候…", "请稍等..."),
        *(
            "分享到",
            "分享到：",
            "分享到:",
            "分享至",
            "分享至：",
            "打印本页",
            "关闭窗口",
            "关闭本页",
        ),
        *("取消回复", "取消回覆", "发表评论", "發表留言", "發佈留言", "Δ"),  # forms for comments
    )
)
# What stands above or under a program to copy or explain it, with the name of its language.
_COPIERS = lazy_pattern(
    r"(?:[a-zA-Z][\w+#-]{0,14}\s?)?(?:(?:登录后复制|登入後複製|复制代码|複製程式碼|複製代碼|复制|複製|一键复制|AI代码解释"
    r"|AI写代码|体验AI代码助手|代码解读|运行代码|收起代码|展开代码|copy(?: code)?|copied!?)\s?)+",
    re.IGNORECASE,
)
_LONGEST_COPIER = 40
_LONGEST_TAIL = 80
_TAIL = lazy_pattern(
    "请记住本书首发域名|一秒记住|(?:最新|手机版?阅读|备用)网址[:：]|本章未完，?请?点击下一页|记住本站(?:网址|域名)"
    "|请收藏本站|最快更新.{0,20}(?:章节|无弹窗)|无弹窗(?:广告)?.{0,6}(?:阅读|小说网)|手机用户请(?:浏览|到)"
    "|^本帖最后由 .{1,40} 于 .{6,25} 编辑$|喜欢.{1,30}请大家收藏|网址.{1,50}记得收藏"
    "|(?:邮箱|邮件|郵件|電子郵件)[地位]址[将并並]?不[会會]被?(?:公开|公開|发布)。"
    "|^在此?浏览器中保存我的|^在瀏覽器中儲存.{1,20}(?:留言|評論)|^必填项已用 ?\\* ?标注$"
)
_TAILS = Literals(
    (
        *(
            "首发域名",
            "一秒记住",
            "网址",
            "本章未完",
            "记住本站",
            "请收藏本站",
            "最快更新",
            "无弹窗",
        ),
        *("手机用户请", "本帖最后由", "请大家收藏", "记得收藏"),
        *(
            "址不会",
            "址不會",
            "址将不会",
            "址并不会",
            "址並不會",
            "浏览器中保存我的",
            "瀏覽器中儲存",
        ),
        "必填项已用",
    )
)
"""What every match of `_TAIL` holds one of."""
_NUMBER = lazy_pattern(r"^[\d.]+[.、]*|\[[^\]]{1,8}\]$")
_CONTENTS = frozenset(("目录", "目錄", "本文目录", "目次", "contents", "table of contents"))
_LEAST_CONTENTS = 3
_LINK = 0.5
_LOST = "\ufffd"
_MOST_LOST = 0.2
"""Of GB18030 read as UTF-8 more than half is lost."""


def is_remain(text: str) -> bool:
    """Returns whether a line is a button, or what sites of novels and forums put into texts."""
    return text in _BUTTONS or (len(text) <= _LONGEST_TAIL and _TAIL.search(text) is not None)


def contents_in(places: Sequence[int], lines: "Lines") -> list[int]:
    """Returns which of the chosen lines are a table of contents: links to three headings or more.

    Each is the text of a heading that is chosen, too; numbers before it do not count.
    """
    kinds = lines.kind.take(places).tolist()
    if kinds.count(IN_HEADING) < _LEAST_CONTENTS:
        return []
    linked = (lines.link_length.take(places) > _LINK * lines.length.take(places)).tolist()
    if linked.count(True) < _LEAST_CONTENTS:
        return []
    texts = [lines.text[place] for place in places]
    headings = {_bare(text) for text, kind in zip(texts, kinds, strict=True) if kind == IN_HEADING}
    if len(headings) < _LEAST_CONTENTS:
        return []
    contents: list[int] = []
    run: list[int] = []
    for place, text, kind, is_linked in zip(places, texts, kinds, linked, strict=True):
        if is_linked and kind != IN_HEADING and _bare(text) in headings:
            run.append(place)
            continue
        contents += run if len(run) >= _LEAST_CONTENTS else []
        run = [place] if text.lower() in _CONTENTS else []
    return contents + (run if len(run) >= _LEAST_CONTENTS else [])


def _bare(text: str) -> str:
    return _NUMBER.sub("", "".join(text.split()))


def _undecodable_ends(places: Sequence[int], texts: Sequence[str]) -> list[int]:
    """Returns which lines before and behind the text are in another charset than the page.

    A part that a server puts into each page, such as a footer. Within the text such a line is a
    loss, and stays to be counted.
    """
    is_lost = [texts[place].count(_LOST) > _MOST_LOST * len(texts[place]) for place in places]
    if all(is_lost):
        return []
    first, end = is_lost.index(False), len(is_lost) - is_lost[::-1].index(False)
    return [*places[:first], *places[end:]]


def without_remain_lines(text: str) -> tuple[str, int]:
    """Returns a text without markup, freed of what software left in it, and how many lines went."""
    is_gone = is_remain if _TAILS.find(text) else _BUTTONS.__contains__
    lines = text.split("\n")
    kept = [line for line in lines if not is_gone(line.strip())]
    return without_remains("\n".join(kept)), len(lines) - len(kept)


def remains_in(places: Sequence[int], lines: "Lines") -> list[int]:
    """Returns which of the chosen lines are no text but what software left."""
    if not places:
        return []
    texts = lines.text
    whole = "\n".join([texts[place] for place in places])
    is_gone = is_remain if _TAILS.find(whole) else _BUTTONS.__contains__
    gone = [place for place in places if is_gone(texts[place])]
    if _LOST in whole:
        gone += _undecodable_ends(places, texts)
    if lines.has_programs:
        gone += _copiers_in(places, lines)
    return gone + contents_in(places, lines)


def _copiers_in(places: Sequence[int], lines: "Lines") -> list[int]:
    """Returns which of the chosen lines are buttons at the edge of a program, within or outside."""
    is_program = [False, *(lines.kind.take(places) == IN_PREFORMATTED).tolist(), False]
    return [
        place
        for number, place in enumerate(places, 1)
        if len(set(is_program[number - 1 : number + 2])) > 1
        and len(lines.text[place]) <= _LONGEST_COPIER
        and _COPIERS.fullmatch(lines.text[place])
    ]
