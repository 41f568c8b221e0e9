"""The lines of many texts at once, as hashes."""

from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from filters.characters import HAN
from pipeline.text.minhash import mix, normal_values

NO_LINE: Final = 0
"""Hash of a line without letters, digits and Han."""

# Odd and without structure: the fractional part of the square root of 3.
_BASE = 0xBB67AE8584CAA73B
_NEW_LINE = ord("\n")
_AT_ONCE: Final = 64
"""Texts whose arrays fit the processor's cache: all of a row group at once take twice as long."""


class Lines(NamedTuple):
    """Lines of texts, one row each, in order.

    Attributes:
        documents: Number of the text that each is in.
        starts: Where it starts in its text, in code points.
        ends: Where the next starts, or the text ends.
        lengths: Characters of its normal form.
        han_counts: Han in it.
        hashes: Hash of its normal form, or `NO_LINE`.
    """

    documents: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    lengths: NDArray[np.int64]
    han_counts: NDArray[np.int64]
    hashes: NDArray[np.uint64]

    def of(self, chosen: NDArray[np.bool_]) -> Self:
        """Returns some of these, in their order."""
        return type(self)(
            self.documents[chosen],
            self.starts[chosen],
            self.ends[chosen],
            self.lengths[chosen],
            self.han_counts[chosen],
            self.hashes[chosen],
        )

    @property
    def is_repeated(self) -> NDArray[np.bool_]:
        """Whether the same line stands before it in its text."""
        order = np.lexsort((np.arange(self.hashes.size), self.hashes, self.documents))
        documents, hashes = self.documents[order], self.hashes[order]
        is_again = np.zeros(order.size, np.bool_)
        is_again[1:] = (documents[1:] == documents[:-1]) & (hashes[1:] == hashes[:-1])
        found = np.zeros(order.size, np.bool_)
        found[order] = is_again & (hashes != NO_LINE)
        return found


def lines_of(texts: Sequence[str]) -> Lines:
    """Returns the lines of texts, equal where their normal forms are.

    Two lines that differ meet in a hash once in 2**64 pairs.

    Source: `pipeline.text.minhash.normal_form`; a polynomial of its characters modulo 2**64.
    """
    parts = []
    for start in range(0, max(len(texts), 1), _AT_ONCE):
        lines = _lines_of(texts[start : start + _AT_ONCE])
        parts.append(lines._replace(documents=lines.documents + start))
    return Lines(*map(np.concatenate, zip(*parts, strict=True)))


def _lines_of(texts: Sequence[str]) -> Lines:
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    ends_of_texts = np.cumsum(sizes + 1)
    points = np.frombuffer("\n".join([*texts, ""]).encode("utf-32-le", "surrogatepass"), "<u4")
    ends = np.flatnonzero(points == _NEW_LINE) + 1
    starts = np.concatenate([[0], ends[:-1]]) if ends.size else ends
    documents = np.searchsorted(ends_of_texts, ends)
    before = (ends_of_texts - sizes - 1)[documents]
    values = normal_values(points)
    is_kept = values != 0
    kept = np.concatenate([[0], np.cumsum(is_kept)])
    lengths = kept[ends] - kept[starts]
    han = np.concatenate([[0], np.cumsum(_is_han().take(points, mode="clip"))])
    hashes = _hashes(np.compress(is_kept, values), kept[starts], lengths)
    han_counts = han[ends] - han[starts]
    ends = np.minimum(ends - before, sizes[documents])
    return Lines(documents, starts - before, ends, lengths, han_counts, hashes)


def _hashes(
    values: NDArray[np.uint64], firsts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> NDArray[np.uint64]:
    hashes = np.full(lengths.size, NO_LINE, np.uint64)
    rows = np.flatnonzero(lengths)
    if rows.size:
        within = np.arange(values.size) - np.repeat(firsts[rows], lengths[rows])
        longest = int(lengths.max())
        terms = values * _powers(1 << longest.bit_length()).take(within)
        sums: NDArray[np.uint64] = np.add.reduceat(terms, firsts[rows])
        hashes[rows] = mix(sums + lengths[rows].astype(np.uint64))
    return hashes


@cache
def _is_han() -> NDArray[np.bool_]:
    """Returns whether each code point is Han; the end of the table stands for those beyond."""
    table = np.zeros(max(last for _, last in HAN) + 2, np.bool_)
    for first, last in HAN:
        table[first : last + 1] = True
    return table


@cache
def _powers(count: int) -> NDArray[np.uint64]:
    powers = np.full(count, _BASE, np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers)
