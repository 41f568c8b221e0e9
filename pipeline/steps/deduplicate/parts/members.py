"""What travels of documents in clusters: requests to the parts, and what the parts answer."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.steps.deduplicate.clusters import Clusters
from jingyu.pipeline.steps.deduplicate.packs import pack_by
from jingyu.pipeline.steps.deduplicate.parts.aside import read_aside
from jingyu.pipeline.steps.deduplicate.readings import Readings

ID_BYTES: Final = 16
FINGERPRINT_BYTES: Final = 8
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
            ("fingerprint_count", "<u4"),
            ("read_bytes", "<u4"),
            ("read_at", "<u8"),
            ("standing", "u1"),
            ("tier", "u1"),
            ("script", "u1"),
            ("is_empty", "?"),
            ("signature", "u1", (hashes,)),
        ]
    )


class PackedMembers(NamedTuple):
    """Members as they travel.

    Attributes:
        rows: Rows of `member_type`.
        found: Their fingerprints, end to end.
        read: What was read of them, end to end, or the file that has it.
    """

    rows: bytes
    found: bytes
    read: bytes | str


class Fingerprints(NamedTuple):
    """Fingerprints of documents, and the row of each one's document, which rises."""

    values: NDArray[np.uint64]
    rows: NDArray[np.intp]


class Members(NamedTuple):
    """Documents in clusters, one row each, and of each its fingerprints and what was read of it.

    Attributes:
        rows: What travels of each document.
        found: Fingerprints of documents.
        read: What was read of documents, as of `Readings`.
        first_found: Where the fingerprints of each row begin.
        first_read: Where what was read of each row begins.
    """

    rows: NDArray[np.void]
    found: NDArray[np.uint64]
    read: NDArray[np.uint8]
    first_found: NDArray[np.int64]
    first_read: NDArray[np.int64]

    @classmethod
    def of_rows(cls, rows: NDArray[np.void], found: bytes, read: bytes = b"") -> Self:
        """Returns documents, with the fingerprints and the readings of all rows, end to end."""
        return cls(
            rows,
            np.frombuffer(found, "<u8").astype(np.uint64, copy=False),
            np.frombuffer(read, np.uint8),
            _starts(rows["fingerprint_count"]),
            _starts(rows["read_bytes"]),
        )

    @classmethod
    def unpack(cls, packs: Iterable[PackedMembers], hashes: int) -> Self:
        """Returns what was packed, end to end."""
        some = list(packs)
        kind = member_type(hashes)
        rows = np.frombuffer(b"".join(each.rows for each in some), kind)
        read = (
            read_aside(each.read, np.frombuffer(each.rows, kind))
            if isinstance(each.read, str)
            else each.read
            for each in some
        )
        return cls.of_rows(rows, b"".join(each.found for each in some), b"".join(read))

    def with_readings(
        self, is_read: NDArray[np.bool_], sizes: NDArray[np.int64], read: bytes = b""
    ) -> Self:
        """Returns the documents with what was read of some of them.

        Args:
            is_read: Whether each row was read.
            sizes: Bytes of what was read of each of those.
            read: All of it, end to end, if it is not kept aside.
        """
        rows = self.rows.copy()
        rows["read_bytes"][is_read] = sizes
        starts = _starts(rows["read_bytes"])
        rows["read_at"] = starts
        return self._replace(rows=rows, read=np.frombuffer(read, np.uint8), first_read=starts)

    @property
    def readings(self) -> Readings:
        """What was read of the rows."""
        ends = self.first_read + self.rows["read_bytes"]
        return Readings(self.read, self.first_read, ends, self.rows["standing"] != NEW, {})

    @property
    def fingerprints(self) -> Fingerprints:
        """The fingerprints of the rows, and whose each is."""
        places, of_rows = _ranges(self.first_found, self.rows["fingerprint_count"])
        return Fingerprints(self.found[places], of_rows)

    def take(self, rows: NDArray[np.intp]) -> Self:
        """Returns some rows, with what belongs to them."""
        return self._replace(
            rows=self.rows[rows],
            first_found=self.first_found[rows],
            first_read=self.first_read[rows],
        )

    def pack_by(
        self, targets: NDArray[np.int64], aside: str | None = None
    ) -> Iterator[tuple[int, PackedMembers]]:
        """Yields the rows of each target.

        Args:
            targets: Target of each row.
            aside: File that holds what was read; without one it travels.
        """
        for target in np.unique(targets).tolist():
            here = self.take(np.flatnonzero(targets == target))
            found = here.fingerprints.values.astype("<u8", copy=False).tobytes()
            read = here.readings.packed if aside is None else aside
            yield target, PackedMembers(here.rows.tobytes(), found, read)


def _starts(sizes: NDArray[np.uint32]) -> NDArray[np.int64]:
    ends = np.cumsum(sizes, dtype=np.int64)
    return ends - sizes


def _ranges(
    starts: NDArray[np.int64], sizes: NDArray[np.uint32]
) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """Returns the numbers of ranges one after the other, and which range each is of."""
    counts = sizes.astype(np.int64)
    of = np.repeat(np.arange(counts.size), counts)
    before = np.cumsum(counts) - counts
    return np.arange(of.size) + (starts - before)[of], of


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
