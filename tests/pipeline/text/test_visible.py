import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.visible import visible

MARKUP = st.lists(
    st.sampled_from(
        [
            "<a href=x>",
            "</a>",
            "<p>",
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "<style",
            ">",
            "<",
            "中",
        ]
    ),
    max_size=30,
).map(lambda parts: "".join(parts).encode())


def words(part: bytes) -> list[str]:
    return part.decode("utf-8", "replace").split()


@pytest.mark.parametrize(
    ("page", "in_links", "elsewhere"),
    [
        ("", [], []),
        ("一", [], ["一"]),
        ("一<p>二</p>三", [], ["一", "二", "三"]),
        ('<p title="题">一', [], ["一"]),
        ("<p>一<a href=x>二</a>三", ["二"], ["一", "三"]),
        ("<P>一<A HREF=x><b>二</b></A>三", ["二"], ["一", "三"]),
        ("一<!-- 二 -->三", [], ["一", "三"]),
        ("一<!-- <b>二</b> -->三<p>四", [], ["一", "三", "四"]),
        ("一<script>var a = '<p>二';</script>三", [], ["一", "三"]),
        ("一<SCRIPT>二</SCRIPT>三<style>四{}</style>五", [], ["一", "三", "五"]),
        ("<section>一</section><strong>二</strong>", [], ["一", "二"]),
        ('<script type="application/ld+json">{"articleBody": "一"}</script>', [], ["一"]),
        ("一<script>二", [], ["一", "二"]),
        ("一<!-- 二<p>三", [], ["一", "三"]),
        ("<p>1 <2，二 <三", [], ["1", "<2，二", "<三"]),
    ],
)
def test_text_is_what_stands_outside_tags_scripts_styles_and_comments(
    page: str, in_links: list[str], elsewhere: list[str]
) -> None:
    seen = visible(page.encode())

    assert [word for word in words(seen.in_links) if "{" not in word] == in_links
    assert [
        word.strip('"{}:') for word in words(seen.elsewhere) if "article" not in word
    ] == elsewhere


@pytest.mark.parametrize(("tags", "is_link"), [(11, True), (12, False)])
def test_an_anchor_that_closes_only_far_away_is_no_link(tags: int, is_link: bool) -> None:
    page = "<a name=top>" + "<br>" * (tags - 1) + "一</a>"

    assert words(visible(page.encode()).in_links) == (["一"] if is_link else [])


def test_an_anchor_that_is_never_closed_is_no_link() -> None:
    assert words(visible("<a name=top><p>一<a href=x>二</a>".encode()).elsewhere) == ["一"]


@pytest.mark.parametrize("charset", ["gb18030", "big5"])
def test_the_two_byte_charsets_of_chinese_keep_their_characters(charset: str) -> None:
    seen = visible("<p>許功蓋</p><a href=x>功</a>".encode(charset))

    assert seen.elsewhere.decode(charset).split() == ["許功蓋"]
    assert seen.in_links.decode(charset).split() == ["功"]


@given(st.binary(max_size=300) | MARKUP)
def test_any_bytes_have_no_more_text_than_there_is(payload: bytes) -> None:
    seen = visible(payload)

    for part in seen:
        assert len(part) <= 2 * len(payload) + 1
    assert (seen.in_links + seen.elsewhere).count("中".encode()) <= payload.count("中".encode())
