"""How much of a text is repeated n-grams of its characters.

An n-gram is n visible characters in a row: white space and line ends do not
count, so that a phrase is found across spaces, cells and lines.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from filters.characters import characters, share

_LENGTHS = (2, 3, 4, 5, 10)
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_FIVE_PLACES = np.uint64(pow(int(_MULTIPLIER), 5, 1 << 64))


def top_2gram_ratio(text: str) -> float:
    """Returns the share of visible characters in occurrences of the most frequent 2-gram.

    A character in two overlapping occurrences counts once; of equally frequent
    n-grams the one that covers most counts; 0 where none stands twice.

    Source: a signal of Gopher (Rae et al. 2021, appendix A), there of words; by
    character as in MAP-CC (Du et al. 2024, Chinese Tiny LLM), limit 0.20.
    """
    return _top_ratio(text, 2)


def top_3gram_ratio(text: str) -> float:
    """Returns the share of visible characters in occurrences of the most frequent 3-gram.

    A character in two overlapping occurrences counts once; of equally frequent
    n-grams the one that covers most counts; 0 where none stands twice.

    Source: as of the 2-gram; MAP-CC's limit is 0.18.
    """
    return _top_ratio(text, 3)


def top_4gram_ratio(text: str) -> float:
    """Returns the share of visible characters in occurrences of the most frequent 4-gram.

    A character in two overlapping occurrences counts once; of equally frequent
    n-grams the one that covers most counts; 0 where none stands twice.

    Source: as of the 2-gram; MAP-CC's limit is 0.16.
    """
    return _top_ratio(text, 4)


def duplicate_5gram_ratio(text: str) -> float:
    """Returns the share of visible characters in 5-grams that stand more than once.

    Every occurrence counts, the first one too; a character in several counts once.

    Source: a signal of Gopher (Rae et al. 2021, appendix A), there of words. MAP-CC's
    limit of 0.60 does not carry over: its code counts distinct characters.
    """
    return _duplicate_ratio(text, 5)


def duplicate_10gram_ratio(text: str) -> float:
    """Returns the share of visible characters in 10-grams that stand more than once.

    Every occurrence counts, the first one too; a character in several counts once.

    Source: as of the 5-gram.
    """
    return _duplicate_ratio(text, 10)


class _Ngrams(NamedTuple):
    """The n-grams of a text, equal ones side by side and in order of place."""

    places: NDArray[np.int64]
    """Where they start."""
    is_last: NDArray[np.bool_]
    """Whether the next one is another n-gram."""


def _top_ratio(text: str, n: int) -> float:
    places, is_last = _ngrams(text)[n]
    ends = is_last.nonzero()[0] + 1
    sizes = ends.copy()
    sizes[1:] -= ends[:-1]
    most = int(sizes.max(initial=0))
    if most <= 1:
        return 0.0
    rows = places.take(ends.compress(sizes == most)[:, None] - np.arange(most, 0, -1))
    gaps = np.minimum(rows[:, 1:] - rows[:, :-1], n)
    return share(int(gaps.sum(axis=1).max()) + n, len(places))


def _duplicate_ratio(text: str, n: int) -> float:
    places, is_last = _ngrams(text)[n]
    if is_last.all():
        return 0.0
    is_repeated = ~is_last
    is_repeated[1:] |= ~is_last[:-1]
    # `compress` takes a quarter of the time of an index of booleans without a pattern.
    repeated = places.compress(is_repeated)
    repeated.sort()
    gaps = np.minimum(repeated[1:] - repeated[:-1], n)
    return share(int(gaps.sum()) + n, len(places))


@lru_cache(maxsize=1)
def _ngrams(text: str) -> dict[int, _Ngrams]:
    """Returns the n-grams of each of `_LENGTHS`, sorted by hash and place; of the last text.

    All lengths at once, since calls of numpy cost more than the arithmetic on a short text.
    The place stands in the low bits of the sort key: sorting keys is several times
    faster than sorting an index. The hash keeps the high bits, 50 of them at 10,000
    characters, where a false repeat is expected once in 20,000,000 texts.
    """
    keys = _hashes(characters(text).code_points)
    count = keys.shape[1]
    low = np.uint64((1 << count.bit_length()) - 1)
    keys &= ~low
    keys |= np.arange(count, dtype=np.uint64)
    keys.sort(axis=1)
    is_last = np.ones(keys.shape, np.bool_)
    np.greater(keys[:, 1:] ^ keys[:, :-1], low, out=is_last[:, :-1])
    keys &= low
    return dict(zip(_LENGTHS, map(_Ngrams, keys.view(np.int64), is_last), strict=True))


def _hashes(code_points: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Returns a row for each of `_LENGTHS`: the hash of what begins at each place.

    What would go beyond the end goes on with zeros, which are no characters: it stands once.
    """
    count = len(code_points)
    letters = np.zeros(count + _LENGTHS[-1], np.uint64)
    np.multiply(code_points, _MULTIPLIER, out=letters[:count])
    hashes = np.empty((len(_LENGTHS), count), np.uint64)
    shorter = letters[:count]
    for place, longer in enumerate(hashes[:-1], start=1):
        np.multiply(shorter, _MULTIPLIER, out=longer)
        np.add(longer, letters[place : place + count], out=longer)
        shorter = longer
    np.multiply(shorter, _FIVE_PLACES, out=hashes[-1])
    hashes[-1, :-5] += shorter[5:]
    return hashes
