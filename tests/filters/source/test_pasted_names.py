"""Names that a copying tool pastes over those of the institution that it copies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.source.pasted_names import (
    contradicting_place_count,
    mixed_place_count,
    name_of_site,
    pasted_names,
    pasted_title_count,
    site_name_count,
)

texts = st.text(alphabet="安图县林业局-_ 苏州网官欢迎【】𠮷a")


@pytest.mark.parametrize(
    ("title", "text", "count"),
    [
        ("通知 - 安图县林业局", "安图县林业局定于周一召开会议，请安图县林业局各科室参加。", 2),
        ("通知 - 安图县林业局", "县里定于周一召开会议。", 0),
        ("鞍山市铁东区胜利小学", "铁东区胜利小学的师生来到昆山。", 1),
        ("齐鲁网校【官网】", "于2020年报名齐鲁网校学习。", 1),
        ("欢迎访问某某日报社官方网站", "某某日报社供稿。", 1),
        ("江苏省物价局网站_收费公示", "江苏省物价局的通知，省物价局印发。", 1),
        ("春天来了 - 作者的话", "春天来了，作者的话不多。", 0),
        ("上海局", "上海局的车晚点。", 0),
        ("新华网_春耕_新闻", "据新华网报道。", 0),
        ("𠮷林大学附属医院 | 就医", "𠮷林大学附属医院门诊。", 1),
        ("", "安图县林业局", 0),
        ("通知 - 安图县林业局", "", 0),
    ],
)
def test_a_text_names_the_institution_at_an_end_of_its_title(
    title: str, text: str, count: int
) -> None:
    assert site_name_count(text, title) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("按照某某省教育厅-某某教育服务平台的要求，请报送。", 1),
        ("按照某某省教育厅的要求，登录某某教育服务平台报送。", 0),
        ("某某省教育厅——某某教育服务平台", 0),
        ("教育厅-某某教", 0),
    ],
)
def test_two_parts_of_a_title_are_pasted_with_their_dash(text: str, count: int) -> None:
    assert pasted_title_count(text, "通知-某某省教育厅-某某教育服务平台") == count


@pytest.mark.parametrize(
    "title", ["纪念——某某学校开学典礼", "a-b", "甲乙丙丁-丁戊己庚辛", "马尔科姆-布罗格登", ""]
)
def test_a_dash_that_joins_no_two_names_pastes_nothing(title: str) -> None:
    assert pasted_title_count(f"{title}，{title}", title) == 0


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("南京的学校在上海开班，也在北京开班，江苏的老师来了。", 2),
        ("南京的学校在上海开班，也在北京开班。", 0),
        ("南京的学校在上海开班。", 1),
        ("南京的学校在苏州开班。", 0),
        ("上海的学校在北京开班。", 0),
        ("", 0),
    ],
)
def test_places_are_mixed_where_the_sites_own_are_among_them(text: str, count: int) -> None:
    assert mixed_place_count(text, "32") == count
    assert mixed_place_count(text, None) == 0


def test_the_province_is_that_of_the_name_or_else_of_the_host() -> None:
    text = "南京的学校在上海开班，江苏的老师来了。"

    by_name = pasted_names(text, "通知-江苏某某学校", "江苏某某学校", "a.sh.cn")
    by_host = pasted_names(text, "通知-某某学校", "某某学校", "a.js.cn")

    assert (by_name.mixed_place_count, by_host.mixed_place_count) == (1, 1)
    assert pasted_names(text, "", None, "a.js.cn") == (0, 0, 0)


@given(text=texts, title=texts)
def test_any_text_has_counts(text: str, title: str) -> None:
    found = pasted_names(text, title, title, None)

    assert all(count >= 0 for count in found)
    assert found == pasted_names(text, title, title, None)


@pytest.mark.parametrize(
    ("title_end", "name"),
    [
        ("某县林业局", "某县林业局"),
        ("欢迎访问某县林业局官网", "某县林业局"),
        ("某县林业局【官网】", "某县林业局"),
        ("县林业局", ""),
        ("官网", ""),
        ("", ""),
    ],
)
def test_a_site_is_called_by_the_end_of_its_titles(title_end: str, name: str) -> None:
    assert name_of_site(title_end) == name


@pytest.mark.parametrize(
    ("text", "name", "count"),
    [
        ("南京的学校在上海开班，江苏的老师来了。", "某某大学", 1),
        ("上海的学校，上海的老师。", "某区某小学", 2),
        ("上海的学校。", "某区某小学", 0),
        ("上海的学校，北京的老师。", "某区某小学", 0),
        ("上海的学校，上海的老师。", "某某大学", 0),
        ("上海的学校，上海的老师。", "", 0),
        ("上海的学校，上海的老师，南京的学生。", "某区某小学", 0),
        ("", "某区某小学", 0),
    ],
)
def test_places_contradict_that_are_mixed_or_all_of_elsewhere(
    text: str, name: str, count: int
) -> None:
    assert contradicting_place_count(text, "32", name) == count
