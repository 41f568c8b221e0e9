"""What travels of documents in clusters: requests to the parts, and what the parts answer."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.steps.deduplicate.clusters import Clusters
from jingyu.pipeline.steps.deduplicate.packs import pack_by
from jingyu.pipeline.steps.deduplicate.readings import Readings

ID_BYTES: Final = 16
NEVER: Final = np.iinfo(np.int64).max
"""Stands where a document has no time of capture."""

OLD, OLD_DROPPED, NEW = range(3)
"""What a member is: kept by an earlier corpus, dropped by one, or a document of this run."""

_ROW_BITS = np.uint64(32)
_ROW_MASK = np.uint64((1 << 32) - 1)

REQUEST = np.dtype([("document", "<u8"), ("label", "<u8"), ("reads_text", "?")])
"""What travels to a part: a document in a cluster, and whether its n-grams are needed."""


def member_type(hashes: int) -> np.dtype[np.void]:
    """Returns what travels of a document in a cluster: what choosing a survivor needs.

    Of each hash the lowest byte travels. Different hashes have one lowest byte once in 256 times,
    which estimates allow for; their standard error grows by less than 1 %.

    Source: Li and König, b-Bit Minwise Hashing (2010), section 3.
    """
    return np.dtype(
        [
            ("document", "<u8"),
            ("label", "<u8"),
            ("id", f"V{ID_BYTES}"),
            ("url_key", "<u8"),
            ("domain", "<u8"),
            ("text_hash", "<u8"),
            ("quality", "<f8"),
            ("char_count", "<i8"),
            ("captured_at", "<i8"),
            ("fingerprint_bytes", "<u4"),
            ("read_bytes", "<u4"),
            ("standing", "u1"),
            ("tier", "u1"),
            ("script", "u1"),
            ("is_empty", "?"),
            ("signature", "u1", (hashes,)),
        ]
    )


class Fingerprints(NamedTuple):
    """Fingerprints of documents, and the row of each one's document, which rises."""

    values: NDArray[np.uint64]
    rows: NDArray[np.intp]


class Members(NamedTuple):
    """Documents in clusters, one row each, and of each its fingerprints and what was read of it.

    Attributes:
        rows: What travels of each document.
        values: Of each document its fingerprints, then what was read of it, as of `Readings`.
    """

    rows: NDArray[np.void]
    values: NDArray[np.uint8]

    @classmethod
    def unpack(cls, packs: Iterable[tuple[bytes, bytes]], hashes: int) -> Self:
        """Returns what was packed, end to end."""
        rows, values = zip(*packs, strict=True)
        return cls(
            np.frombuffer(b"".join(rows), member_type(hashes)),
            np.frombuffer(b"".join(values), np.uint8),
        )

    @classmethod
    def of_read(
        cls,
        rows: NDArray[np.void],
        fingerprints: Sequence[bytes],
        read: Sequence[bytes],
        is_read: NDArray[np.bool_],
    ) -> Self:
        """Returns documents, with the fingerprints of all, and what was read of those that were."""
        rows["fingerprint_bytes"] = [len(each) for each in fingerprints]
        rows["read_bytes"][is_read] = [len(each) for each in read]
        left = iter(read)
        both = [
            found + next(left) if was_read else found
            for found, was_read in zip(fingerprints, is_read.tolist(), strict=True)
        ]
        return cls(rows, np.frombuffer(b"".join(both), np.uint8))

    @property
    def readings(self) -> Readings:
        """What was read of the rows."""
        ends = self._ends
        return Readings(
            self.values,
            ends - self.rows["read_bytes"].astype(np.int64),
            ends,
            self.rows["standing"] != NEW,
            {},
        )

    @property
    def fingerprints(self) -> Fingerprints:
        """The fingerprints of the rows, and whose each is."""
        sizes, read = (
            self.rows[name].astype(np.int64) for name in ("fingerprint_bytes", "read_bytes")
        )
        counts = sizes // 8
        of_rows = np.repeat(np.arange(len(self.rows)), counts)
        first = self._ends - read - sizes
        # The bytes of all rows' fingerprints, without what was read in between.
        within = np.arange(of_rows.size) - np.repeat(np.cumsum(counts) - counts, counts)
        places = (np.repeat(first, counts) + 8 * within)[:, None] + np.arange(8)
        values = self.values[places].reshape(-1).view("<u8").astype(np.uint64)
        return Fingerprints(values, of_rows)

    @property
    def _ends(self) -> NDArray[np.int64]:
        sizes = self.rows["fingerprint_bytes"].astype(np.int64) + self.rows["read_bytes"]
        return np.cumsum(sizes)

    def take(self, rows: NDArray[np.intp]) -> Self:
        """Returns some rows, with what belongs to them."""
        ends = self._ends
        starts = np.concatenate([[0], ends[:-1]])
        pieces = [self.values[starts[row] : ends[row]] for row in rows.tolist()]
        return type(self)(self.rows[rows], np.concatenate([*pieces, self.values[:0]]))

    def pack_by(self, targets: NDArray[np.int64]) -> Iterator[tuple[int, tuple[bytes, bytes]]]:
        """Yields the rows of each target."""
        for target in np.unique(targets).tolist():
            here = self.take(np.flatnonzero(targets == target))
            yield target, (here.rows.tobytes(), here.values.tobytes())


def name_documents(part: int, rows: NDArray[np.integer]) -> NDArray[np.uint64]:
    """Returns the names under which a part's rows travel."""
    return (np.uint64(part) << _ROW_BITS) | rows.astype(np.uint64)


def parts_of(documents: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Returns the number of the part that holds each document."""
    return (documents >> _ROW_BITS).astype(np.int64)


def rows_of(documents: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Returns the row of each document in its part."""
    return (documents & _ROW_MASK).astype(np.int64)


def requests_for(clusters: Clusters) -> NDArray[np.void]:
    """Returns the requests for the documents of clusters, none of them to be read."""
    requests = np.zeros(clusters.documents.size, REQUEST)
    requests["document"], requests["label"] = clusters.documents, clusters.labels
    return requests


def requests_by_part(requests: NDArray[np.void]) -> Iterator[tuple[int, bytes]]:
    """Yields the parts that hold documents asked for, each with its requests."""
    return pack_by(parts_of(requests["document"]), requests)


def packed_ids(ids: Sequence[str]) -> NDArray[np.void]:
    """Returns ids, which are hexadecimal, as bytes."""
    return np.frombuffer(bytes.fromhex("".join(ids)), f"V{ID_BYTES}")
