"""How much of a text is repeated n-grams of its characters.

An n-gram is n visible characters in a row: white space and line ends do not
count, so that a phrase is found across spaces, cells and lines.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from filters.characters import characters, share

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


def top_2gram_ratio(text: str) -> float:
    """Returns the share of visible characters in occurrences of the most frequent 2-gram.

    A character in two overlapping occurrences counts once; of equally frequent
    n-grams the one that covers most counts; 0 where none stands twice.

    Source: a signal of Gopher (Rae et al. 2021, appendix A), there of words; by
    character as in MAP-CC (Du et al. 2024, Chinese Tiny LLM), limit 0.20.
    """
    return top_ngram_ratio(text, 2)


def top_3gram_ratio(text: str) -> float:
    """Returns the share of visible characters in occurrences of the most frequent 3-gram.

    A character in two overlapping occurrences counts once; of equally frequent
    n-grams the one that covers most counts; 0 where none stands twice.

    Source: as of the 2-gram; MAP-CC's limit is 0.18.
    """
    return top_ngram_ratio(text, 3)


def top_4gram_ratio(text: str) -> float:
    """Returns the share of visible characters in occurrences of the most frequent 4-gram.

    A character in two overlapping occurrences counts once; of equally frequent
    n-grams the one that covers most counts; 0 where none stands twice.

    Source: as of the 2-gram; MAP-CC's limit is 0.16.
    """
    return top_ngram_ratio(text, 4)


def duplicate_5gram_ratio(text: str) -> float:
    """Returns the share of visible characters in 5-grams that stand more than once.

    Every occurrence counts, the first one too; a character in several counts once.

    Source: a signal of Gopher (Rae et al. 2021, appendix A), there of words. MAP-CC's
    limit of 0.60 does not carry over: its code counts distinct characters.
    """
    return duplicate_ngram_ratio(text, 5)


def duplicate_10gram_ratio(text: str) -> float:
    """Returns the share of visible characters in 10-grams that stand more than once.

    Every occurrence counts, the first one too; a character in several counts once.

    Source: as of the 5-gram.
    """
    return duplicate_ngram_ratio(text, 10)


def top_ngram_ratio(text: str, n: int) -> float:
    """Returns the share of visible characters that the most frequent n-gram covers.

    A character in two overlapping occurrences counts once. Of equally frequent
    n-grams the one that covers most counts. 0 where no n-gram stands twice.
    """
    code_points = characters(text).code_points
    starts, repeats = _occurrences(code_points, n)
    if not repeats.any():
        return 0.0
    bounds = np.concatenate(([0], np.flatnonzero(~repeats) + 1, [len(starts)]))
    sizes = bounds[1:] - bounds[:-1]
    most = int(sizes.max())
    places = starts[bounds[:-1][sizes == most][:, None] + np.arange(most)]
    gaps = np.minimum(places[:, 1:] - places[:, :-1], n)
    return share(int(gaps.sum(axis=1).max()) + n, len(code_points))


def duplicate_ngram_ratio(text: str, n: int) -> float:
    """Returns the share of visible characters in n-grams that stand more than once.

    Every occurrence counts, the first one too; a character in several counts once.
    """
    code_points = characters(text).code_points
    starts, repeats = _occurrences(code_points, n)
    if not repeats.any():
        return 0.0
    is_repeated = np.zeros(len(starts), np.bool_)
    is_repeated[:-1] = repeats
    is_repeated[1:] |= repeats
    places = np.sort(starts[is_repeated])
    gaps = np.minimum(places[1:] - places[:-1], n)
    return share(int(gaps.sum()) + n, len(code_points))


class _Occurrences(NamedTuple):
    """Where n-grams start, equal ones side by side and in order of place."""

    starts: NDArray[np.int64]
    repeats: NDArray[np.bool_]
    """Whether the next one is an occurrence of the same n-gram."""


def _occurrences(code_points: NDArray[np.uint32], n: int) -> _Occurrences:
    """Returns the n-grams sorted by hash and place.

    The place stands in the low bits of the sort key: sorting keys is several times
    faster than sorting an index. The hash keeps the high bits, 50 of them at 10,000
    characters, where a false repeat is expected once in 20,000,000 texts.
    """
    count = max(0, len(code_points) - n + 1)
    letters = code_points * _MULTIPLIER
    hashes = letters[:count].copy()
    for place in range(1, n):
        hashes *= _MULTIPLIER
        hashes += letters[place : place + count]
    bits = np.uint64(count.bit_length())
    keys = np.sort(hashes >> bits << bits | np.arange(count, dtype=np.uint64))
    starts = (keys & ~(~np.uint64(0) << bits)).astype(np.int64)
    return _Occurrences(starts, keys[1:] >> bits == keys[:-1] >> bits)
