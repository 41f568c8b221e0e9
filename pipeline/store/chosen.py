"""Places of records that an index names, in a file that workers read parts of."""

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.read import storage

PLACE_BYTES = 16
"""Of a place: offset and length, little endian."""


@dataclass(frozen=True)
class Chosen:
    """Some records of a crawl file.

    Attributes:
        path: File of places.
        first: Number of the first place.
        count: Places.
        size: Bytes of the records as stored.
        digest: SHA-256 of the places: what tells whether these were read before.
    """

    path: str
    first: int
    count: int
    size: int
    digest: str

    def places(self) -> list[tuple[int, int]]:
        """Returns offset and length of each record, ascending."""
        with storage.open_to_read(self.path) as stream:
            stream.seek(self.first * PLACE_BYTES)
            packed = stream.read(self.count * PLACE_BYTES)
        return [(offset, length) for offset, length in _unpacked(packed).tolist()]


def packed(offsets: NDArray[np.int64], lengths: NDArray[np.int64]) -> bytes:
    """Returns places as a file holds them."""
    return np.stack([offsets, lengths], axis=1).astype("<i8").tobytes()


def digest_of(places: bytes) -> str:
    """Returns the SHA-256 of packed places."""
    return hashlib.sha256(places).hexdigest()


def _unpacked(content: bytes) -> NDArray[np.int64]:
    return np.frombuffer(content, "<i8").reshape(-1, 2).astype(np.int64)
