import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.quality.grams import slots
from tests.support import plain_grams

FOLDED = np.arange(0x10000, dtype=np.uint16)
FOLDED[ord("A")] = ord("a")
texts = st.text() | st.text(alphabet="中文𠮷Aa \n\ud800")


@given(text=texts, salt=st.integers(0, 3), bits=st.integers(3, 20), most=st.integers(0, 40))
def test_grams_fall_where_the_plain_form_puts_them(
    text: str, salt: int, bits: int, most: int
) -> None:
    found = np.frombuffer(slots(text, FOLDED, salt, bits, most), np.uint32)

    assert found.tolist() == plain_grams.slots(text, FOLDED.tolist(), salt, bits, most)


def test_forms_of_a_character_fall_on_one_slot() -> None:
    assert slots("A", FOLDED, 0, 17, 9) == slots("a", FOLDED, 0, 17, 9)
    assert slots("a", FOLDED, 1, 17, 9) != slots("a", FOLDED, 0, 17, 9), "tables of their own"


@pytest.mark.parametrize(("size", "bits", "most"), [(9, 17, 9), (0x10000, 2, 9), (0x10000, 25, 9)])
def test_what_is_no_table_is_refused(size: int, bits: int, most: int) -> None:
    with pytest.raises(ValueError, match="bits"):
        slots("a", FOLDED[:size], 0, bits, most)
