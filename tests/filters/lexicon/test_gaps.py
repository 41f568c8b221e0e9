"""What closing gaps does with a table that is none of characters."""

import numpy as np
import pytest

from jingyu.filters.lexicon.gaps import close_gaps


def test_a_table_of_fewer_characters_is_refused() -> None:
    with pytest.raises(ValueError, match="not a number for each code point"):
        close_gaps("中", np.zeros(0x10FFFF, np.uint32), 4, 1)


def test_a_table_that_is_not_aligned_is_refused() -> None:
    askew = np.zeros(4 * 0x110000 + 1, np.uint8)[1:].view(np.uint32)

    with pytest.raises(ValueError, match="aligned"):
        close_gaps("中", askew, 4, 1)


def test_a_character_that_is_not_known_leaves_no_form() -> None:
    assert close_gaps("中", np.zeros(0x110000, np.uint32), 4, 1) is None
