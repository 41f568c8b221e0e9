from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.page.extract.jingyu import main_text
from tests.support.html import html

SENTENCES = [
    "据介绍，今年入夏以来，全市平均降水量较常年同期偏多两成，各地水库蓄水情况良好。",
    "水利部门表示，将继续加强雨情水情监测，及时发布预警信息，确保人民群众生命财产安全。",
    "同时，各区县已经储备了充足的防汛物资，抢险队伍二十四小时待命，做到随时能够出动。",
    "下一步，有关部门将组织专家开展会商研判，并根据天气变化情况，适时调整应急响应的级别。",
    "市民如果发现险情，可以拨打热线电话，工作人员会在第一时间赶到现场，帮助大家解决困难。",
]
MENU = "".join(f"<li><a href=/>{name}</a></li>" for name in ("首页", "新闻", "关于我们"))
LINKS = "".join(f'<li><a href="/a/{n}">第{n}届运动会开幕式今日举行</a></li>' for n in range(40))
FOOTER = "<div class=footer><p>版权所有 某某网 京ICP备12345678号</p><p>地址：某某路1号</p></div>"


def page_of(body: str) -> str:
    return (
        "<html><head><title>防汛工作_某某网</title></head><body>"
        f"<div class=nav><ul>{MENU}</ul></div>{body}"
        f"<div class=sidebar><h3>热点新闻</h3><ul>{LINKS}</ul></div>{FOOTER}</body></html>"
    )


def lines(body: str) -> list[str]:
    return main_text(page_of(body)).text.split("\n")


def paragraphs(sentences: list[str]) -> str:
    return "".join(f"<p>{sentence}</p>" for sentence in sentences)


def test_menu_links_and_footer_are_dropped() -> None:
    found = main_text(page_of(f"<div class=content>{paragraphs(SENTENCES)}</div>"))

    assert found.text.split("\n") == SENTENCES
    assert found.confidence > 0.8


def test_furniture_around_an_article_is_dropped() -> None:
    article = (
        "<div class=article><p class=info>来源：某某日报 浏览次数：12</p>"
        f"{paragraphs(SENTENCES)}<p><a href='#'>打印本页</a> <a href='#'>关闭窗口</a></p>"
        "<p>上一篇：<a href=/1>某某会议召开</a></p><p>下一篇：<a href=/2>某某活动举行</a></p></div>"
    )

    found = lines(article)

    assert [line for line in found if line in SENTENCES] == SENTENCES
    assert not [line for line in found if "上一篇" in line or "打印" in line]


def test_lines_between_breaks_are_paragraphs() -> None:
    assert lines("<div class=content>" + "<br><br>".join(SENTENCES) + "</div>") == SENTENCES


def test_text_right_in_the_body_is_found() -> None:
    page = "<html><body>" + "<br>".join(SENTENCES) + "</body></html>"

    assert main_text(page).text.split("\n") == SENTENCES


def test_unclosed_tags_do_not_matter() -> None:
    body = "<div class=content><p>" + "<p>".join(SENTENCES)

    assert lines(body)[: len(SENTENCES)] == SENTENCES


def test_a_table_in_an_article_is_kept_as_rows() -> None:
    rows = "".join(
        f"<tr><td>{name}水库</td><td>{n}00万方</td></tr>" for n, name in enumerate("甲乙丙")
    )

    found = lines(f"<div class=content>{paragraphs(SENTENCES)}<table>{rows}</table></div>")

    assert [line for line in found if "水库\t" in line] == [
        f"{name}水库\t{n}00万方" for n, name in enumerate("甲乙丙")
    ]


def test_a_list_in_an_article_is_kept() -> None:
    items = [f"{name}县已经转移群众三百余人，妥善安置在学校。" for name in "甲乙丙"]
    listed = "".join(f"<li>{item}</li>" for item in items)

    around = paragraphs(SENTENCES)
    found = lines(f"<div class=content>{around}<ul>{listed}</ul><h2>后续</h2>{around}</div>")

    assert [line for line in found if line in items] == items


def test_posts_of_a_thread_come_in_order() -> None:
    posts = "".join(
        f"<div class=post><div class=author><a href=/u/{n}>网友{n}</a></div>"
        f"<div class=post_message>{sentence}</div><div class=tools><a href='#'>回复</a></div></div>"
        for n, sentence in enumerate(SENTENCES)
    )

    found = lines(f"<div id=postlist>{posts}</div>")

    assert [line for line in found if line in SENTENCES] == SENTENCES


def test_sections_of_an_encyclopedia_are_kept_with_their_headings() -> None:
    sections = "".join(
        f"<h2>第{n}节</h2>{paragraphs([first, second])}"
        for n, first, second in zip("一二", SENTENCES[:2], SENTENCES[2:4], strict=True)
    )

    found = lines(f"<div class=mw-parser-output>{sections}</div>")

    assert found == ["第一节", SENTENCES[0], SENTENCES[2], "第二节", SENTENCES[1], SENTENCES[3]]


def test_text_that_a_page_holds_twice_comes_once() -> None:
    body = f"<div class=content>{paragraphs(SENTENCES)}</div>"

    found = lines(body + f"<div class=mobile>{body}</div>")

    assert [line for line in found if line in SENTENCES] == SENTENCES


def test_a_line_that_holds_the_whole_text_again_is_left_out() -> None:
    sentences = [f"{name}市{sentence}" for name in "甲乙丙" for sentence in SENTENCES]

    found = lines(f"<div class=content>{paragraphs(sentences)}<p>{''.join(sentences)}</p></div>")

    assert found == sentences


def test_a_page_of_links_has_no_text_and_says_so() -> None:
    found = main_text(page_of(f"<div class=list><ul>{LINKS}</ul></div>"))

    assert found.text == ""
    assert found.confidence < 0.3


def test_a_page_that_has_but_an_imprint_has_no_text() -> None:
    imprint = (
        "<div class=content><p>版权所有：某某局信息中心，保留所有权利，未经许可不得复制、镜像。</p>"
        "<p>技术支持：某某公司，京ICP备00000000号，京公网安备000000号。</p></div>"
    )

    assert main_text(f"<html><body>{imprint}</body></html>").text == ""


def test_a_page_without_lines_has_no_text() -> None:
    found = main_text("<html><script>var a</script></html>")

    assert (found.text, found.confidence) == ("", 0.0)


def test_a_line_may_be_longer_than_a_small_float_can_count() -> None:
    assert main_text("<p>" + "1" * (2**24 + 1)).confidence < 1


def test_text_at_the_bottom_of_deep_nesting_is_found() -> None:
    page = "<div>" * 50_000 + paragraphs(SENTENCES) + "</div>" * 50_000

    assert main_text(page).text.split("\n") == SENTENCES


@settings(max_examples=60)
@given(html | st.text(max_size=200))
def test_any_page_has_lines_of_its_own_and_a_confidence(page: str) -> None:
    found = main_text(page)

    assert 0 <= found.confidence <= 1
    assert found[:2] == main_text(page)[:2]
    assert set(found.text.split("\n")) <= {*found.markup.lines.text, ""}
