"""Deduplicate: the work between the shuffles, on packed arrays of one item or one partition."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from filters.select import KEPT
from pipeline import storage
from pipeline.duplicates.bands import Keyed, document_keys, exact_keys
from pipeline.duplicates.candidates import join
from pipeline.duplicates.clusters import Clusters, components
from pipeline.duplicates.packs import pack_by
from pipeline.duplicates.shingles import Shingles, shingle_hashes
from pipeline.duplicates.survivors import Criteria, Documents, choose
from pipeline.layout import Layout
from pipeline.sections import Deduplication
from pipeline.staging import Staged
from pipeline.text.minhash import EMPTY, NGRAM
from pipeline.work.select import rejecting_rules
from pipeline.work.verdicts import write_duplicates

_ROW_BITS = np.uint64(32)
_ROW_MASK = np.uint64((1 << 32) - 1)
_NEVER = np.iinfo(np.int64).max
_ID_BYTES = 16
_CHANCE = 1 / 256

_MEMBER_COLUMNS = (
    "document_id",
    "text_hash",
    "quality",
    "char_count",
    "captured_at",
    "signature",
)

DECISION = np.dtype(
    [
        ("document", "<u8"),
        ("survivor_id", f"V{_ID_BYTES}"),
        ("similarity", "<f8"),
        ("is_exact", "?"),
        ("is_kept", "?"),
        ("duplicate_count", "<i8"),
    ]
)
"""What travels back to an item: a document that is dropped, or that others duplicate."""

REQUEST = np.dtype([("document", "<u8"), ("label", "<u8"), ("reads_text", "?")])
"""What travels to an item: a document in a cluster, and whether its shingles are needed."""


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
            ("id", f"V{_ID_BYTES}"),
            ("text_hash", "<u8"),
            ("quality", "<f8"),
            ("char_count", "<i8"),
            ("captured_at", "<i8"),
            ("shingle_count", "<u4"),
            ("is_empty", "?"),
            ("signature", "u1", (hashes,)),
        ]
    )


class Members(NamedTuple):
    """Documents in clusters, one row each, and the shingles of those whose text was read."""

    rows: NDArray[np.void]
    values: NDArray[np.uint32]

    @classmethod
    def unpack(cls, packs: Iterable[tuple[bytes, bytes]], hashes: int) -> Self:
        """Returns what was packed, end to end."""
        rows, values = zip(*packs, strict=True)
        return cls(
            np.frombuffer(b"".join(rows), member_type(hashes)),
            np.frombuffer(b"".join(values), "<u4").astype(np.uint32),
        )

    @classmethod
    def join(cls, parts: Sequence[Self]) -> Self:
        """Returns several, one after the other; there must be one."""
        return cls(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))

    @property
    def shingles(self) -> Shingles:
        """Shingles of the rows."""
        return Shingles.of_counts(self.values, self.rows["shingle_count"])

    def pack_by(self, targets: NDArray[np.int64]) -> Iterator[tuple[int, tuple[bytes, bytes]]]:
        """Yields the rows of each target."""
        shingles = self.shingles
        for target in np.unique(targets).tolist():
            here = np.flatnonzero(targets == target)
            values = shingles.take(here).values.astype("<u4")
            yield target, (self.rows[here].tobytes(), values.tobytes())


def item_of(documents: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Returns the number of the item that each document is staged in."""
    return (documents >> _ROW_BITS).astype(np.int64)


def item_keys(number: int, key: str, layout: Layout, settings: Deduplication) -> Keyed:
    """Returns the keys under which an item's documents that passed the rules meet others."""
    is_kept = rejecting_rules(key, layout)[0] == KEPT
    first = np.uint64(number) << _ROW_BITS
    found = [Keyed(np.zeros(0, np.uint64), np.zeros(0, np.uint64))]
    for start, batch in _batches(layout.staged(key), ["text_hash", "signature"]):
        rows = np.flatnonzero(is_kept[start : start + batch.num_rows])
        hashes = batch.column("text_hash").to_numpy()[rows]
        documents = first | (rows + start).astype(np.uint64)
        if settings.find == "exact":
            found.append(Keyed(exact_keys(hashes), documents))
        else:
            signatures = _signatures(batch.column("signature"))[rows]
            bands = settings.bands, settings.rows
            found.append(document_keys(documents, hashes, signatures, *bands))
    return Keyed(*(np.concatenate(columns) for columns in zip(*found, strict=True)))


