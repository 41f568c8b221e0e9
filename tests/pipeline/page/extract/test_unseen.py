import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jingyu.pipeline.page.extract.unseen import notes_of, seen_of

PIECES = ("<span ", "<sup>", "</sup>", "</span>", "display:none", "jammer", ">", "[1]", "乱", "<")


@pytest.mark.parametrize(
    ("page", "expected", "count"),
    [
        ('渡口<span style="display:none">乱 码</span>。', "渡口。", 2),
        ('渡口<font style="font-size: 0px">乱码</font>。', "渡口。", 2),
        ("渡口<font class=jammer>q&amp; 3r</font>。", "渡口。", 8),
        ('渡口<I class="material-icons">account_tree</I>。', "渡口。", 0),
    ],
)
def test_what_is_hidden_within_a_line_goes(page: str, expected: str, count: int) -> None:
    assert seen_of(page) == (expected, count)


@pytest.mark.parametrize(
    "page",
    [
        "",
        '<div style="display:none">折叠的下半篇</div>',
        '<span style="font-size:0.9em">渡口</span>',
        '<span style="font-size:0.0">渡口',
        '<b class="material-icons-like">渡口</b>',
        "<p>display:none 隐藏元素</p>",
        "<style>.jammer{display:none}</style>",
        '<span style="display:none"><b>渡口</b></span>',
    ],
)
def test_blocks_other_sizes_and_mere_words_stay(page: str) -> None:
    assert seen_of(page) == (page, 0)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("渡口<sup>[1]</sup>", {"[1]"}),
        (
            '渡口<sup id=a><a href="#b">[<span>注 2</span>]</a></sup><sup>[3-4]</sup>',
            {"[注 2]", "[3-4]"},
        ),
        ("面积 12 m<sup>2</sup>，<sup>[x] 次</sup><sup>[1]", set()),
    ],
)
def test_marks_of_notes_are_raised_and_in_brackets(page: str, expected: set[str]) -> None:
    assert notes_of(page) == expected


@given(st.lists(st.sampled_from(PIECES)).map("".join))
@example("<sup>[1]<sup>[1]</sup>")
def test_any_page_becomes_no_longer(page: str) -> None:
    text = "".join(re.sub("<[^>]*>", "", page).split())

    assert len(seen_of(page).page) <= len(page)
    assert all("".join(note.split()) in text for note in notes_of(page))
