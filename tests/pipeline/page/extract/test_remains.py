import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.extract.jingyu import main_text
from jingyu.pipeline.page.extract.remain_lines import is_remain, without_remain_lines
from jingyu.pipeline.page.extract.remains import without_remains

SENTENCE = "渡口的老船工说，江面最宽的地方要划上半个钟头，遇到大风的日子，就得等到傍晚才敢开船。"


@pytest.mark.parametrize(
    "line",
    [
        "展开全文",
        "举报/反馈",
        "请记住本书首发域名：xs.example。手机版阅读网址：m.xs.example",
        "本章未完，请点击下一页继续阅读！",
        "本帖最后由 山里人 于 2025-10-11 21:00 编辑",
        "某某小说网网址：m.xs.example（本站域名已改为xs.example，看完记得收藏哦!)",
        "电子邮件地址不会被公开。 必填项已用*标注",
        "您的邮箱地址不会被公开。",
        "發佈留言必須填寫的電子郵件地址不會公開。",
        "在此浏览器中保存我的显示名称、邮箱地址和网站地址，以便下次评论时使用。",
        "加载全部内容",
    ],
)
def test_what_sites_put_into_texts_is_known(line: str) -> None:
    assert is_remain(line)
    page = f"<div><p>{SENTENCE}</p><p>{line}</p><p>后来，{SENTENCE}</p></div>"

    assert line not in main_text(page).text.split("\n")


@pytest.mark.parametrize(
    "line", ["展开全文的讨论", "他请我记住这个网址", "编辑部", "他的邮件已经公开。", SENTENCE]
)
def test_text_that_only_resembles_it_stays(line: str) -> None:
    assert not is_remain(line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("栽培[编辑]", "栽培"),
        ("栽培 [編輯 | 原始碼]\n正文", "栽培\n正文"),
        ("<!--[if !supportLists]-->一、<!--[endif]-->总则", "一、总则"),
        ("<![endif]-->总则", "总则"),
        ("他说&ldquo;好&rdquo;，&hellip;&hellip;&nbsp;&nbsp;走了", "他说“好”，……\xa0\xa0走了"),
        ("use &ldquo;x&rdquo; and &nbsp; here", "use &ldquo;x&rdquo; and &nbsp; here"),
        ("if (a && b) & c", "if (a && b) & c"),
    ],
)
def test_marks_for_software_go(text: str, expected: str) -> None:
    assert without_remains(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-{zh-hans:学名;zh-hant:學名}-为柿", "学名为柿"),
        ("-{zh-hans:学名;zh-hant:學名}-為柿，與茶", "學名為柿，與茶"),
        ("在-{zh-cn:计算机;zh-tw:電腦;zh-hk:電腦}-里", "在计算机里"),
        ("-{柿}-字", "柿字"),
        ("-{H|zh-cn:甲;zh-tw:乙}-正文", "正文"),
        ("-{A|zh-cn:甲;zh-tw:乙}-正文", "甲正文"),
        ("-{zh-tw:乙}-正文", "乙正文"),
        ("a-{b}c", "a-{b}c"),
    ],
)
def test_a_rule_of_conversion_shows_one_form(text: str, expected: str) -> None:
    assert without_remains(text) == expected


def test_marks_of_notes_go_but_not_from_the_list_of_notes() -> None:
    assert without_remains("原产中国 [1]，可食[2]。\n[1] 果树志", {"[1]"}) == (
        "原产中国，可食[2]。\n[1] 果树志"
    )


@pytest.mark.parametrize("opening", ["", "- ", "12. ", "## ", "| ", " "])
def test_a_mark_begins_a_line_behind_the_signs_of_markdown(opening: str) -> None:
    line = f"正文[1]。\n{opening}[1]见县志"

    assert without_remains(line, {"[1]"}) == f"正文。\n{opening}[1]见县志"
    assert without_remains(f"甲 {opening}[1]乙", {"[1]"}) == f"甲{f' {opening}'.rstrip()}乙"