def requests_for(clusters: Clusters) -> NDArray[np.void]:
    """Returns the requests for the documents of clusters, without their texts."""
    requests = np.zeros(clusters.documents.size, REQUEST)
    requests["document"], requests["label"] = clusters.documents, clusters.labels
    return requests


def item_members(
    requests: NDArray[np.void], key: str, layout: Layout, ngram: int = NGRAM
) -> Members:
    """Returns what choosing needs of the documents of an item that are asked for."""
    requests = np.sort(requests, order="document")
    rows = (requests["document"] & _ROW_MASK).astype(np.int64)
    parts = []
    for start, batch in _batches(layout.staged(key), _MEMBER_COLUMNS, rows):
        here = slice(*np.searchsorted(rows, [start, start + batch.num_rows]))
        taken = batch.take(pa.array(rows[here] - start))
        parts.append(_members_of(taken, requests[here]))
    members = np.concatenate(parts)
    is_read = requests["reads_text"]
    found = [shingle_hashes(text, ngram) for text in _texts(layout.staged(key), rows[is_read])]
    members["shingle_count"][is_read] = [values.size for values in found]
    return Members(members, np.concatenate([np.zeros(0, np.uint32), *found]))


def _members_of(batch: pa.RecordBatch, requests: NDArray[np.void]) -> NDArray[np.void]:
    signatures = _signatures(batch.column("signature"))
    members = np.zeros(batch.num_rows, member_type(signatures.shape[1]))
    members["document"], members["label"] = requests["document"], requests["label"]
    ids = bytes.fromhex("".join(batch.column("document_id").to_pylist()))
    members["id"] = np.frombuffer(ids, f"V{_ID_BYTES}")
    members["is_empty"] = (signatures == EMPTY).all(axis=1)
    members["signature"] = signatures.astype(np.uint8)
    captured = batch.column("captured_at").cast("int64").fill_null(_NEVER)
    members["captured_at"] = captured.to_numpy()
    for name in ("text_hash", "quality", "char_count"):
        members[name] = batch.column(name).to_numpy()
    return members


class Decided(NamedTuple):
    """Decisions on documents that something changes for, and what is needed to decide on others."""

    decisions: NDArray[np.void]
    requests: NDArray[np.void]


def decide(members: Members, settings: Deduplication, *, is_last: bool) -> Decided:
    """Returns the decisions on whole clusters.

    A cluster in which an estimate leaves a doubt is not decided on the first time: its members are
    asked for again, with the shingles of those in doubt. The last time what was read decides, and
    the estimate where nothing was: pairs that are compared only because of what the shingles said.
    """
    rows = members.rows
    signatures = rows["signature"].astype(np.uint32)
    signatures[rows["is_empty"] | (settings.find == "exact")] = EMPTY
    ranks = _ranks(rows, settings)
    documents = Documents(
        rows["document"], rows["text_hash"], signatures, ranks, members.shingles, _CHANCE
    )
    criteria = Criteria(settings.bands, settings.rows, settings.min_similarity)
    chosen = choose(documents, criteria, rows["label"])
    order = np.argsort(rows["document"])
    labels = rows["label"][order]
    is_open = np.isin(labels, labels[chosen.is_doubtful & (not is_last)])
    requests = requests_for(Clusters(chosen.documents[is_open], labels[is_open]))
    requests["reads_text"] = chosen.is_doubtful[is_open]
    survivors = np.searchsorted(chosen.documents, chosen.survivors)
    counts = np.bincount(survivors, minlength=len(survivors)) - chosen.is_kept
    decided = np.zeros(len(rows), DECISION)
    decided["document"], decided["survivor_id"] = chosen.documents, rows["id"][order][survivors]
    decided["similarity"], decided["is_exact"] = chosen.similarities, chosen.is_exact
    decided["is_kept"], decided["duplicate_count"] = chosen.is_kept, counts
    return Decided(decided[~is_open & (~chosen.is_kept | (counts > 0))], requests)


