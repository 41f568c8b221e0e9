import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.normalize.unwrapping import _columns
from jingyu.pipeline.page.normalize.widths import width_of


@given(st.text(max_size=30) | st.text("a中文，é€—·°\x80\ue000\ud800𠮷😀 \u3000", max_size=30))
def test_a_line_is_as_wide_as_it_is_long_in_gbk(line: str) -> None:
    assert width_of(line, _columns()) == len(line.encode("gbk", "replace"))


def test_each_character_is_as_wide_as_it_is_long_in_gbk() -> None:
    characters = list(map(chr, [*range(0x10000), 0x1F600, 0x20000, 0x10FFFF]))
    encoded = "\n".join(characters).replace("\n\n\n", "\n.\n").encode("gbk", "replace")

    widths = [width_of(character, _columns()) for character in characters]

    assert widths == list(map(len, encoded.split(b"\n")))


@pytest.mark.parametrize(("columns", "width"), [(bytes([3]), 6), (bytes([1, 0, 7]), 14)])
def test_the_end_of_a_table_stands_for_all_beyond(columns: bytes, width: int) -> None:
    assert width_of("中𠮷", columns) == width


def test_a_table_without_entries_is_refused() -> None:
    with pytest.raises(ValueError, match="entry"):
        width_of("中", b"")
