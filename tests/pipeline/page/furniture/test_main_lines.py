import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.page.furniture.main_lines import Kept, lines_of, main_lines

ARTICLE = [
    "古城墙修缮工程通过验收",
    "本报讯 历时两年的古城墙东段修缮工程昨天通过了验收，这段始建于明代的城墙下个月起重新开放。",
    "据介绍，这次修缮共更换了一万三千多块城砖，其中大部分是从附近村庄里征集来的旧砖，颜色和尺寸都与原来的墙体相近。",
    "“我们没有把它修得很新。”负责施工的老师傅说，“裂缝要补，杂草要除，但是墙面上那些被雨水冲出来的痕迹，都留下来了。”",
    "城墙下原来的停车场已经改成了绿地，沿线新增了六处照明和两处无障碍坡道，方便老人和孩子登城游览。",
    "市文物局提醒，开放初期每天限流三千人，市民可以通过电话或者现场登记的方式预约。",
]
MENU = [
    "首页",
    "新闻中心",
    "政务公开",
    "办事服务",
    "互动交流",
    "专题专栏",
    "登录",
    "注册",
    "当前位置：首页 > 新闻中心 > 本地新闻",
]
STATED = ["发布时间：2021-03-04 10:20", "来源：本站", "字号：大 中 小"]
FOOTER = [
    *("上一篇：我市召开安全生产工作会议", "下一篇：春季植树活动下周启动", "相关新闻"),
    *("图书馆延长夜间开放时间 2021-03-02", "三条公交线路临时绕行 2021-03-01", "更多>>"),
    *(
        "关于我们",
        "联系我们",
        "网站地图",
        "版权所有 某某市人民政府办公室",
        "技术支持：某某科技有限公司",
    ),
]
POEM = ["柳絮落满旧码头", "渡船还没有回来", "你把灯举得很高", "照见水面的白发"]


def test_menus_and_footers_are_left_out() -> None:
    kept = main_lines("\n".join([*MENU, *STATED, *ARTICLE, *FOOTER]))

    lines = kept.text.split("\n")
    assert lines[-5:] == ARTICLE[1:]
    assert not {*MENU, *FOOTER}.intersection(lines)
    assert kept.furniture_line_count == len(MENU) + len(STATED) + len(ARTICLE) + len(FOOTER) - len(
        lines
    )
    assert 0.5 < kept.confidence <= 1


@pytest.mark.parametrize("lines", [ARTICLE, POEM, POEM * 3, ARTICLE * 5])
def test_a_text_without_furniture_stays_as_it_is(lines: list[str]) -> None:
    text = "\n\n  ".join(lines)

    assert main_lines(text)._replace(confidence=1.0) == Kept(text, 1.0, 0)


@pytest.mark.parametrize("text", ["", "\n", "首页", "首页\n登录", "首页 " * 500])
def test_a_text_of_one_or_two_lines_stays(text: str) -> None:
    assert main_lines(text) == Kept(text, 1.0, 0)


def test_a_text_that_is_a_menu_has_no_main_text() -> None:
    kept = main_lines("\n".join([*MENU, *FOOTER]))

    assert kept.text == ""
    assert kept.confidence < 0.5
    assert kept.furniture_line_count == len(MENU) + len(FOOTER)


def test_a_text_of_very_many_lines_stays() -> None:
    text = "首\n" * 50_001

    assert main_lines(text) == Kept(text, 1.0, 0)


def test_lines_are_parted_by_every_line_end_and_stripped() -> None:
    assert lines_of("\u3000一 \r\n\n二\u2028三\t") == ["一", "二", "三"]


lines = st.sampled_from([*MENU, *STATED, *ARTICLE, *FOOTER, *POEM]) | st.text(max_size=40)


@settings(max_examples=60)
@given(st.lists(lines, max_size=40).map("\n".join))
def test_what_is_kept_are_lines_of_the_text_in_their_order(text: str) -> None:
    kept = main_lines(text)

    given_lines, left = lines_of(text), lines_of(kept.text)
    rest = iter(given_lines)
    assert all(line in rest for line in left)
    assert kept.furniture_line_count == len(given_lines) - len(left)
    assert 0 <= kept.confidence <= 1
    assert kept == main_lines(text)
