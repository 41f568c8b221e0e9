import datetime as dt

import pytest

from jingyu.pipeline.page.extract.engines import ENGINES, extract

PARAGRAPHS = [
    "据介绍，今年入夏以来，全市平均降水量较常年同期偏多两成，各地水库蓄水情况良好。",
    "水利部门表示，将继续加强雨情水情监测，及时发布预警信息，确保人民群众生命财产安全。",
    "同时，各区县已经储备了充足的防汛物资，抢险队伍二十四小时待命，做到随时能够出动。",
]
PAGE = f"""<!DOCTYPE html><html><head><title>
  防汛 &amp; 抗旱
  通知 </title></head><body>
<div class="nav"><a href="/">首页</a><a href="/news">新闻</a><a href="/about">关于我们</a></div>
<div class="article"><h1>防汛抗旱通知</h1>{"".join(f"<p>{p}</p>" for p in PARAGRAPHS)}</div>
<div class="footer">版权所有 京ICP备12345678号</div></body></html>"""


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_finds_the_paragraphs_and_not_the_menu(engine: str) -> None:
    extracted = extract(PAGE, engine)

    assert all(paragraph in extracted.text for paragraph in PARAGRAPHS)
    assert "关于我们" not in extracted.text
    assert extracted.title == "防汛 & 抗旱 通知"
    assert extracted.engine == engine


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "page",
    [
        "",
        "no markup at all",
        "<html></html>",
        '<?xml version="1.0" encoding="gb2312"?><html><body><p>文字</p></body></html>',
        "<p>\x00\x01文字\ud800</p>",
        "<div>" * 3000 + "文字" + "</div>" * 3000,
        "<table><tr><td>" * 200,
    ],
    ids=["empty", "plain", "bare", "xml", "control", "deep", "tables"],
)
def test_an_odd_page_has_some_text_or_none(engine: str, page: str) -> None:
    assert isinstance(extract(page, engine).text, str)


@pytest.mark.parametrize("engine", ["trafilatura", "jingyu"])
def test_table_rows_are_lines_of_cells_between_tabs(engine: str) -> None:
    rows = "".join(f"<tr><td>第{n}名</td><td>{n}0分</td></tr>" for n in "一二三四")
    page = PAGE.replace("</p></div>", f"</p><table>{rows}</table></div>")

    text = extract(page, engine).text

    assert "第二名\t二0分" in text
    assert "|" not in text
    assert "---" not in text


def test_what_the_page_states_comes_with_the_text() -> None:
    line = "<p>作者：林小满　发布时间：2025-11-07 09:30</p>"

    extracted = extract(PAGE.replace("</h1>", f"</h1>{line}"), "jingyu")

    assert extracted.author == "林小满"
    assert extracted.published_at == dt.date(2025, 11, 7)


def test_a_date_under_the_heading_that_the_text_begins_with_says_when_it_was_published() -> None:
    line = "<div>2025年11月7日 09:30　来源：岚川日报</div>"

    assert extract(PAGE.replace("</h1>", f"</h1>{line}"), "jingyu").published_at == dt.date(
        2025, 11, 7
    )


def test_markdown_is_without_marks_for_software_and_notes_as_plain_text_is() -> None:
    more = (
        "<h2>做法[编辑]</h2><p>-{zh-hans:软件;zh-hant:軟體}-在这里<sup>[3]</sup>。</p>"
        "<ul><li>见[3]县志。</li><li><sup>[3]</sup>其序。</li></ul>"
    )
    found = extract(PAGE.replace("</h1>", f"</h1>{more}"), "jingyu", form="markdown")

    assert found.markdown is not None
    assert "## 做法\n软件在这里。\n- 见县志。\n[3]其序。" in found.markdown
    assert "做法\n软件在这里。\n见县志。\n[3]其序。" in found.text


def test_a_doubtful_text_gives_way_to_a_second_opinion() -> None:
    own = extract(PAGE, "jingyu")

    other = extract(PAGE, "jingyu", min_confidence=1.1)

    assert own.engine == "jingyu"
    assert other.engine == "trafilatura"
    assert other.text == extract(PAGE, "trafilatura").text
    assert other.confidence == own.confidence


def test_a_page_taken_for_one_without_text_is_not_asked_about_again() -> None:
    links = "".join(f'<li><a href="/{n}">栏目之{n}</a></li>' for n in range(50))

    extracted = extract(f"<body><ul>{links}</ul></body>", "jingyu", min_confidence=1.1)

    assert extracted.text == ""
    assert extracted.engine == "jingyu"
