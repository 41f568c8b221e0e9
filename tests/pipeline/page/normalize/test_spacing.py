import re
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.page.normalize.normalization import normalize
from jingyu.pipeline.page.normalize.spacing import is_settled, set_spaces

KINDS = bytearray(0x80)
for number, characters in enumerate(("", "CJK", "'\"", " _", "\t", "\n")):
    for each in characters:
        KINDS[ord(each)] = number
KINDS[ord("x")] = 8
KINDS[ord("X")] = 8 | 1

CJK_SPACE = re.compile(" (?:(?<=[CJKX] )(?=[CJKX'\"])|(?<=['\"] )(?=[CJKX]))")


def plain(text: str) -> str:
    """The same line by line."""
    lines, is_row = [], False
    for line in text.replace("_", " ").split("\n"):
        if not line.strip(" \t"):
            continue
        indent = line[: -len(line.lstrip(" \t"))].count("\t")
        bare = re.sub("[ \t]*\t[ \t]*", lambda gap: "\t" * gap[0].count("\t"), line.strip(" \t"))
        bare = CJK_SPACE.sub("", re.sub("  +", " ", bare))
        is_row = "\t" in bare or (indent > 0 and is_row)
        lines.append("\t" * (indent * is_row) + bare)
    return "\n".join(lines)


@settings(max_examples=500)
@given(st.text("CJKX'\" _\t\na中𠮷", max_size=30))
def test_spaces_are_set_as_four_searches_set_them(text: str) -> None:
    assert set_spaces(text, bytes(KINDS)) == plain(text)


@given(st.text("axXC 中\n", max_size=10))
def test_a_text_is_settled_without_unsettled_characters(text: str) -> None:
    assert is_settled(text, bytes(KINDS)) == (not set(text) & {"x", "X"})


@pytest.mark.parametrize("function", [is_settled, set_spaces])
def test_a_table_has_an_entry(function: object) -> None:
    assert callable(function)
    with pytest.raises(ValueError, match="an entry"):
        function("中", b"")


def test_a_character_that_composes_with_one_before_it_does_so() -> None:
    pairs = [
        "".join(chr(int(part, 16)) for part in parts)
        for parts in map(str.split, map(unicodedata.decomposition, map(chr, range(sys.maxunicode))))
        if len(parts) == 2 and parts[0][0] != "<"
    ]
    jamo = [chr(0x1100 + number) + "\u1161\u11a8" for number in range(19)]

    assert len(pairs) > 900
    for text in pairs + jamo:
        assert unicodedata.is_normalized("NFC", normalize(f"x{text}"))


def test_each_character_alone_takes_its_composed_form() -> None:
    whole = "中".join(map(chr, range(sys.maxunicode + 1)))

    assert unicodedata.is_normalized("NFC", normalize(whole))
    assert all(
        unicodedata.is_normalized("NFC", normalize(f"中{chr(point)}"))
        for point in range(0x3400, sys.maxunicode + 1, 7)
    )
