import pytest
from hypothesis import given, settings

from jingyu.pipeline.page.extract.markup import read_markup
from jingyu.pipeline.page.extract.program import numbers_beside, stated_language, without_numbers
from jingyu.pipeline.page.extract.rewriting import rewritten
from jingyu.pipeline.page.extract.structure import Line, as_markdown, as_text, structure_of
from jingyu.pipeline.page.normalize.normalization import normalize
from tests.support.html import html


def lines(page: str) -> list[Line]:
    markup = read_markup(rewritten(page))
    beside = numbers_beside(markup.lines)
    return structure_of(markup, [n for n in range(len(markup.lines.text)) if n not in beside])


def text(page: str) -> str:
    return normalize(as_text(lines(page)))


def test_headings_have_their_level() -> None:
    assert [(line.sort, line.mark) for line in lines("<h2>一</h2><p>二</p><h5>三</h5>")] == [
        ("heading", 2),
        ("paragraph", 0),
        ("heading", 5),
    ]


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("<ol><li>甲<li><p>乙</p><p>又</p></ol>", "1. 甲\n2. 乙\n又"),
        ("<ol start=3><li>丙</li><li value='9'>壬</li><li>癸</li></ol>", "3. 丙\n9. 壬\n10. 癸"),
        ("<ol><li>甲<ol><li>子</ol><li>乙</ol>", "1. 甲\n1. 子\n2. 乙"),
        ("<ul><li>甲</ul><li>乙", "甲\n乙"),
        (
            "<ol><li>第一条 总则<li>（二）范围<li>3、其他<li>一般</ol>",
            "第一条 总则\n（二）范围\n3、其他\n4. 一般",
        ),
        ("<ol><li></li></ol><p>甲", "甲"),
    ],
)
def test_items_of_ordered_lists_keep_their_numbers(page: str, wanted: str) -> None:
    assert text(page) == wanted


CODE = "def f(x):\n    if x:\n\n        return  1\n\n\n    return 0"


@pytest.mark.parametrize(
    "page",
    [
        f"<pre>{CODE}</pre>",
        f"<pre>\n<code>{CODE}\n</code>\n</pre>",
        f"<pre>{CODE.replace(' ', '&nbsp;')}</pre>",
        f"<pre>{CODE.replace(chr(10), '<br>')}</pre>",
        "<pre>"
        + "".join(f"<div class=line>{row}<br></div>" for row in CODE.split("\n"))
        + "</pre>",
        "<pre><ol>"
        + "".join(f"<li>{row or '<br>'}</li>" for row in CODE.split("\n"))
        + "</ol></pre>",
        "<pre>" + "".join(f"<code>{row}</code>" for row in CODE.split("\n")) + "</pre>",
        "<pre>"
        + "".join(f"<i>{word}</i>" for word in CODE.replace(" ", "\0 \0").split("\0"))
        + "</pre>",
        "<pre>" + "\n".join(f"{n} {row}" for n, row in enumerate(CODE.split("\n"), 1)) + "</pre>",
        "<pre>"
        + "\n".join(f"<s>{n}</s>{row}" for n, row in enumerate(CODE.split("\n"), 1))
        + "</pre>",
        f"<table><tr><td><pre>1\n2\n3\n4\n5\n6\n7</pre></td><td><pre>{CODE}</pre></td></tr></table>",
        f"<pre>{CODE}<ul>" + "".join(f"<li>{n}</li>" for n in range(1, 8)) + "</ul></pre>",
    ],
)
def test_code_keeps_its_lines_whatever_shows_them(page: str) -> None:
    assert text(f"<p>代码：{page}<p>完。") == f"代码：\n{CODE}\n完。"


def test_numbers_that_a_program_prints_stay() -> None:
    assert text("<p>输出：<pre>1\n2\n3</pre><p>完。") == "输出：\n1\n2\n3\n完。"
    assert without_numbers(["1 a", "2 b", "4 c"]) == ["1 a", "2 b", "4 c"]
    assert without_numbers(["1 a", "2 b"]) == ["1 a", "2 b"]


def test_paragraphs_in_preformatted_text_are_paragraphs() -> None:
    assert text("<pre><p>一\n二</p>三\n四</pre>") == "一二\n三\n四"