def test_marks_of_notes_in_a_row_go_or_stay_together() -> None:
    notes = {"[1]", "[2][3]"}

    assert without_remains("一[1][2]二 [3]三 [甲][1]", notes) == "一二三 [甲]"
    assert without_remains("[2][3] 见上。\n  [1]二", notes) == "[2][3] 见上。\n  [1]二"


@pytest.mark.parametrize(
    ("button", "language"),
    [
        ("复制代码", ""),
        ("登录后复制", ""),
        ("Copy code", ""),
        ("代码解读", "python"),
        ("复制", "C++"),
    ],
)
def test_a_button_to_copy_a_program_goes(button: str, language: str) -> None:
    program = "for pond in ponds:\n    drain(pond)\n    count += 1"
    pages = (
        f"<p>{SENTENCE}</p><div>{language} {button}</div><pre><code>{program}</code></pre>",
        f"<p>{SENTENCE}</p><pre><code>{program}</code><div>{button}</div></pre>",
    )

    for page in pages:
        assert main_text(f"{page}<p>后来，{SENTENCE}</p>").text == (
            f"{SENTENCE}\n{program}\n后来，{SENTENCE}"
        )


def test_words_of_such_a_button_stay_in_a_program_and_in_a_text() -> None:
    program = "first()\nCopy\nlast()"
    behind = f"<p>{SENTENCE}后来。</p><pre>{program}</pre><p>{SENTENCE}完。</p>"
    page = f"<p>{SENTENCE}</p><p>复制</p>{behind}"

    assert "\n复制\n" in main_text(page).text
    assert program in main_text(page).text


def test_a_table_of_contents_goes_and_the_headings_stay() -> None:
    names = ["起源", "栽培", "用途"]
    links = "".join(f"<li><a href=#{at}>{at}. {name}</a></li>" for at, name in enumerate(names))
    told = "<h2>{0}</h2><p>{1}{0}的事。</p><p>{0}。{1}</p>"
    body = "".join(told.format(name, SENTENCE) for name in names)
    page = f"<title>柿</title><div class=content><p>目录</p><ul>{links}</ul>{body}</div>"

    lines = main_text(page).text.split("\n")

    assert [line for line in lines if len(line) < len(SENTENCE)] == names


@given(st.text())
def test_cleaning_adds_nothing(text: str) -> None:
    assert len(without_remains(text)) <= len(text)


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("一[编辑]二" + " " * 200_000 + "三", ()),
        ("一[1]二" + " " * 200_000 + "三", {"[1]"}),
        ("一x" + "&ldquo;" * 30_000 + "x", ()),
        (
            "一" + "".join(f"[{number}]" for number in range(30_000)),
            {f"[{n}]" for n in range(30_000)},
        ),
    ],
)
def test_what_repeats_is_read_once(text: str, notes: set[str]) -> None:
    # Minutes where all that follows is read from each place.
    without_remains(text, notes)


def test_lines_of_another_charset_around_the_text_go_and_within_it_stay() -> None:
    lost = "版权所有某某网站，未经许可不得转载。违者必究".encode("gb18030").decode(
        "utf-8", "replace"
    )
    lines = [lost, SENTENCE, f"后来，{SENTENCE}", lost, f"再后来，{SENTENCE}", lost, lost]
    page = f"<div>{''.join(f'<p>{line}</p>' for line in lines)}</div>"

    assert main_text(page).text.split("\n") == lines[1:5]


def test_one_lost_character_costs_no_line() -> None:
    page = f"<div><p>{SENTENCE}</p><p>后来，\ufffd{SENTENCE}</p></div>"

    assert main_text(page).text == f"{SENTENCE}\n后来，\ufffd{SENTENCE}"


def test_text_without_markup_loses_buttons_and_marks_for_software() -> None:
    text = f"{SENTENCE}\n 展开全文 \n栽培[编辑]\n-{{zh-hans:软件;zh-hant:軟體}}-在这里。\n分享到："

    assert without_remain_lines(text) == (f"{SENTENCE}\n栽培\n软件在这里。", 2)
    assert without_remain_lines(f"{SENTENCE}\n\n展开") == (f"{SENTENCE}\n", 1)
    assert without_remain_lines("请记住本书首发域名：xs.example") == ("", 1)
