"""What a page says of its site."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.lexicon.literals import Literals
from jingyu.filters.source.site_signs import LITERALS, SiteSigns, site_signs

SEARCH = Literals(LITERALS)
DEAD = '<a href="javascript:;" target="_blank">文</a>'


def signs(markup: str, host: str | None = None, *numbers: str) -> SiteSigns:
    return site_signs(markup, SEARCH.find(markup), host, numbers)


@pytest.mark.parametrize(
    ("link", "is_dead"),
    [
        (DEAD, True),
        ("<A class=x HREF='JavaScript:void(0);' TARGET=_blank>", True),
        ("<a href=javascript:; target=_blank>", True),
        ('<a target="_blank" href="javascript:void(0)">', True),
        ('<a href="javascript:;">', False),
        ('<a href="javascript:;" onclick="open()" target="_self">', False),
        ('<a href="javascript:show(1)" target="_blank">', False),
        ('<a href="/javascript:;" target="_blank">', False),
        ('<a id="more" target="_blank" href="javascript:;">', False),
        ('<a href="javascript:void(0)" target="_blank" data-share="x">', False),
        ('<area href="javascript:;" target="_blank">', False),
        ('<a href="/1" target="_blank">', False),
    ],
)
def test_a_link_is_dead_that_opens_a_window_onto_nothing(link: str, *, is_dead: bool) -> None:
    assert signs(f"<p>{link}一").dead_link_count == is_dead


@pytest.mark.parametrize(
    ("link", "is_dead"),
    [
        ('<a href="javascript:;">某县林业局', True),
        ("<A HREF='javascript:;' title='某县'> 关于某县林业局", True),
        ('<a title="某县" href="javascript:;">2020年某县林业局</a>', True),
        ('<a href="javascript:;" title="javascript:;">某县林业局</a>', True),
        ('<a href="javascript:;">更多</a>', False),
        ('<a href="javascript:;">more of it</a>', False),
        ('<a href="javascript:;"><i></i>某县林业局</a>', False),
        ('<a href="javascript:;" class="more">某县林业局</a>', False),
        ('<a href="javascript:;" target="_self">某县林业局</a>', False),
        ('<a href="javascript:void(0)">某县林业局</a>', False),
        ('<a href="/1">某县林业局</a>', False),
    ],
)
def test_a_link_is_dead_that_has_words_and_nothing_else(link: str, *, is_dead: bool) -> None:
    assert signs(f"<p>{link}").dead_link_count == is_dead


def test_all_links_are_counted() -> None:
    found = signs(f"{DEAD} <a href='/1'> <A href='/2'> <abbr> <a>")

    assert (found.link_count, found.dead_link_count) == (3, 1)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("春耕准备就绪 - 安图县林业局", "安图县林业局"),
        ("春耕_新闻_ 某某网 ", "某某网"),
        ("安图县&#26519;业局", "安图县林业局"),
        ("文——网", None),
        ("", None),
        ("长" * 61, None),
    ],
)
def test_a_title_ends_with_the_name_of_the_site(title: str, name: str | None) -> None:
    assert signs(f"<html><title>{title}</title>").site_name == name
    assert signs(f"<html><TITLE lang=zh>{title}</TITLE>").site_name == name


def test_without_a_title_a_site_has_no_name() -> None:
    assert signs("<html><title>ohne Ende").site_name is None
    assert signs("").site_name is None


@pytest.mark.parametrize(
    ("name", "host", "numbers", "text", "agreed", "contradicted"),
    [
        ("北京某某公司", "a.cn", ("渝ICP备17010644号",), "023-61234567", 0, 2),
        ("北京某某公司", "a.cn", ("京ICP备17010644号",), "010-61234567", 2, 0),
        ("山东某某网", "a.cn", ("京ICP备17010644号",), "", 0, 0),
        ("山东某某网", "a.cn", ("粤ICP备17010644号",), "", 0, 1),
        ("商品中心", "a.sh.cn", (), "0371-61234567", 0, 1),
        ("南京某某学校", "a.sh.cn", (), "025-61234567 010-61234567", 1, 1),
        ("商品中心", "a.cn", ("粤ICP备17010644号",), "0371-61234567", 0, 0),
        ("上海某某", "a.cn", ("合字B2-20210330", "B2-20210330"), "", 0, 0),
    ],
)
def test_kinds_of_evidence_agree_with_the_province_of_the_name_or_not(  # noqa: PLR0913, PLR0917
    name: str, host: str, numbers: tuple[str, ...], text: str, agreed: int, contradicted: int
) -> None:
    found = signs(f"<title>文 - {name}</title><p>{text}</p>", host, *numbers)

    assert (found.province_agreed_count, found.province_contradicted_count) == (
        agreed,
        contradicted,
    )


@given(st.text("<a href=\"javascript:;' target_blank>title-—北京局0102345678", max_size=200))
def test_any_markup_has_signs(markup: str) -> None:
    found = signs(markup, "a.cn")

    assert found.dead_link_count <= markup.count("avascript:")