@pytest.mark.parametrize(
    ("attributes", "language"),
    [
        ('class="language-python line-numbers"', "python"),
        ('class="brush: js; gutter: true"', "js"),
        ('class="hljs java"', "java"),
        ('data-lang="C++"', "c++"),
        ('class="highlight-source-shell"', "shell"),
        ('class="language-text"', ""),
        ('class="code"', ""),
        ("", ""),
    ],
)
def test_the_language_of_code_is_what_is_stated(attributes: str, language: str) -> None:
    assert stated_language(attributes) == language


def test_the_language_may_stand_on_what_is_around_or_in_the_code() -> None:
    assert lines("<div class='highlight-c'><div><pre>a</pre></div></div>")[0].language == "c"
    assert lines("<pre><code class='language-go'>a</code></pre>")[0].language == "go"


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ("<tr><td>一<td><td>三<tr><td>甲<td>乙<td>", "一\t\t三\n甲\t乙"),
        ("<tr><td><td>一<td>二<tr><td>甲<td>乙<td>丙", "\t一\t二\n甲\t乙\t丙"),
        ("<tr><th rowspan=2>甲<th colspan=2>乙<tr><th>子<th>丑", "甲\t乙\n\t子\t丑"),
        ("<tr><td rowspan=3>甲<td>乙<tr><td>丙<tr><td>丁", "甲\t乙\n\t丙\n\t丁"),
        ("<tr><td>甲<td>乙<tr><td colspan=2>合计", "甲\t乙\n合计"),
        ("<tr><td colspan=2>甲<td>乙<tr><td>一<td>二<td>三", "甲\t\t乙\n一\t二\t三"),
    ],
)
def test_a_cell_stays_in_its_column(rows: str, wanted: str) -> None:
    assert text(f"<table>{rows}</table>") == wanted


def test_tables_that_lay_out_a_page_are_text() -> None:
    assert text("<table><tr><td width=9><td><p>一段话。<p>又一段。</table>") == "一段话。\n又一段。"


def test_readings_are_left_out() -> None:
    assert text("<ruby>诗<rp>(</rp><rt>shī</rt><rp>)</rp>经</ruby>") == "诗经"


def test_questions_in_buttons_are_text() -> None:
    assert text("<button>怎么做？</button><p>削皮。</p><button>提交</button>") == "怎么做？\n削皮。"


def markdown(page: str) -> str:
    return normalize(as_markdown(lines(page)))


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("<h2>标题</h2><p>段落", "## 标题\n段落"),
        ("<ul><li>甲<li>乙</ul><ol><li>丙", "- 甲\n- 乙\n1. 丙"),
        (
            f"<p>看：<pre><code class='language-py'>{CODE}</code></pre><p>完。",
            f"看：\n```py\n{CODE}\n```\n完。",
        ),
        ("<pre>x = 1</pre><pre>y = 2</pre>", "```\nx = 1\n```\n```\ny = 2\n```"),
        (
            "<div><pre>if a:</pre><pre>    b()</pre><pre>end()</pre></div>",
            "```\nif a:\n    b()\nend()\n```",
        ),
        ("<pre>```\nx = 1\n```</pre>", "````\n```\nx = 1\n```\n````"),
        ("<pre>床前明月光\n疑是地上霜</pre>", "床前明月光\n疑是地上霜"),
        (
            "<table><tr><th>等级<th>本地<th>外地<tr><td>二等<td><td>5.0|6.0</table>",
            "| 等级 | 本地 | 外地 |\n| --- | --- | --- |\n| 二等 | | 5.0\\|6.0 |",
        ),
        ("<p>由<math><mi>x</mi></math>得", "由$x$得"),
        ("<p>由<math display='block'><mi>x</mi></math>得", "由\n$$x$$\n得"),
    ],
)
def test_markdown_says_what_lines_are(page: str, wanted: str) -> None:
    assert markdown(page) == wanted


@given(page=html)
@settings(max_examples=200)
def test_both_forms_are_their_own_canonical_form(page: str) -> None:
    for text in (as_text(lines(page)), as_markdown(lines(page))):
        normal = normalize(text)

        assert normalize(normal) == normal
