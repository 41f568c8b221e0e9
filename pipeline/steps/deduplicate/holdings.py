"""Which documents hold which keys, and longer keys where too many hold one."""

from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.minhash import fold

Rows = NDArray[np.intp]


class Holdings(NamedTuple):
    """Which row holds which key; rows rise within a key.

    Attributes:
        keys: Keys of bands, or longer ones.
        rows: Row that holds each.
        places: Where in the signature the value stands that makes each key longer.
        lengths: By how many values each key was made longer.
        kept: Rows that were kept under each key.
    """

    keys: NDArray[np.uint64]
    rows: Rows
    places: NDArray[np.intp]
    lengths: NDArray[np.intp]
    kept: NDArray[np.intp]

    @classmethod
    def of_bands(cls, keys: NDArray[np.uint64], rows_of_band: int, no_key: int) -> Self:
        """Returns what rows hold by a matrix of keys, a row each, a band a column."""
        rows, bands = np.nonzero(keys != no_key)
        zero = np.zeros(rows.size, np.intp)
        places = (bands + 1) * rows_of_band
        return cls(keys[rows, bands], rows, places, zero, zero.copy()).shared()

    def of(self, chosen: NDArray[np.bool_] | Rows) -> Self:
        """Returns some of these, in their order."""
        return type(self)(
            self.keys[chosen],
            self.rows[chosen],
            self.places[chosen],
            self.lengths[chosen],
            self.kept[chosen],
        )

    def shared(self) -> Self:
        """Returns those whose key has several rows, sorted by key."""
        order = np.argsort(self.keys, kind="stable")
        keys = self.keys[order]
        is_same = keys[1:] == keys[:-1]
        is_shared = np.zeros(keys.size, np.bool_)
        is_shared[1:] = is_same
        is_shared[:-1] |= is_same
        return self.of(order[is_shared])

    def lengthened(self, signatures: NDArray[np.uint32], max_kept: int) -> Self:
        """Returns those with room for more kept rows, the others under keys one value longer."""
        is_full = self.kept >= max_kept
        if not is_full.any():
            return self
        hashes = signatures.shape[1]
        values = signatures[self.rows[is_full], self.places[is_full] % hashes]
        keys = self.keys.copy()
        keys[is_full] = fold(self.keys[is_full], [values])
        longer = self._replace(
            keys=keys,
            places=self.places + is_full,
            lengths=self.lengths + is_full,
            kept=np.where(is_full, 0, self.kept),
        )
        # A key that holds the whole signature has nothing left to be told apart by.
        return longer.of(longer.lengths < hashes)
