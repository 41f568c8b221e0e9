"""Windows: the shortest runs of whole sentences that are long enough to be a passage, as hashes."""

from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.minhash import mix
from jingyu.pipeline.steps.clean.lines.lines import NO_LINE, Lines

# Odd and without structure: the fractional part of the square root of 5, and its inverse.
_BASE: Final = 0x3C6EF372FE94F82B
_INVERSE: Final = pow(_BASE, -1, 1 << 64)


class Windows(NamedTuple):
    """Windows of texts, one row each.

    Attributes:
        firsts: Number of its first sentence, among those of all texts.
        lasts: Number of its last sentence.
        hashes: Hash of its sentences, equal where their normal forms are.
    """

    firsts: NDArray[np.int64]
    lasts: NDArray[np.int64]
    hashes: NDArray[np.uint64]

    def of(self, chosen: NDArray[np.bool_]) -> Self:
        """Returns some of these, in their order."""
        return type(self)(self.firsts[chosen], self.lasts[chosen], self.hashes[chosen])


def windows_of(sentences: Lines, min_han: int) -> Windows:
    """Returns the windows of texts: two at most for each sentence.

    One begins at each sentence and ends with the first at which it is long enough; one ends at each
    and begins with the last that makes it so. Whatever whole sentences two texts have in common,
    these cover them, if they are long enough together: so passages are found by counting windows.
    Sentences without letters, digits and Han are no part of any.

    Args:
        sentences: Sentences of texts, in order, without those that are not to be looked at.
        min_han: Fewest Han in a window.
    """
    numbers = np.flatnonzero(sentences.hashes != NO_LINE)
    documents, count = sentences.documents[numbers], numbers.size
    places = np.concatenate([[0], np.cumsum(sentences.han_counts[numbers])])
    each = np.arange(count)
    lasts = np.searchsorted(places, places[:-1] + min_han) - 1
    firsts = np.searchsorted(places, places[1:] - min_han, "right") - 1
    is_long = lasts < count
    is_late = firsts >= 0
    is_late[is_late] = lasts[firsts[is_late]] != each[is_late]
    first = np.concatenate([each[is_long], firsts[is_late]])
    last = np.concatenate([lasts[is_long], each[is_late]])
    is_within = documents[first] == documents[last]
    first, last = first[is_within], last[is_within]
    return Windows(numbers[first], numbers[last], _hashes(sentences.hashes[numbers], first, last))


def _hashes(
    values: NDArray[np.uint64], firsts: NDArray[np.int64], lasts: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """Returns a polynomial of the values in each window, mixed with how many there are."""
    powers, inverses = (
        np.cumprod(np.full(values.size + 1, base, np.uint64)) for base in (_BASE, _INVERSE)
    )
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(values * powers[: values.size])])
    found = (sums[lasts + 1] - sums[firsts]) * inverses[firsts]
    return mix(found + (lasts - firsts).astype(np.uint64))
