"""Deduplicate: the work between the shuffles, on packed arrays of one item or one partition."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.duplicates.bands import Keyed, document_keys, exact_keys
from pipeline.duplicates.candidates import join
from pipeline.duplicates.clusters import Clusters, components
from pipeline.duplicates.survivors import Documents, choose
from pipeline.layout import Layout
from pipeline.sections import Deduplication
from pipeline.work.select import rejecting_rules
from pipeline.work.verdicts import write_duplicates

_ROW_BITS = np.uint64(32)
_ROW_MASK = np.uint64((1 << 32) - 1)
_NEVER = np.iinfo(np.int64).max
_ID_BYTES = 16

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


def member_type(hashes: int) -> np.dtype[np.void]:
    """Returns what travels of a document in a cluster: what choosing a survivor needs."""
    return np.dtype(
        [
            ("document", "<u8"),
            ("label", "<u8"),
            ("id", f"V{_ID_BYTES}"),
            ("text_hash", "<u8"),
            ("quality", "<f8"),
            ("char_count", "<i8"),
            ("captured_at", "<i8"),
            ("signature", "<u4", (hashes,)),
        ]
    )


def item_of(documents: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Returns the number of the item that each document is staged in."""
    return (documents >> _ROW_BITS).astype(np.int64)


def item_keys(number: int, key: str, layout: Layout, settings: Deduplication) -> Keyed:
    """Returns the keys under which an item's documents that passed the rules meet others."""
    rows = np.flatnonzero(rejecting_rules(key, layout)[0] < 0)
    table = layout.staged(key).table(["text_hash", "signature"]).take(rows)
    hashes = table["text_hash"].to_numpy()
    documents = (np.uint64(number) << _ROW_BITS) | rows.astype(np.uint64)
    if settings.find == "exact" or not len(rows):
        return Keyed(exact_keys(hashes), documents)
    signatures = _signatures(table["signature"])
    return document_keys(documents, hashes, signatures, settings.bands, settings.rows)


def item_members(clusters: Clusters, key: str, layout: Layout) -> NDArray[np.void]:
    """Returns the documents of an item that are in clusters, with what choosing needs of them."""
    columns = ["document_id", "text_hash", "quality", "char_count", "captured_at", "signature"]
    rows = (clusters.documents & _ROW_MASK).astype(np.int64)
    table = layout.staged(key).table(columns).take(rows)
    signatures = _signatures(table["signature"])
    members = np.empty(len(rows), member_type(signatures.shape[1]))
    members["document"], members["label"] = clusters.documents, clusters.labels
    ids = bytes.fromhex("".join(table["document_id"].to_pylist()))
    members["id"] = np.frombuffer(ids, f"V{_ID_BYTES}")
    members["signature"] = signatures
    captured = table["captured_at"].cast("int64").fill_null(_NEVER)
    for name, column in (*((n, table[n]) for n in columns[1:4]), ("captured_at", captured)):
        members[name] = column.to_numpy()
    return members


def decide(members: NDArray[np.void], settings: Deduplication) -> NDArray[np.void]:
    """Returns the decisions on whole clusters; documents that nothing changes for are left out."""
    signatures = np.ascontiguousarray(members["signature"])
    if settings.find == "exact":
        signatures = np.full_like(signatures, np.iinfo(np.uint32).max)
    documents = Documents(
        members["document"], members["text_hash"], signatures, _ranks(members, settings)
    )
    chosen = choose(members["label"], documents, settings.min_similarity)
    order = np.argsort(members["document"])
    survivors = np.searchsorted(chosen.documents, chosen.survivors)
    counts = np.bincount(survivors, minlength=len(survivors)) - chosen.is_kept
    decided = np.zeros(len(members), DECISION)
    decided["document"], decided["survivor_id"] = chosen.documents, members["id"][order][survivors]
    decided["similarity"], decided["is_exact"] = chosen.similarities, chosen.is_exact
    decided["is_kept"], decided["duplicate_count"] = chosen.is_kept, counts
    return decided[~chosen.is_kept | (counts > 0)]


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


def deduplicate_here(keys: Sequence[str], layout: Layout, settings: Deduplication) -> None:
    """Deduplicates a small run in this process: the stage's functions, with one partition."""
    decided = np.zeros(0, DECISION)
    if settings.find != "nothing":
        keyed = [item_keys(n, key, layout, settings) for n, key in enumerate(keys)]
        edges = join(*(np.concatenate(columns) for columns in zip(*keyed, strict=True)))
        clusters = components(edges)
        items = item_of(clusters.documents)
        members = [
            item_members(_of_item(clusters, items == number), keys[number], layout)
            for number in np.unique(items)
        ]
        if members:
            decided = decide(np.concatenate(members), settings)
    items = item_of(decided["document"])
    for number, key in enumerate(keys):
        write_item(decided[items == number], layout.duplicates(key))


def by_item(clusters: Clusters) -> Iterable[tuple[int, Clusters]]:
    """Yields the items that hold documents of clusters, each with these documents."""
    items = item_of(clusters.documents)
    for number in np.unique(items).tolist():
        yield number, _of_item(clusters, items == number)


def _of_item(clusters: Clusters, is_here: NDArray[np.bool_]) -> Clusters:
    return Clusters(clusters.documents[is_here], clusters.labels[is_here])


def _signatures(column: object) -> NDArray[np.uint32]:
    values = column.to_pylist()  # type: ignore[attr-defined]  # pyarrow is untyped
    return np.frombuffer(b"".join(values), "<u4").reshape(len(values), -1)


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
