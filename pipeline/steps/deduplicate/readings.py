"""What was read of documents: the n-grams of texts of this run in order, sets of earlier ones."""

from collections.abc import Sequence
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.steps.deduplicate.containment import Contained, compared, contained
from jingyu.pipeline.steps.deduplicate.grams import Grams, unpack_grams
from jingyu.pipeline.steps.deduplicate.sequences import MAX_LENGTH

_NUMBER_BYTES = 4


class Readings(NamedTuple):
    """What was read of documents, end to end; of a document that was not, there is nothing.

    Attributes:
        values: Bytes, of documents one after the other: of `sequence_of`, or of `pack_grams`.
        starts: Where what was read of each document begins.
        ends: Where it ends.
        is_set: Whether each document's are those of a set.
        known: N-grams of documents, as far as they were asked for.
    """

    values: NDArray[np.uint8]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    is_set: NDArray[np.bool_]
    known: dict[int, Grams]

    @property
    def is_known(self) -> NDArray[np.bool_]:
        """Whether each document was read."""
        return self.ends > self.starts

    @property
    def packed(self) -> bytes:
        """What was read, end to end in the order of the documents."""
        return b"".join(self._of(row).tobytes() for row in range(self.starts.size))

    def take(self, rows: NDArray[np.intp]) -> Self:
        """Returns what was read of some documents, in that order."""
        return type(self)(self.values, self.starts[rows], self.ends[rows], self.is_set[rows], {})

    def contained(self, holder: int, held: int, ngram: int) -> Contained:
        """Returns how much of a document of this run another has; both must have been read."""
        if self._is_whole(holder) and self._is_whole(held):
            return compared(self._of(held).tobytes(), self._of(holder).tobytes(), ngram)
        return contained(self._sequence(held), self._grams(held), self._grams(holder), ngram)

    def within(self, holders: Sequence[int], held: int, ngram: int) -> Contained:
        """Returns how much of a document several others have together; all must have been read.

        Where one of them is no whole sequence, it is the first of them alone that counts.
        """
        if len(holders) > 1 and all(map(self._is_whole, (*holders, held))):
            together = b"".join(self._of(holder).tobytes() for holder in holders)
            return compared(self._of(held).tobytes(), together, ngram)
        return self.contained(holders[0], held, ngram)

    def _is_whole(self, row: int) -> bool:
        """Returns whether a row has a sequence that is no sample."""
        size = int(self.ends[row] - self.starts[row])
        return not self.is_set[row] and size < MAX_LENGTH * _NUMBER_BYTES

    def _of(self, row: int) -> NDArray[np.uint8]:
        return self.values[self.starts[row] : self.ends[row]]

    def _sequence(self, row: int) -> NDArray[np.uint32]:
        return np.frombuffer(self._of(row).tobytes(), "<u4").astype(np.uint32, copy=False)

    def _grams(self, row: int) -> Grams:
        if row not in self.known:
            self.known[row] = (
                unpack_grams(self._of(row).tobytes())
                if self.is_set[row]
                else Grams.of_sequence(self._sequence(row), MAX_LENGTH)
            )
        return self.known[row]
