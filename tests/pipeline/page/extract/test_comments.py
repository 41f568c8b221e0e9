import pytest

from jingyu.pipeline.page.examine import examine
from jingyu.pipeline.page.extract.jingyu import main_text
from jingyu.pipeline.page.page import Page
from jingyu.pipeline.page.settings import Extraction, PageSettings

ARTICLE = [
    "渡口的老船工说，江面最宽的地方要划上半个钟头，遇到大风的日子，就得等到傍晚才敢开船。",
    "桥修好以后，他把木船拖上岸，刷了一层桐油，留给镇里的小学当作课堂，讲从前怎样过江。",
    "孩子们最喜欢问的是，夜里没有灯的时候，船怎样找到对岸，老人总是笑着指一指天上的星。",
]
COMMENTS = [
    "写得真好，我小时候也坐过这条船，现在只能在照片里看见了，谢谢作者。",
    "请问老船工现在还住在江边吗？下个月想带孩子去听他讲从前过江的故事。",
]


def page_of(section: str, article: list[str] = ARTICLE) -> str:
    body = "".join(f"<p>{each}</p>" for each in article)
    return f"<title>渡口</title><div class=article><h1>渡口</h1>{body}</div>{section}"


def section_of(heading: str, name: str = "pl") -> str:
    listed = "".join(f"<div><span>过客</span><p>{each}</p></div>" for each in COMMENTS)
    return f"<div class={name}><h4>{heading}</h4>{listed}</div>"


def has_comments(page: str) -> bool:
    text = main_text(page).text
    assert ARTICLE[0][:20] in text
    return COMMENTS[0] in text


@pytest.mark.parametrize(
    "heading",
    ["网友评论", "最新評論", "读者留言：", "网友跟帖", "评论（2）", "2 条评论", "Comments (2)"],
)
def test_comments_behind_an_article_are_left_out(heading: str) -> None:
    assert not has_comments(page_of(section_of(heading)))


@pytest.mark.parametrize("heading", ["2 个回答", "全部回复", "编后记", "评论员文章", "评论"])
def test_what_is_not_headed_as_comments_stays(heading: str) -> None:
    assert has_comments(page_of(section_of(heading)))


def test_a_bare_heading_counts_in_a_container_for_comments() -> None:
    assert not has_comments(page_of(section_of("评论", "comments")))


def test_a_section_may_begin_beside_its_heading() -> None:
    section = f"<div><h3>网友评论</h3></div>{section_of('过客')}"

    assert has_comments(page_of(section_of("过客")))
    assert not has_comments(f"<div>{page_of('')}</div><div>{section}</div>")


def test_what_hardly_anything_stands_before_is_the_text_of_the_page() -> None:
    assert has_comments(page_of(section_of("网友评论"), [ARTICLE[0][:44]]))


def test_what_stands_behind_a_section_stays() -> None:
    later = "以上是渡口的故事，下一期我们去看上游的水电站，听守坝的人讲他的三十年。"

    assert later in main_text(page_of(section_of("网友评论") + f"<div><p>{later}</p></div>")).text


def test_the_config_says_whether_comments_stay() -> None:
    page = Page(page_of(section_of("网友评论")).encode(), "text/html", None)
    with_comments = PageSettings(extraction=Extraction(comments=True))

    assert COMMENTS[1] in examine(page, with_comments).columns["text"]
    assert COMMENTS[1] not in examine(page, PageSettings()).columns["text"]