def write_item(decided: NDArray[np.void], path: str) -> None:
    """Writes the decisions on an item's documents."""
    decided = np.sort(decided, order="document")
    is_kept = decided["is_kept"].tolist()
    ids = [survivor.tobytes().hex() for survivor in decided["survivor_id"]]
    similarities = decided["similarity"].tolist()
    write_duplicates(
        path,
        {
            "row": (decided["document"] & _ROW_MASK).astype(np.int64).tolist(),
            "duplicate_of": [None if k else i for k, i in zip(is_kept, ids, strict=True)],
            "similarity": [None if k else s for k, s in zip(is_kept, similarities, strict=True)],
            "is_exact": decided["is_exact"].tolist(),
            "duplicate_count": decided["duplicate_count"].tolist(),
        },
    )


def deduplicate_here(
    keys: Sequence[str], layout: Layout, settings: Deduplication, ngram: int = NGRAM
) -> None:
    """Deduplicates a small run in this process: the stage's functions, with one partition."""
    parts = [np.zeros(0, DECISION)]
    edge_count = 0
    if settings.find != "nothing":
        keyed = [item_keys(n, key, layout, settings) for n, key in enumerate(keys)]
        edges = join(*(np.concatenate(columns) for columns in zip(*keyed, strict=True)))
        edge_count = len(edges)
        requests = requests_for(components(edges))
        for is_last in (False, True):
            if len(requests):
                members = _members(requests, keys, layout, ngram)
                decisions, requests = decide(members, settings, is_last=is_last)
                parts.append(decisions)
    decided = np.concatenate(parts)
    items = item_of(decided["document"])
    for number, key in enumerate(keys):
        write_item(decided[items == number], layout.duplicates(key))
    write_figures({"edges_found": edge_count, "edges_finished_on_one_worker": edge_count}, layout)


def write_figures(figures: Mapping[str, int], layout: Layout) -> None:
    """Writes how many edges were found and how they became clusters."""
    path = storage.join(layout.deduplicate_folder, "clusters.json")
    storage.write_bytes(path, json.dumps(dict(figures), sort_keys=True).encode())


def requests_by_item(requests: NDArray[np.void]) -> Iterator[tuple[int, bytes]]:
    """Yields the items that hold documents asked for, each with its requests."""
    return pack_by(item_of(requests["document"]), requests)


def _members(
    requests: NDArray[np.void], keys: Sequence[str], layout: Layout, ngram: int
) -> Members:
    parts = [
        item_members(np.frombuffer(packed, REQUEST), keys[number], layout, ngram)
        for number, packed in requests_by_item(requests)
    ]
    return Members.join(parts)


def _texts(staged: Staged, rows: NDArray[np.int64]) -> Iterator[str]:
    """Yields the texts of rows, which rise."""
    for start, batch in _batches(staged, ["text"], rows):
        here = rows[slice(*np.searchsorted(rows, [start, start + batch.num_rows]))]
        yield from batch.column("text").take(pa.array(here - start)).to_pylist()


def _batches(
    staged: Staged, columns: Sequence[str], rows: NDArray[np.int64] | None = None
) -> Iterator[tuple[int, pa.RecordBatch]]:
    """Yields each row group that has one of the rows, or each, and the number of its first row."""
    start = 0
    with storage.open_to_read(staged.documents) as stream:
        file = pq.ParquetFile(stream)
        for group in range(file.num_row_groups):
            end = start + file.metadata.row_group(group).num_rows
            is_wanted = rows is None or np.diff(np.searchsorted(rows, [start, end]))[0] > 0
            if end > start and is_wanted:
                table = file.read_row_group(group, columns=list(columns), use_threads=False)
                yield start, table.combine_chunks().to_batches()[0]
            start = end


def _signatures(column: pa.Array) -> NDArray[np.uint32]:
    """Returns signatures, which are all of one length, without a copy of each."""
    _, offsets, packed = column.buffers()
    ends = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
    whole = np.frombuffer(packed, np.uint8)[ends[0] : ends[-1]]
    return whole.view("<u4").reshape(len(column), -1)


def _ranks(members: NDArray[np.void], settings: Deduplication) -> tuple[NDArray[np.generic], ...]:
    """Returns the columns that say which document stays, smaller first."""
    captured = members["captured_at"]
    columns = {
        "quality": -members["quality"],
        "longest": -members["char_count"],
        "shortest": members["char_count"],
        "earliest": captured,
        "latest": np.where(captured == _NEVER, _NEVER, -captured),
    }
    ids = np.frombuffer(members["id"].tobytes(), ">u8").reshape(-1, 2)
    return (*(columns[name] for name in settings.keep), ids[:, 0], ids[:, 1])
