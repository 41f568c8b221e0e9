"""Names that a copying tool pasted into texts: of what the title says that the site is."""

from collections.abc import Iterator
from typing import NamedTuple

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.filters.source.provinces import places_by_province, without_place
from jingyu.filters.source.site_signs import parts_of, province_of_site

_BRACKETED = lazy_pattern(r"[【\[].*?[】\]]")
_GREETINGS = lazy_pattern("^(?:欢迎进入|欢迎访问|欢迎光临)")
_SITES = lazy_pattern("(?:官方网站|门户网站|专题网站|官网|网站|首页|主页|欢迎您)$")
_INSTITUTIONS = lazy_pattern(
    "(?:网|局|厅|馆|社|站|部|会|院|小学|中学|大学|学校|网校|公司|集团|中心|社区|论坛|政府|研究所|"
    "俱乐部|办公室|展览)$"
)
_LOCAL = lazy_pattern("小学|中学|幼儿园|街道|[县区乡]|镇(?!江)")
"""Whose texts speak of the place that they are in: those of a university or a portal need not."""
_LEAST, _LEAST_OF_SITE, _LEAST_PLACES = 4, 5, 2
_HAN = "\u4e00-\u9fff"
_JOINT = 5
_JOINED = lazy_pattern(rf"(?<=[{_HAN}]{{{_JOINT}}})[-_|｜–](?=[{_HAN}]{{{_JOINT}}})")


class PastedNames(NamedTuple):
    """Columns of `SIGNALS`."""

    site_name_count: int
    pasted_title_count: int
    mixed_place_count: int


def pasted_names(text: str, title: str, name: str | None, host: str | None) -> PastedNames:
    """Returns how names in a text go with those of its site.

    Args:
        text: The text.
        title: The title in the page's head, with the name of the site; empty if it has none.
        name: What the title calls the site.
        host: The page's host.
    """
    province = province_of_site(name, host) if title else None
    return PastedNames(
        site_name_count(text, title),
        pasted_title_count(text, title),
        mixed_place_count(text, province),
    )


def site_name_count(text: str, title: str) -> int:
    """Returns how often a text names the institution that the title of its page speaks of.

    That is the first or the last part of the title if it ends as names of institutions do: without
    greetings, `官网` and the like, and without the place that it begins with.

    Source: own labels (2026-11, in-sample): see the rule in `configs/web_zh.yaml`.
    """
    return sum(text.count(name) for name in set(institutions(title)))


def institutions(title: str) -> Iterator[str]:
    """Yields the names of institutions at the ends of a title."""
    parts = parts_of(title.strip())
    for part in dict.fromkeys((*parts[:1], *parts[-1:])):
        bare = _BRACKETED.sub("", part).strip()
        if not _INSTITUTIONS.search(bare):
            continue
        name = without_place(_bare(bare))
        if len(name) >= _LEAST:
            yield name


def name_of_site(name: str) -> str:
    """Returns what the end of its titles calls a site, without greetings, `官网` and the like.

    Empty if it has fewer than five characters: a text may have such words of its own.
    """
    bare = _bare(_BRACKETED.sub("", name).strip())
    return bare if len(bare) >= _LEAST_OF_SITE else ""


def _bare(name: str) -> str:
    name = _GREETINGS.sub("", name)
    while (shorter := _SITES.sub("", name).strip()) != name:
        name = shorter
    return name


def pasted_title_count(text: str, title: str) -> int:
    """Returns how often two neighbouring parts of the title stand in a text, their dash between.

    四川省某厅-四川省某平台 is how the title of a site ends. In a sentence only a program writes it:
    one that replaced the name of an institution by such an end. Both parts have five Han or more at
    the dash: names of people may have one.

    Source: own labels (2026-11, in-sample): see the rule in `configs/web_zh.yaml`.
    """
    ends = (found.span() for found in _JOINED.finditer(title))
    joints = {title[start - _JOINT : end + _JOINT] for start, end in ends}
    return sum(map(text.count, joints))


def mixed_place_count(text: str, province: str | None) -> int:
    """Returns how often a text names places of other provinces than the site's.

    0 where these outnumber the site's own: then the text is of the country or somebody else's, and
    nobody says that it is not. A copy whose places were replaced has more of its own, and others
    that were forgotten.

    Args:
        text: The text.
        province: Code of the province that the site's name or its regional domain speaks of.
    """
    if province is None:
        return 0
    counts = places_by_province(text)
    others = sum(counts.values()) - counts[province]
    return others if others <= counts[province] else 0


def contradicting_place_count(text: str, province: str, name: str) -> int:
    """Returns how often a text names places that its site's names contradict.

    As `mixed_place_count` has it, and of a school, a county or a district also where a text names
    places of one other province, twice or more, and none of its own: it is somebody else's.

    Args:
        text: The text.
        province: Code of the province that names of the site speak of.
        name: What most titles call the site; may be empty.

    Source: own labels (2026-11, in-sample): see `docs/quality.md`.
    """
    counts = places_by_province(text)
    total = sum(counts.values())
    if counts[province]:
        return mixed_place_count(text, province)
    is_of_elsewhere = len(counts) == 1 and total >= _LEAST_PLACES
    return total if is_of_elsewhere and is_local(name) else 0


def is_local(name: str) -> bool:
    """Returns whether a name is that of a school, a county, a district or the like."""
    return _LOCAL.search(name) is not None
