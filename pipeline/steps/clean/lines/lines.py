"""The lines of many texts at once, as hashes."""

from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from jingyu.filters.quality.characters import HAN
from jingyu.pipeline.page.sign.minhash import value_table
from jingyu.pipeline.steps.clean.lines.hashing import hash_lines

NO_LINE: Final = 0
"""Hash of a line without letters, digits and Han."""


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

    def of(self, chosen: NDArray[np.bool_] | NDArray[np.integer] | slice) -> Self:
        """Returns some of these, in their order: those of a mask, of places or of a slice."""
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

    Source: `pipeline.page.sign.minhash.normal_form`; a polynomial of its characters modulo 2**64.
    """
    return hashed(texts, han_kinds())


def hashed(texts: Sequence[str], kinds: bytes) -> Lines:
    """Returns the lines of texts, or their sentences where kinds name the marks that end one.

    Args:
        texts: Texts.
        kinds: A kind for each code point; the end of the table stands for those beyond.
    """
    *columns, hashes = hash_lines(texts, value_table(), kinds)
    documents, starts, ends, lengths, han_counts = (
        np.frombuffer(column, np.int64) for column in columns
    )
    return Lines(documents, starts, ends, lengths, han_counts, np.frombuffer(hashes, np.uint64))


@cache
def han_kinds() -> bytes:
    """Returns a table of code points in which 1 stands for each Han, and 0 for all else."""
    table = bytearray(max(last for _, last in HAN) + 2)
    for first, last in HAN:
        table[first : last + 1] = b"\1" * (last + 1 - first)
    return bytes(table)
