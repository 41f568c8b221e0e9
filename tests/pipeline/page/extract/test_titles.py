import pytest

from jingyu.pipeline.page.extract.engines import extract
from jingyu.pipeline.page.extract.titles import title_from


@pytest.mark.parametrize(
    ("whole", "headings", "expected"),
    [
        ("潮汐 - 岚川百科", ["岚川百科", "潮汐", "成因"], "潮汐"),
        ("潮汐的成因与分类_岚川百科", ["潮汐的成因与分类"], "潮汐的成因与分类"),
        ("潮汐大百科_岚川网", ["潮汐"], "潮汐大百科"),
        ("岚川大学 - 维基百科，自由的百科全书", ["岚川大学"], "岚川大学"),
        ("岚川市政府网-停水的通知", ["停水的通知"], "停水的通知"),
        ("C++ - 为什么会溢出？ - 岚川问答", ["C++ - 为什么会溢出？"], "C++ - 为什么会溢出？"),
    ],
)
def test_a_heading_that_the_element_begins_with_is_the_title(
    whole: str, headings: list[str], expected: str
) -> None:
    assert title_from(whole, {}, [], headings) == expected


def test_the_heading_before_the_text_counts_without_a_boundary_behind_it() -> None:
    assert title_from("潮汐原文及赏析_岚川网", {}, [], ["潮汐"], "潮汐") == "潮汐"


@pytest.mark.parametrize(
    ("whole", "line", "expected"),
    [
        ("大桥通车—岚川新闻", "大桥通车", "大桥通车"),
        ("大桥通车 - 要闻 - 岚川新闻", "查看: 1\t大桥通车", "大桥通车"),
        ("大桥通车-岚川新闻", "大桥通车-岚川新闻", "大桥通车-岚川新闻"),
        ("大桥通车了吗-岚川", "大桥", "大桥通车了吗-岚川"),
    ],
)
def test_without_a_heading_a_line_or_cell_tells_where_the_title_ends(
    whole: str, line: str, expected: str
) -> None:
    assert title_from(whole, {}, [line], []) == expected


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        ("大桥通车-岚川新闻网-本省重点新闻网站", "大桥通车"),
        ("專題：大橋通車_岚川日報", "專題：大橋通車"),
        ("首页 > 新闻 > 大桥通车", "大桥通车"),
        ("大桥-隧道工程通车", "大桥-隧道工程通车"),
        ("岚川新闻网", "岚川新闻网"),
        ("小城往事 (岚川影院)", "小城往事"),
    ],
)
def test_names_of_sites_behind_go_without_help_of_the_page(whole: str, expected: str) -> None:
    assert title_from(whole, {}, ["岚川影院"], []) == expected


def test_a_page_whose_element_names_the_site_has_the_title_before_its_text() -> None:
    whole = "岚川网站管理系统"

    assert title_from(whole, {}, [], ["导航", "大桥通车"], "大桥通车") == "大桥通车"
    assert title_from("岚川", {"og:site_name": "岚川"}, [], [], "大桥通车") == "大桥通车"


def test_a_short_element_gives_way_to_a_heading_that_says_it_in_full() -> None:
    assert title_from("通知", {}, [], ["关于停水的通知"], "关于停水的通知") == "关于停水的通知"


def test_the_title_given_to_others_counts_where_the_element_names_the_site() -> None:
    metas = {"articletitle": "大桥通车"}

    assert title_from("岚川市林业局", metas, [], []) == "大桥通车"
    assert title_from("通知公告", {"articletitle": "大桥通车的通知"}, [], []) == "大桥通车的通知"
    assert title_from("通知公告", {"og:title": "大桥通车的通知"}, [], []) == "通知公告"


def test_a_name_of_the_site_gives_way_to_what_stands_behind_it_and_to_what_is_given_to_others() -> (
    None
):
    site = {"og:site_name": "岚川"}

    assert title_from("岚川_大桥通车", site, [], []) == "大桥通车"
    assert title_from("岚川_大桥通车", {}, [], []) == "岚川"
    assert title_from("岚川", site | {"og:title": "大桥通车后的渡口"}, [], []) == "大桥通车后的渡口"
    assert title_from("岚川", site | {"og:title": "岚川"}, [], []) == "岚川"


@pytest.mark.parametrize("dots", ["...", "…", " ……"])
def test_a_title_that_was_cut_is_the_heading_of_which_it_is_the_beginning(dots: str) -> None:
    whole = f"岚川大桥今晨{dots} - 岚川网"

    assert title_from(whole, {}, [], ["岚川大桥今晨通车"]) == "岚川大桥今晨通车"
    assert title_from(whole, {}, [], ["岚川大桥今晚通车"]) != "岚川大桥今晚通车"
    assert title_from(f"岚川大桥今{dots}", {}, [], ["岚川大桥今晨通车"]) != "岚川大桥今晨通车"


def test_who_published_is_no_title() -> None:
    page = (
        "<title>岚川新闻网</title><h1>大桥通车</h1><h2>来源：岚川日报</h2>"
        + "<p>岚川大桥今天早晨通车，两岸的人们可以步行过江，不必再等渡船。</p>" * 3
    )

    assert extract(page, "jingyu").title == "大桥通车"


def test_a_section_in_brackets_gives_way_to_the_heading_before_the_text() -> None:
    assert title_from("[通知公告]-岚川教育局", {}, [], ["停水"], "停水的通知") == "停水的通知"
    assert title_from("【转载】潮汐-岚川网", {}, [], [], "岚川") == "【转载】潮汐"
    assert title_from("[通知公告]-岚川教育局", {}, [], []) == "[通知公告]"


def test_what_kind_of_page_it_is_is_no_title() -> None:
    assert title_from("岚川性格详情页 - 鉴赏家", {}, [], []) == "鉴赏家"
