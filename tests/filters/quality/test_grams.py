import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.quality.grams import slots, weigh
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


@given(text=texts, salt=st.integers(0, 3), bits=st.integers(3, 12), seed=st.integers(0, 99))
def test_slots_are_weighed_once_each(text: str, salt: int, bits: int, seed: int) -> None:
    weights = np.random.default_rng(seed).integers(-128, 128, (1 << bits, 2), np.int8)
    found = np.frombuffer(slots(text, FOLDED, salt, bits, 40), np.uint32)
    sums = weights[found].sum(axis=0, dtype=np.int64).tolist()

    assert weigh(text, FOLDED, salt, bits, 40, weights.tobytes()) == (len(found), *sums)


@pytest.mark.parametrize(("bits", "size"), [(3, 15), (3, 17), (2, 8), (25, 16)])
def test_weights_that_do_not_fit_are_refused(bits: int, size: int) -> None:
    with pytest.raises(ValueError, match=r"bits|weights"):
        weigh("a", FOLDED, 0, bits, 9, bytes(size))
