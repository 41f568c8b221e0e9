import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.page.extract import hints as module
from jingyu.pipeline.page.extract.hints import NAMES
from jingyu.pipeline.page.extract.markup import read_markup
from tests.support.plain_reader import plain_hints

PATTERNS = module._patterns()  # noqa: SLF001  (what single words are looked up in)
CAMEL = re.compile("(?<=[a-z0-9])(?=[A-Z])")

PIECES = """
    article content Content news text txt con con1 nr vsb rich post Message t f fsz trs editor
    Editor parser output top10 nav Nav side ad ads body x 1 hidden left like
"""
pieces = st.sampled_from(re.findall(r"\w+", PIECES))
ATTRIBUTES = (
    *(
        "class",
        "ID",
        " id",
        "style",
        "role",
        "itemprop",
        "hidden",
        "data-",
        "_",
        " ",
        "=",
        " = ",
        "\n",
    ),
    *(
        '"',
        "'",
        '="',
        "='",
        "nav",
        "Article",
        "Content",
        "post",
        "12",
        "left",
        "-",
        "中",
        "\x0b",
        "ſ",
    ),
    *("display", ":", " : ", "none", "VISIBILITY:hidden", "x" * 150, "t_f", "trsEditor", "=nav "),
)
values = st.lists(
    st.tuples(pieces, st.sampled_from([" ", "-", "_", "", "  ", "中"])), max_size=6
).map(lambda parts: "".join(piece + gap for piece, gap in parts))


def hints_in(tag: str, attributes: str) -> int:
    return int(read_markup(f"<{tag}{attributes}>文").nodes.hints[1])


def names(tag: str, attributes: str) -> set[str]:
    hints = hints_in(tag, attributes)
    return {name for bit, name in enumerate(NAMES) if hints >> bit & 1}


def found_in_whole(value: str) -> int:
    """Returns the hints by searching for each pattern in all words at once."""
    text = re.sub("[^a-z0-9]+", " ", CAMEL.sub(" ", value).lower())
    return sum(bit for pattern, bit in PATTERNS if pattern.search(text))


@given(values)
def test_words_one_by_one_hint_at_what_all_together_hint_at(value: str) -> None:
    assert hints_in("div", f' class="{value}"') == found_in_whole(value)


@settings(max_examples=500)
@given(st.lists(st.sampled_from(ATTRIBUTES), max_size=12).map("".join))
def test_attributes_are_read_as_plain_python_reads_them(attributes: str) -> None:
    assert hints_in("div", f" {attributes}") == plain_hints(f" {attributes}")


def test_no_hint_needs_three_words() -> None:
    listed = (*module._WORDS.values(), *module._FRAGMENTS.values())  # noqa: SLF001  (the lists)

    assert max(word.count("_") for words in listed for word in words.split()) == 1


@pytest.mark.parametrize(
    ("attributes", "hints"),
    [
        ("", set()),
        (' data-x="nav"', set()),
        (' class="trseditor"', {"text"}),
        (' class="trs-editor"', {"text", "data"}),
        (' class="trs x editor"', {"data"}),
        (' class="rich" id="text"', {"text", "main"}),
        (' class="richtexts"', {"text"}),
        (' class="articleCon1"', {"content", "text"}),
        (' class="t fsz"', {"text"}),
        (' class="t-f2"', set()),
        (' class="nav" hidden', {"navigation", "hidden"}),
        (' style="DISPLAY : none"', {"hidden"}),
    ],
)
def test_attributes_hint_at_what_a_part_is(attributes: str, hints: set[str]) -> None:
    assert names("div", attributes) == hints


def test_a_long_start_tag_hints_by_its_beginning() -> None:
    title = f' title="{"长" * 400}"'

    assert names("div", f'{title} class="nav"') == {"navigation"}
    assert names("div", f'{title * 3} class="nav"') == set()


def test_the_name_of_a_tag_hints_without_attributes() -> None:
    assert names("footer", "") == {"foot"}
    assert names("div", "") == set()


def test_hints_stay_the_same_however_many_names_a_page_has() -> None:
    names = [*(f"x{number} content" for number in range(6000)), "x1 nav", "y content"]
    page = "".join(f"<div class='{name}'>渡口</div>" for name in names)

    hints = read_markup(page).nodes.hints.tolist()[1:]

    assert len(set(hints[:6000])) == 1
    assert hints[6000] != hints[6001] == hints[0]
