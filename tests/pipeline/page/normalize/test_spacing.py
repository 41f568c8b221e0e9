import re
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.page.normalize.normalization import normalize
from jingyu.pipeline.page.normalize.spacing import flags_of, set_spaces

KINDS = bytearray(0x80)
for number, characters in enumerate(("", "CJK", "'\"", "LM", " _", "=", "\t", "\n")):
    for each in characters:
        KINDS[ord(each)] = number
KINDS[ord("x")] = 8
KINDS[ord("X")] = 8 | 1

CJK_SPACE = re.compile("[ \u3000](?:(?<=[CJKXLM].)(?=[CJKXLM'\"])|(?<=['\"].)(?=[CJKXLM]))")
LETTER_SPACE = re.compile("(?<=[LM])[ \u3000](?=[LM])")


def plain(text: str, *, keeps_gaps: bool) -> tuple[str, int, int]:
    """The same line by line."""
    lines, kept, dropped, is_row = [], 0, 0, False
    for line in text.replace("_", " ").split("\n"):
        if not line.strip(" =\t"):
            continue
        indent = line[: -len(line.lstrip(" =\t"))].count("\t")
        bare = line.strip(" =\t")
        bare = re.sub("[ =\t]*\t[ =\t]*", lambda gap: "\t" * gap[0].count("\t"), bare)
        bare = re.sub("[ =]+", lambda gap: " " if gap[0] == " " else "\u3000", bare)
        if keeps_gaps:
            bare, count = LETTER_SPACE.subn(lambda gap: "_" if gap[0] == " " else "=", bare)
            kept += count
        bare, count = CJK_SPACE.subn("", bare)
        dropped += count
        bare = bare.replace("\u3000", " ").replace("_", " ").replace("=", "\u3000")
        is_row = "\t" in bare or (indent > 0 and is_row)
        lines.append("\t" * (indent * is_row) + bare)
    return "\n".join(lines), kept, dropped


@settings(max_examples=500)
@given(text=st.text("CJKXLLLMMM'\" _=\t\na中𠮷", max_size=30), keeps_gaps=st.booleans())
def test_spaces_are_set_as_searches_set_them(text: str, keeps_gaps: bool) -> None:
    assert set_spaces(text, bytes(KINDS), keeps_gaps) == plain(text, keeps_gaps=keeps_gaps)


@given(st.text("axXC 中\n", max_size=10))
def test_a_text_has_the_flags_of_its_characters(text: str) -> None:
    assert flags_of(text, bytes(KINDS)) == (8 if set(text) & {"x", "X"} else 0)


def test_a_table_has_an_entry() -> None:
    with pytest.raises(ValueError, match="an entry"):
        flags_of("中", b"")
    with pytest.raises(ValueError, match="an entry"):
        set_spaces("中", b"", True)  # noqa: FBT003


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
        for point in range(0x3400, sys.maxunicode + 1, 37)
    )
