import pytest
from hypothesis import given, settings

from jingyu.pipeline.page.extract.markup import headings_of, read_markup
from jingyu.pipeline.page.extract.tags import (
    IN_CELL,
    IN_CONTAINER,
    IN_HEADING,
    IN_ITEM,
    IN_PARAGRAPH,
    IN_PREFORMATTED,
)
from tests.support.html import html


def lines(page: str) -> list[str]:
    return read_markup(page).lines.text


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("", []),
        ("  \n ", []),
        ("文字", ["文字"]),
        ("<p>一<p>二", ["一", "二"]),
        ("一<br>二<BR/>三", ["一", "二", "三"]),
        ("<span>一</span><b>二</b>", ["一二"]),
        ("<p>一  二\n三</p>", ["一 二 三"]),
        ("<p>一 &lt; 二&nbsp;&#x4e09;</p>", ["一 < 二 三"]),
        ("<p>&#" + "9" * 5000 + ";文</p>", ["\ufffd文"]),
        ('<p title="a > b">一</p>', ["一"]),
        ("<p onclick='if (a > b) c()'>一</p>", ["一"]),
        ("<p>一</div></table></p>二", ["一", "二"]),
        ("<div><p>一", ["一"]),
        ("1 < 2，3 > 2", ["1 < 2，3 > 2"]),
        ("<p>一</p", ["一"]),
        ("<x-note>一</x-note>", ["一"]),
    ],
)
def test_text_is_cut_into_lines_at_boundaries_of_blocks(page: str, expected: list[str]) -> None:
    assert lines(page) == expected


@pytest.mark.parametrize(
    "silent",
    [
        "<script>var a = '<p>脚本</p>';</script>",
        "<SCRIPT>a</SCRIPT >",
        "<style>p { color: red }</style>",
        "<noscript>请开启脚本</noscript>",
        "<!-- 注释 <p>一</p> -->",
        "<!---->",
        "<![CDATA[ 文字 ]]>",
        "<select><option>一</option></select>",
        "<textarea>二</textarea>",
        "<title>题目</title>",
        "<!DOCTYPE html>",
    ],
)
def test_what_nobody_reads_is_left_out(silent: str) -> None:
    assert lines(f"<p>前</p>{silent}<p>后</p>") == ["前", "后"]


@pytest.mark.parametrize("start", ["<!-- ", "<script>", "<select>", "<![CDATA["])
def test_a_silent_part_without_end_does_not_swallow_the_page(start: str) -> None:
    assert lines(f"<p>前</p>{start}>一<p>后</p>")[-1] == "后"


def test_a_line_knows_what_it_stands_in() -> None:
    page = (
        "<h2>题</h2><p>段</p><ul><li>项</li></ul><table><tr><td>格</td></tr></table>文<pre>码</pre>"
    )

    found = read_markup(page).lines

    assert found.text == ["题", "段", "项", "格", "文", "码"]
    places = [IN_HEADING, IN_PARAGRAPH, IN_ITEM, IN_CELL, IN_CONTAINER, IN_PREFORMATTED]
    assert found.kind.tolist() == places
    assert headings_of(found) == ["题"]


def test_a_line_knows_how_much_of_it_is_a_link() -> None:
    page = (
        '<p>见<a href="/a">附件一</a>。</p><p><a name="x">锚</a></p><p><a href=b>未关</p><p>后</p>'
    )

    assert read_markup(page).lines.link_length.tolist() == [3, 0, 2, 1]


def test_a_link_ends_with_the_container_it_began_in() -> None:
    assert read_markup("<div><a href=b>链接</div>文字").lines.link_length.tolist() == [2, 0]


def test_preformatted_text_keeps_its_lines_and_indents() -> None:
    assert lines("<pre>def f():\n    return 1\n\n</pre>") == ["def f():", "    return 1"]


def test_a_row_of_short_cells_is_one_line() -> None:
    page = "<table><tr><th>甲<th>乙<tr><td>一</td><td><p>二</p></td></table>"

    assert lines(page) == ["甲\t乙", "一\t二"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["栏", "长" * 121], ["栏", "长" * 121]),
        (["栏", "<p>一</p><p>二</p><p>三</p><p>四</p>"], ["栏", "一", "二", "三", "四"]),
        (["栏", "<table><tr><td>内<td>表</table>"], ["栏", "内\t表"]),
        (["栏"], ["栏"]),
    ],
    ids=["long", "many lines", "nested", "single"],
)
def test_a_row_that_lays_out_a_page_stays_as_it_is(cells: list[str], expected: list[str]) -> None:
    row = "".join(f"<td>{cell}</td>" for cell in cells)

    assert lines(f"<table><tr>{row}</tr></table>") == expected


def test_an_end_tag_in_a_cell_closes_nothing_around_the_table() -> None:
    found = read_markup("<div id=a><table><tr><td></div>一</td></tr></table>二</div>三")

    assert found.nodes.depth[found.lines.node].tolist() == [4, 1, 0]


def test_an_item_ends_the_item_before_but_not_the_one_around_its_list() -> None:
    found = read_markup("<ul><li>一<ul><li>二<li>三</ul>四<li>五</ul>")

    assert found.nodes.depth[found.lines.node].tolist() == [2, 4, 4, 2, 2]


def test_deep_nesting_keeps_its_text() -> None:
    assert lines("<div>" * 50_000 + "深处" + "</div>" * 50_000 + "外面") == ["深处", "外面"]


@settings(max_examples=300)
@given(html)
def test_any_page_has_containers_that_hold_their_lines(page: str) -> None:
    found = read_markup(page)

    nodes, text = found.nodes, found.lines.text
    for index, parent in enumerate(nodes.parent):
        assert 0 <= nodes.first[index] <= nodes.last[index] <= len(text)
        if index:
            assert parent < index
            assert nodes.first[parent] <= nodes.first[index]
            assert nodes.last[index] <= nodes.last[parent]
    for number, node in enumerate(found.lines.node):
        assert nodes.first[node] <= number < nodes.last[node]
    assert all(line.strip() for line in text)
