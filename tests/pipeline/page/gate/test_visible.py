import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.page.gate.visible import visible
from tests.support import plain_visible

PIECES = [
    *(b"<a href=x>", b"<a\t", b"<A>", b"<a/", b"<a", b"<abbr>", b"</a>", b"</A", b"</a ", b"</ab>"),
    *(b"<p>", b"<br>" * 9, b"<?", b"<!", b"</", b"<!--", b"<!-", b"-->", b"->", b"--", b"-"),
    *(b"<script>", b"<SCRIPT ", b"</script>", b"</Sc", b"<style", b"</style>", b"</stx>", b"<sc"),
    *(b"<script type=application/ld+json>", b"ld+json", b" " * 240, b"<s", b"s", b"c", b"r", b"y"),
    *(b">", b"<", b"<2", b"\0", b" ", b"a", b"/", "中".encode(), "中".encode("gb18030")),
]
MARKUP = st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join)


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
    linked, other = visible(page.encode())

    assert [word for word in words(linked) if "{" not in word] == in_links
    assert [word.strip('"{}:') for word in words(other) if "article" not in word] == elsewhere


@pytest.mark.parametrize(("tags", "is_link"), [(11, True), (12, False)])
def test_an_anchor_that_closes_only_far_away_is_no_link(tags: int, is_link: bool) -> None:
    page = "<a name=top>" + "<br>" * (tags - 1) + "一</a>"

    in_links, _ = visible(page.encode())

    assert words(in_links) == (["一"] if is_link else [])


def test_an_anchor_that_is_never_closed_is_no_link() -> None:
    _, elsewhere = visible("<a name=top><p>一<a href=x>二</a>".encode())

    assert words(elsewhere) == ["一"]


@pytest.mark.parametrize("charset", ["gb18030", "big5"])
def test_the_two_byte_charsets_of_chinese_keep_their_characters(charset: str) -> None:
    in_links, elsewhere = visible("<p>許功蓋</p><a href=x>功</a>".encode(charset))

    assert elsewhere.decode(charset).split() == ["許功蓋"]
    assert in_links.decode(charset).split() == ["功"]


@settings(max_examples=1000)
@given(st.binary(max_size=300) | MARKUP)
def test_any_bytes_have_the_text_that_numpy_finds(payload: bytes) -> None:
    in_links, elsewhere = visible(payload)

    assert (in_links, elsewhere) == plain_visible.visible(payload)
    assert len(in_links) + len(elsewhere) <= len(payload) + 1


def test_a_long_page_has_the_text_that_numpy_finds() -> None:
    choose = random.Random(0)

    for _ in range(100):
        page = b"".join(choose.choices(PIECES, k=1000))
        assert visible(page) == plain_visible.visible(page)


@pytest.mark.parametrize("piece", [b"<!--", b"<script>", b"<a ", b"<", b"-->", b"<script>x</a>>"])
def test_a_page_that_repeats_itself_has_the_text_that_numpy_finds(piece: bytes) -> None:
    assert visible(piece * 20_000) == plain_visible.visible(piece * 20_000)


@pytest.mark.parametrize("payload", ["<p>", None, bytearray(b"<p>")])
def test_what_is_no_page_is_refused(payload: object) -> None:
    with pytest.raises(TypeError, match="a page is bytes"):
        visible(payload)  # type: ignore[arg-type]
