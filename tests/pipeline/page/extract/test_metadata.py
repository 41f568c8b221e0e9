import datetime as dt

import pytest

from jingyu.pipeline.page.extract.metadata import head_of, stated_by, title_of


def test_a_page_without_title_has_none() -> None:
    assert title_of("<html><body>标题</body></html>") is None


def test_a_title_without_end_is_none() -> None:
    assert title_of("<title>" + "长" * 1000) is None


def test_a_long_title_is_cut() -> None:
    assert len(title_of(f"<title>{'长' * 1000}</title>") or "") == 300


def test_references_in_a_title_are_resolved() -> None:
    assert title_of("<TITLE lang=zh>防汛 &amp;\n 抗旱</TITLE>") == "防汛 & 抗旱"


def test_references_in_a_title_that_were_escaped_twice_are_resolved_but_for_signs_of_tags() -> None:
    title = (
        "<title>防汛&amp;nbsp;&amp;amp; &amp;ldquo;抗旱&amp;#8221; &amp;lt;b&amp;gt;_岚川网</title>"
    )

    assert stated_by(head_of(title), [], []).title == "防汛\xa0& “抗旱” &lt;b&gt;"
    assert stated_by(head_of(title), [], ["防汛&nbsp;&amp;"]).title == "防汛\xa0&"


@pytest.mark.parametrize(
    ("head", "headings", "expected"),
    [
        ("<title>大桥今晨通车_岚川新闻网</title>", [], "大桥今晨通车"),
        ("<title>大桥今晨通车 - 要闻 - 岚川</title>", [], "大桥今晨通车"),
        ("<title>岚川市政府-关于停水的通知</title>", ["关于停水的通知"], "关于停水的通知"),
        ("<title>一_二</title>", [], "一"),
        ("<title>潮汐</title>", ["词条"], "潮汐"),
        ("", ["第三章 雪夜渡口"], "第三章 雪夜渡口"),
        ("", [], None),
        (
            '<meta property="og:title" content="大桥&amp;隧道"><title>大桥&amp;隧道 岚川网</title>',
            [],
            "大桥&隧道",
        ),
    ],
)
def test_the_title_goes_without_the_name_of_the_site(
    head: str, headings: list[str], expected: str | None
) -> None:
    assert stated_by(head_of(head), [], headings).title == expected


@pytest.mark.parametrize(
    ("head", "lines", "expected"),
    [
        ('<meta name="author" content="林小满">', [], "林小满"),
        ('<meta name="author" content="https://a.example/lin">', [], None),
        ("", ["来源：岚川日报 作者：林小满 点击：12"], "林小满"),
        ("", ["作 者：林小满（实习）"], "林小满"),
        ("", ["记者：周以宁"], "周以宁"),
        ("", ["記者:周以寧"], "周以寧"),
        ("", ["撰稿人：周以宁"], "周以宁"),
        ("", ["本站　撰文：周以宁"], "周以宁"),
        ("", ["来源|撰稿：周以宁"], "周以宁"),
        ("", ["第一行", "作者:周以宁"], "周以宁"),
        ("", ["原作者：周以宁"], None),
        ("", ["记 者：周以宁"], None),
        ("", ["作稿人：周以宁 撰者：周以宁"], None),
        ("", ["这本书的作者是一位老师。"], None),
    ],
)
def test_the_author_is_stated_in_the_head_or_in_a_line(
    head: str, lines: list[str], expected: str | None
) -> None:
    assert stated_by(head_of(head), lines, []).author == expected


@pytest.mark.parametrize(
    ("head", "lines", "expected"),
    [
        (
            '<meta property="article:published_time" content="2025-11-07T09:30:00+08:00">',
            ["发布时间：2024-01-01"],
            dt.date(2025, 11, 7),
        ),
        ("<meta name=PubDate content='2025/1/7'>", [], dt.date(2025, 1, 7)),
        ('<script>{"datePublished": "2025-11-07"}</script>', [], dt.date(2025, 11, 7)),
        ('{"pubDate" : "2025-11-07T09:30"}', [], dt.date(2025, 11, 7)),
        ('{"pubDate":"","datePublished":"2025-11-07"}', [], dt.date(2025, 11, 7)),
        ('{"dateDate":"2025-11-07", "published":"2025-11-07"}', [], None),
        ('{"updatePublished":"2025-11-07", datePublished":"2025-11-07"}', [], None),
        ("", ["发布时间：2025年11月7日 来源：本站"], dt.date(2025, 11, 7)),
        ("", ["发表于 2025.11.07"], dt.date(2025, 11, 7)),
        ("", ["日期: 2025-02-31"], None),
        ("", ["工程将于2025年11月7日开工"], None),
        ("", [], None),
    ],
)
def test_the_date_is_stated_in_the_head_or_in_a_line(
    head: str, lines: list[str], expected: dt.date | None
) -> None:
    assert stated_by(head_of(head), lines, []).published_at == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2025-10-11 08:30", dt.date(2025, 10, 11)),
        ("来源：岚川日报 2025年10月11日", dt.date(2025, 10, 11)),
        ("岚川大桥 2025-10-11 通车", None),
        ("2025-10-11，两岸的人们终于等到了大桥通车的这一天，渡口的老船工收起了木船。", None),
    ],
)
def test_a_date_right_before_the_text_says_when_it_was_published(
    line: str, expected: dt.date | None
) -> None:
    assert stated_by(head_of(""), [line], [], None, [line]).published_at == expected
    assert stated_by(head_of(""), [line], []).published_at is None


@pytest.mark.parametrize("author", ["策划:神州互动", "暂无作者", "未知"])
def test_who_is_not_named_is_no_author(author: str) -> None:
    assert stated_by(head_of(f'<meta name="author" content="{author}">'), [], []).author is None
    assert stated_by(head_of(""), [f"作者：{author}"], []).author in {None, "策划"}
