"""Hashes of all n-grams of a long row of characters, in one pass."""

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

# Odd: it has an inverse modulo 2**64.
_BASE = 0xD1342543DE82EF95
# What is worked on at a time stays in a core's cache.
_BLOCK = 16384


def ngram_hashes(values: NDArray[np.uint64], ngram: int) -> NDArray[np.uint64]:
    """Returns a 64-bit hash of the n-gram that starts at each character.

    The last `ngram - 1` characters start none. High bits are better mixed than low ones.

    Args:
        values: A random number for each character.
        ngram: Length in characters, at least 1.

    Source: Karp and Rabin, Efficient randomized pattern-matching algorithms (1987), by sums of
    powers, which numpy works out faster than a recurrence.
    """
    found = [hashes for _, (hashes,) in ngram_blocks(values, (ngram,))]
    return np.concatenate(found) if found else np.empty(0, np.uint64)


def ngram_blocks(
    values: NDArray[np.uint64], ngrams: Sequence[int]
) -> Iterator[tuple[int, list[NDArray[np.uint64]]]]:
    """Yields the hashes of n-grams of several lengths, block by block.

    Args:
        values: A random number for each character.
        ngrams: Lengths in characters, each at least 1.

    Yields:
        Where a block starts, and for each length the hashes of the n-grams that start there.
    """
    powers, inverses = _powers()
    longest = max(ngrams)
    for start in range(0, values.size, _BLOCK):
        some = values[start : start + _BLOCK + longest - 1]
        sums = np.zeros(some.size + 1, np.uint64)
        np.multiply(some, powers[: some.size], out=sums[1:])
        np.cumsum(sums, out=sums)
        found = []
        for ngram in ngrams:
            count = max(0, min(_BLOCK, some.size - ngram + 1))
            hashes = sums[ngram : ngram + count] - sums[:count]
            hashes *= inverses[:count]
            found.append(hashes)
        yield start, found


@cache
def _powers() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Returns the powers of the base and of its inverse, more than a block of them."""
    rows = []
    for base in (_BASE, pow(_BASE, -1, 1 << 64)):
        row = np.full(2 * _BLOCK, base, np.uint64)
        row[0] = 1
        rows.append(np.multiply.accumulate(row))
    return rows[0], rows[1]
