"""Signatures as an index holds them: of each hash the lower half."""

from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.minhash import EMPTY

_HALF: Final = 0xFFFF


def short(signatures: NDArray[np.uint32]) -> NDArray[np.uint16]:
    """Returns the lower 16 bits of each hash.

    Different hashes have the same ones once in 65,536 times: bands of several rows do not notice.

    Source: Li and König, b-Bit Minwise Hashing (2010), section 3.
    """
    return signatures.astype(np.uint16)


def shortened(signatures: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Returns signatures as `short_signatures` would have them, from an index."""
    return np.where(signatures == EMPTY, EMPTY, signatures & _HALF).astype(np.uint32)


def pack_short(signatures: NDArray[np.uint32]) -> list[bytes]:
    """Returns what an index holds of each signature."""
    return [row.tobytes() for row in short(signatures).astype("<u2")]


def short_signatures(column: pa.Array) -> NDArray[np.uint32]:
    """Returns a matrix of the signatures of an index, one a row; all must be of one length.

    That of a text without letters is `EMPTY` in every place, as in staging.
    """
    packed = b"".join(column.to_pylist())
    values = np.frombuffer(packed, "<u2").reshape(len(column), -1).astype(np.uint32)
    values[(values == _HALF).all(axis=1)] = EMPTY
    return values
