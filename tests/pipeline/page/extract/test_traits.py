import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.extract.traits import traits
from tests.support.html import html

FORMULA, RAISED, PICTURE, BLOCK, PROGRAM = (1 << bit for bit in range(5))
TAG = re.compile(r"<([a-zA-Z][^<>]*)")
INLINE = r"(?:span|a|b|strong|em|i|font|code)\s"
OF_NAMES = {r"(?:math|mjx-container)[\s/>]": FORMULA, r"su[pb][\s/>]": RAISED}
OF_ATTRIBUTES = {
    r"(?<![a-z])(?:katex|latex|math|tex=|formula)": FORMULA,
    r"(?<![a-z])(?:syntaxhighlighter|blockcode)": PROGRAM,
}


def plain_traits(page: str) -> int:
    """The same by searches in each tag."""
    bits = 0
    for tag in TAG.finditer(page):
        whole = page[tag.start(1) : tag.end() + 1]
        said = tag[1]
        flags = re.IGNORECASE | re.ASCII
        for form, bit in OF_NAMES.items():
            bits |= bit * (re.match(form, whole, flags) is not None)
        for form, bit in OF_ATTRIBUTES.items():
            starts = [found.start() for found in re.finditer(form, said, flags)]
            # Upper case begins such a word in the name of MathJax alone.
            bits |= bit * any(
                start and (said[start].islower() or said[start] == "M") for start in starts
            )
        bits |= FORMULA * (re.match("img", said, flags) is not None and "\\" in said)
        if re.match(INLINE, said, flags) and re.search("(?<=[^a-zA-Z])d(?i:isplay: ?block)", said):
            bits |= BLOCK
        bits |= PICTURE * (
            re.search("(?<=[^a-zA-Z])a(?i:lt=)([\"'])[㐀-\U0010ffff]\\1", said) is not None
        )
        follows = page[: tag.start()].lower().endswith("</code>")
        bits |= PROGRAM * (follows and re.match("code", said, flags) is not None)
    return bits


WITHIN_LINES = frozenset(
    ["span", "font", "i", "b", "em", "strong", "small", "u", "s", "a", "sub", "sup", "label"]
)
MARK = re.compile("(?=isplay: ?none|font-size: ?0|jammer|material-)")


def plain_marks(page: str) -> list[int]:
    """Where inline tags may say that they hide something, by a search in each."""
    marks: list[int] = []
    for tag in TAG.finditer(page):
        name = re.match("[a-zA-Z]+", tag[1])
        if name and name[0].lower() in WITHIN_LINES:
            marks += [tag.start(1) + found.start() for found in MARK.finditer(tag[1])]
    return marks


WORDS = (
    "<",
    ">",
    "math",
    "MathJax",
    "katex",
    "xkatex",
    "tex=",
    " ",
    '"',
    "img",
    "\\",
    "span ",
    "code",
)
MORE = (
    "sup",
    "sub>",
    "</code>",
    "<code",
    "display:block",
    "display: block",
    'alt="柿"',
    "alt='𠮷'",
    "a",
    *(
        "<I ",
        "display: none",
        "font-size:0",
        "jammer",
        "material-",
        ":",
        "none",
        "<meta",
        "<METAL ",
    ),
)


@given(st.lists(st.sampled_from((*WORDS, *MORE)), max_size=12).map("".join) | html)
def test_traits_are_found_as_searches_find_them(page: str) -> None:
    bits, _, marks, metas = traits(page)

    assert bits == plain_traits(page)
    assert marks == plain_marks(page)
    assert metas == [found.start() for found in re.finditer("<(?i:meta)", page)]


def test_a_page_is_a_string() -> None:
    with pytest.raises(TypeError, match="a str"):
        traits(b"<math>")  # type: ignore[arg-type]
