import os
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.page.decode.decoding import decode
from jingyu.pipeline.page.extract import markup
from jingyu.pipeline.page.extract.markup import reader
from tests.support import plain_reader
from tests.support.html import PIECES, html
from tests.support.plain_reader import PlainReader

_ENOUGH = 100_000
PLAIN = PlainReader(_ENOUGH, _ENOUGH)
_NODE = 8
_DATA = os.environ.get("JINGYU_REAL_DATA")


def numbers(column: bytes) -> list[int]:
    return memoryview(column).cast("i").tolist()


def test_beyond_the_most_containers_tags_only_part_lines() -> None:
    texts, _, _, *columns = reader(2).read("<div>一<div>二<div>三</div>四</div>五</div>六")

    assert texts == ["一", "二", "三", "四", "五", "六"]
    assert numbers(columns[_NODE]) == [1, 2, 2, 2, 1, 0]


def test_beyond_the_most_lines_the_rest_is_one_line() -> None:
    texts, *_ = reader(most_lines=2).read("<p>一</p><p>二</p><p>三</p><p>四&amp;</p>")

    assert texts == ["一", "二", "三 四&"]


def test_beyond_the_most_lines_the_rest_of_preformatted_text_is_one_line() -> None:
    texts, *_ = reader(most_lines=2).read("<pre>一\n\n  二\n  三\n\n四 &amp;\n</pre><p>五<p>六")

    assert texts == ["一", "  二", "三 四 &", "五 六"]


@settings(max_examples=500)
@given(
    page=html,
    most_containers=st.sampled_from((0, 3, _ENOUGH)),
    most_lines=st.sampled_from((0, 3, _ENOUGH)),
)
def test_any_page_is_read_as_plain_python_reads_it(
    page: str, most_containers: int, most_lines: int
) -> None:
    limits = most_containers, most_lines

    assert reader(*limits).read(page) == PlainReader(*limits).read(page)


def test_a_long_page_is_read_as_plain_python_reads_it() -> None:
    choose = random.Random(0)

    for _ in range(50):
        page = "".join(choose.choices(PIECES, k=2000))
        assert reader().read(page) == PLAIN.read(page)


@pytest.mark.skipif(not _DATA, reason="JINGYU_REAL_DATA names no folder of real pages")
def test_a_real_page_is_read_as_plain_python_reads_it() -> None:
    pages = [path for path in Path(str(_DATA)).glob("gold/pages/*/*") if path.is_file()]

    assert pages
    for path in pages:
        page = decode(path.read_bytes(), None).text
        assert reader().read(page) == PLAIN.read(page), path.name


@settings(max_examples=50)
@given(page=html, tags=st.integers(min_value=1, max_value=5))
def test_a_page_cut_into_pieces_of_any_size_reads_the_same(page: str, tags: int) -> None:
    whole = PLAIN.read(page)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(plain_reader, "_TAGS_AT_ONCE", tags)

        assert PLAIN.read(page) == whole


@pytest.mark.parametrize("page", [None, b"<p>", 1])
def test_what_is_no_text_is_refused(page: object) -> None:
    with pytest.raises(TypeError, match="a page is a str"):
        reader().read(page)  # type: ignore[arg-type]


def test_a_page_may_be_read_while_another_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = []

    def hints_of(words: str) -> int:
        inner.append(nested.read(f"<p>{words}</p>"))
        return 1

    monkeypatch.setattr(markup, "hints_of", hints_of)
    nested = markup.reader()

    texts, looks, *_ = nested.read("<div class=nav>甲</div><div id='box of'>乙</div>")

    assert (texts, list(looks)) == (["甲", "乙"], [" class=nav", " id='box of'"])
    assert [found[0] for found in inner] == [["nav"], ["box"], ["of"]]


def test_a_large_page_leaves_nothing_to_the_next_one() -> None:
    own = reader()
    page = "<div id=a><p>甲</div>乙"
    before = own.read(page)

    own.read("<li class=b>渡口</li>" * 50_000)

    assert own.read(page) == before
