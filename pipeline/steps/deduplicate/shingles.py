"""The shingles of texts themselves, for pairs whose signatures leave a doubt."""

from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.minhash import NGRAM, normal_form
from jingyu.pipeline.page.sign.sketch import shingles

MAX_SHINGLES: Final = 4096
"""Most shingles that are carried of a text, 16 KiB. Shorter texts are compared exactly; of longer
ones the smallest hashes are a fair sample, with a standard error of at most 0.008."""


def shingle_hashes(text: str, ngram: int = NGRAM) -> NDArray[np.uint32]:
    """Returns the distinct hashes of a text's shingles, sorted, the smallest `MAX_SHINGLES`.

    The shingles are those of the signature: character n-grams of the normal form,
    which is one shingle where it is shorter than the n-gram, and none where it is empty.

    Args:
        text: Any text.
        ngram: Length of a shingle, in code points.

    Raises:
        ValueError: `ngram` is less than 1.

    Source: Broder, On the resemblance and containment of documents (1997), section 4.
    """
    if ngram < 1:
        raise ValueError(f"ngram must be at least 1, not {ngram}")
    hashed = np.frombuffer(shingles(normal_form(text), ngram), np.uint32)
    return _distinct(hashed)[:MAX_SHINGLES]


def _distinct(values: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Returns what `np.unique` does, which takes four times as long: it hashes, then sorts."""
    values = np.sort(values)
    is_first = np.ones(values.size, np.bool_)
    np.not_equal(values[1:], values[:-1], out=is_first[1:])
    return values[is_first]


class Shingles(NamedTuple):
    """The shingles of documents, end to end; a document without any was not read.

    Attributes:
        values: What `shingle_hashes` returns, of one document after the other.
        starts: Where each document's begin, and one more number: where the last ends.
    """

    values: NDArray[np.uint32]
    starts: NDArray[np.int64]

    @classmethod
    def of_counts(cls, values: NDArray[np.uint32], counts: NDArray[np.integer]) -> Self:
        """Returns the shingles of documents that have so many each."""
        return cls(values, np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]))

    @property
    def is_known(self) -> NDArray[np.bool_]:
        """Whether each document was read."""
        return np.diff(self.starts) > 0

    def of(self, row: int) -> NDArray[np.uint32]:
        """Returns the shingles of one document."""
        return self.values[self.starts[row] : self.starts[row + 1]]

    def take(self, rows: NDArray[np.intp]) -> Self:
        """Returns the shingles of some documents, in that order."""
        counts = np.diff(self.starts)[rows]
        values = [self.of(row) for row in rows[counts > 0].tolist()]
        return self.of_counts(np.concatenate([*values, self.values[:0]]), counts)

    def similarities(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.float64]:
        """Returns the Jaccard similarity of pairs of rows, 0 to 1."""
        pairs = zip(left.tolist(), right.tolist(), strict=True)
        return np.array([jaccard_of(self.of(a), self.of(b)) for a, b in pairs], np.float64)


def jaccard_of(left: NDArray[np.uint32], right: NDArray[np.uint32]) -> float:
    """Returns the Jaccard similarity of two texts' sorted shingle hashes, 0 to 1.

    Where one of them is cut, both are compared up to its end: what lies below is whole in both.
    """
    ends = [values[-1] for values in (left, right) if values.size >= MAX_SHINGLES]
    if ends:
        left, right = (
            values[: np.searchsorted(values, min(ends), side="right")] for values in (left, right)
        )
    # The stable sort merges two sorted runs in linear time.
    both = np.sort(np.concatenate([left, right]), kind="stable")
    shared = int(np.count_nonzero(both[1:] == both[:-1]))
    return shared / (both.size - shared) if both.size else 0.0
