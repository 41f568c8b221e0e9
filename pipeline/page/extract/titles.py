"""The title of a page: what its `title` element, its headings and its lines agree on."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

MAX_TITLE = 300
_ARTICLE = "articletitle"
KEYS = (_ARTICLE, "og:title", "twitter:title")
"""Names of `meta` elements that give the title to others, the most telling first."""
SITE_KEYS = ("og:site_name", "application-name", "apple-mobile-web-app-title")
"""Names of `meta` elements that give the name of the site."""

_SHORTEST = 2
_SHORTEST_BEFORE_SPACE = 4
_LONG = 10
_SHORT_WHOLE = 6
_TELLING = 5
_LOGO_LINES = 40
_LINES_READ = 1000
_LONGEST_SITE = 30
_PARTS = re.compile(
    r"\s+[-–—－|·•»«<＜]+\s+|\s*[_|｜»«│丨]+\s*|\s*(?:--+|>+|->|＞|─+)\s*|\s+[-–—－](?=\S)|(?<=\S)[-–—－]\s+"
)
_BOUNDARIES = frozenset("_|｜»«│丨-–—－─·•>＞/(（[【,，:：")
_CUT = re.compile(r"(.+?)\s*(?:\.{3}|…)")
_DASH = re.compile(r"\s*(?:——|[-–—－])\s*(?=[^-–—－]*$)")
_LEAD = re.compile(r"([^\s_|｜-]+)[\s_|｜»–—-]+")
_IN_BRACKETS = re.compile(r"\s[(（]([^()（）]{2,8})[)）]$")
_EDGE = " \t-–—－_|｜·»«>"
_NO_TITLE = re.compile(
    r"(?i:首\s?页|首\s?頁|主页|主頁|网站首页|网站主页|home|index|welcome|正在播放|正文|详情|.{0,12}详情页|无标题文档)"
)
# [纪检监察组], the section that a page is in.
_SECTION = re.compile(r"\[[^\[\]]*\]|【[^【】]*】")
# How names of sites end, and how those that are nothing else; no part of either is a sentence.
_SURELY = (
    "网|網|网站|網站|官网|官網|在线|線上|门户|频道|頻道|论坛|論壇|贴吧|专栏|專欄|平台|系统|系統|百科|百科全书|"
    r"百科全書|文库|文库|社区|社區|(?i:\w\.[a-z]{2,4}|blog|forum|wiki|csdn)"
)
_LIKELY = (
    "网络|站|博客|空间|数据库|词典|辞典|头条|日报|晚报|早报|晨报|时报|日報|晚報|時報|商报|周刊|杂志社?|出版社|电视台|"
    "公司|集团|集團|工作室|事务所|研究院|研究所|研究会|协会|協會|学会|學會|基金会|商会|联合会|大学|大學|学院|學院|"
    "小学|小學|中学|中學|学校|學校|幼儿园|图书馆|圖書館|博物馆|医院|醫院|政府|委员会|局|厅|廳|处|部|中心|商城|书城|"
    "小说|文学|音乐|影院|软件园|下载站"
)
_BEHIND = r"(?:[（(【\[][^）)】\]]*[）)】\]]|[-,，]?[^，。！？；：、“”《》]{0,4}版|官方网站)?"
_BEFORE = "(?!.*(?:什么|怎么|如何|哪|吗|是|了|有(?!限)))[^，。！？；：、“”《》]*(?:，自由的)?"
_SITE = re.compile(f"{_BEFORE}(?:{_SURELY}|{_LIKELY}){_BEHIND}")
_SURE_SITE = re.compile(f"{_BEFORE}(?:{_SURELY}){_BEHIND}")


def title_from(
    whole: str | None,
    metas: Mapping[str, str],
    lines: Sequence[str],
    headings: Sequence[str],
    nearest: str | None = None,
) -> str | None:
    """Returns the title of what a page is about, not of its site where it has another one.

    The `title` element names the text, its section and the site, mostly in this order. What of it
    is the title, the page shows: a heading that it begins with, or the beginning of which it has
    before three dots, else a line. Without such, what the page gives to others as its title counts,
    a heading that the element holds, and at last what is left of the element without names of sites
    behind. A page whose element names only the site has the title that stands before its text, else
    the one that it gives to others.

    Args:
        whole: What the `title` element says, on one line.
        metas: Name of a `meta` element in lower case to its content.
        lines: The lines of the page; cells of a row with tabs between them.
        headings: Those of them that are headings.
        nearest: The heading that stands next before the text.
    """
    sites = {_packed(metas[key]) for key in SITE_KEYS if metas.get(key)}
    if not whole:
        given = next(iter(_given(metas)), None)
        return given or nearest or next((line[:MAX_TITLE] for line in headings), None)
    if full := _in_full(whole, headings, nearest):
        return full[:MAX_TITLE]
    begins = _beginnings(whole, nearest)
    first = [line for line in headings if line[0] == whole[0]]
    for heading in _longest_first(line for line in first if _begins(line, begins, whole)):
        is_part = len(_packed(heading)) < len(_packed(whole))
        if not _names_site(heading, sites, _SURE_SITE if is_part else _SITE):
            return _between_sites(heading)[:MAX_TITLE]
    shown = chain(
        _behind_site(whole, headings, sites), _candidates(whole, metas, lines, headings, begins)
    )
    passed = []
    for title in chain(shown, _parts_of(whole, lines)):
        if not _names_site(title, sites):
            return title[:MAX_TITLE]
        passed.append(title)
    is_headed = any(line != whole and whole.startswith(line) for line in first)
    if nearest and not is_headed and _packed(nearest) not in sites:
        return _between_sites(nearest)[:MAX_TITLE]
    named = (_without_site(part) for part in (*_given(metas), *_behind_stated(whole, sites)))
    others = (part for part in named if part and not _names_site(part, sites))
    passed = [each for each in passed if not _NO_TITLE.fullmatch(each)]
    return next(chain(others, passed), whole)[:MAX_TITLE]


def _in_full(whole: str, headings: Sequence[str], nearest: str | None) -> str | None:
    """Returns the heading that says in full what the element has in short, or cut before dots."""
    if nearest and len(whole) <= _SHORT_WHOLE and whole in nearest:
        return nearest
    cut = _CUT.match(whole)
    begun = _packed(cut[1]) if cut else ""
    if len(begun) < _SHORT_WHOLE:
        return None
    return next((line for line in headings if _packed(line).startswith(begun)), None)


def _given(metas: Mapping[str, str]) -> list[str]:
    """Returns what the page gives to others as its title, the most telling first."""
    return [metas[key] for key in KEYS if metas.get(key)]


def _behind_stated(whole: str, sites: set[str]) -> list[str]:
    """Returns the last part of the element, if all before it are stated names of the site."""
    *before, last = _PARTS.split(whole.strip(_EDGE))
    return [last] if before and all(_packed(part) in sites for part in before) else []


def _candidates(
    whole: str,
    metas: Mapping[str, str],
    lines: Sequence[str],
    headings: Sequence[str],
    begins: set[str],
) -> Iterator[str]:
    initial = whole[0]
    near = [line for line in lines[:_LINES_READ] if line[0] == initial or "\t" in line]
    cells = [cell for line in near for cell in line.split("\t") if cell[:1] == initial]
    standing = _longest_first(cell for cell in cells if _packed(cell) in begins)
    # A line that repeats the whole element is there for sharing, unless nothing else begins it.
    is_whole = [len(_packed(cell)) == len(_packed(whole)) for cell in standing]
    yield from [cell for cell, same in zip(standing, is_whole, strict=True) if not same]
    for key in KEYS:
        given = metas.get(key)
        # Offices state the title of an article by its name, whatever their element says.
        is_told = key == _ARTICLE or (given and len(given) <= len(whole))
        if given and is_told and "%" not in given[:2]:
            yield _without_site(_PARTS.split(given.strip(_EDGE))[0])
    packed = {_packed(part) for part in _PARTS.split(whole.strip(_EDGE))}
    yield from _longest_first(line for line in headings if _packed(line) in packed)


def _behind_site(whole: str, headings: Sequence[str], sites: set[str]) -> list[str]:
    """Returns the headings that stand in the element right behind the name of the site."""
    lead = _LEAD.match(whole)
    if not lead or not _names_site(lead[1], sites):
        return []
    is_sure = _names_site(lead[1], sites, _SURE_SITE)
    begins = _beginnings(whole[lead.end() :], None)
    behind = _longest_first(line for line in headings if _packed(line) in begins)
    return [line for line in behind if is_sure or len(line) >= _TELLING]


def _parts_of(whole: str, lines: Sequence[str]) -> Iterator[str]:
    """Yields the parts of the element that may be a title though the page does not show it."""
    parts = [part for part in _PARTS.split(whole.strip(_EDGE)) if part]
    if parts and _NO_TITLE.fullmatch(parts[0]):  # the way to the page, its own name at the end
        parts.reverse()
    elif len(parts) > 1:  # the last one is the site's, whatever its name
        parts = parts[:-1]
    logos = set(lines[:_LOGO_LINES])
    yield from (_without_logo(_without_site(part), logos) for part in parts)


def _between_sites(heading: str) -> str:
    """Returns a heading without names of sites before and behind it."""
    parts = _PARTS.split(heading)
    inner = [part for part in parts if not _SITE.fullmatch(part)]
    return inner[0] if len(parts) > 1 and len(inner) == 1 else heading


def _without_logo(part: str, logos: set[str]) -> str:
    """Returns a part of a title without what the head of the page says, in brackets behind it."""
    found = _IN_BRACKETS.search(part)
    return part[: found.start()] if found and found[1] in logos else part


def _beginnings(whole: str, nearest: str | None) -> set[str]:
    """Returns what a title may be that the element begins with, without white space."""
    ends = [at for at, mark in enumerate(whole) if mark in _BOUNDARIES or mark == " "]
    packed = _packed(whole)
    beginnings = {_packed(whole[:at]) for at in ends if _may_end(at, whole[at])} | {packed}
    if nearest and packed.startswith(_packed(nearest)):
        beginnings.add(_packed(nearest))
    return {text for text in beginnings if len(text) >= _SHORTEST}


def _begins(heading: str, beginnings: set[str], whole: str) -> bool:
    """Returns whether the element begins with a heading; a short one has to end at a boundary."""
    heading = _packed(heading)
    if heading in beginnings:
        return True
    return len(heading) >= _LONG and _packed(whole).startswith(heading)


def _may_end(at: int, mark: str) -> bool:
    """Returns whether what ends at a boundary or a space is long enough."""
    return at >= (_SHORTEST_BEFORE_SPACE if mark == " " else _SHORTEST)


def _longest_first(titles: Iterator[str]) -> list[str]:
    return sorted(dict.fromkeys(titles), key=len, reverse=True)


def _without_site(part: str) -> str:
    """Returns a part of a title without the names of sites behind its dashes."""
    while (dash := _DASH.search(part)) and dash.start() and _SITE.fullmatch(part, dash.end()):
        part = part[: dash.start()]
    return part


def _names_site(title: str, sites: set[str], names: re.Pattern[str] = _SITE) -> bool:
    if len(title) < _SHORTEST or _packed(title) in sites or _NO_TITLE.fullmatch(title):
        return True
    if _SECTION.fullmatch(title):
        return True
    return len(title) <= _LONGEST_SITE and names.fullmatch(title) is not None


def _packed(text: str) -> str:
    return "".join(text.split())
