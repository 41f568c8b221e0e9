"""Which documents of a cluster stay, and which one each of the others repeats."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from pipeline.text.minhash import similarity

# Pairs whose signatures are copied side by side: 8 MiB a side at 128 hashes.
_PAIRS_AT_ONCE = 16_384


@dataclass(frozen=True)
class Documents:
    """What is known of documents, one row each.

    Attributes:
        keys: Name of each document; no two are equal.
        text_hashes: Hash of the normal form.
        signatures: MinHash signature, one per row.
        ranks: Columns that say which document is better, the weightiest first;
            smaller is better. The smaller key decides between equals.
    """

    keys: NDArray[np.uint64]
    text_hashes: NDArray[np.uint64]
    signatures: NDArray[np.uint32]
    ranks: tuple[NDArray[np.generic], ...]

    def __post_init__(self) -> None:
        lengths = {len(self.keys), len(self.text_hashes), len(self.signatures)}
        lengths |= {len(rank) for rank in self.ranks}
        if len(lengths) > 1:
            raise ValueError(f"columns of documents differ in length: {sorted(lengths)}")
        if np.unique(self.keys).size < self.keys.size:
            raise ValueError("two documents have one key: neither could be told from the other")

    def take(self, rows: NDArray[np.intp]) -> Self:
        """Returns the rows that are named, in that order."""
        ranks = tuple(rank[rows] for rank in self.ranks)
        return type(self)(self.keys[rows], self.text_hashes[rows], self.signatures[rows], ranks)


class Decisions(NamedTuple):
    """What becomes of each document, sorted by its key.

    Attributes:
        documents: Keys, each once.
        survivors: Key of the kept document that each repeats; its own if it is kept.
        similarities: Estimated similarity of the two, 0 to 1; 1 if it is kept or exact.
        is_exact: Whether it was dropped because the normal forms are the same.
    """

    documents: NDArray[np.uint64]
    survivors: NDArray[np.uint64]
    similarities: NDArray[np.float64]
    is_exact: NDArray[np.bool_]

    @property
    def is_kept(self) -> NDArray[np.bool_]:
        """Whether each document stays."""
        return np.equal(self.survivors, self.documents)


def choose(labels: NDArray[np.uint64], documents: Documents, min_similarity: float) -> Decisions:
    """Returns the decision on each member of clusters.

    The members of a cluster are judged from the best to the worst. One with the
    text hash of a kept document repeats it exactly. Else one whose similarity to
    kept documents reaches `min_similarity` repeats the most similar of them, of
    equals the best. Else it is kept. So a dropped document always resembles the
    one that it names, and no chain of others in between drops anything.

    The order of rows does not matter. Work grows with the members of a cluster
    times those of them that are kept.

    Args:
        labels: Cluster of each document.
        documents: The members of whole clusters.
        min_similarity: Smallest similarity of a duplicate, above 0 to 1.

    Raises:
        ValueError: The similarity is out of range, or labels and documents differ in number.
    """
    if not 0 < min_similarity <= 1:
        raise ValueError(f"min_similarity must be above 0 and at most 1, not {min_similarity}")
    if labels.size != documents.keys.size:
        raise ValueError(f"{labels.size} labels for {documents.keys.size} documents")
    order = np.lexsort((documents.keys, *reversed(documents.ranks), labels))
    ordered = documents.take(order)
    judged = _judge(labels[order], ordered, min_similarity)
    by_key = np.argsort(ordered.keys)
    return Decisions(
        ordered.keys[by_key],
        ordered.keys[judged.survivors[by_key]],
        judged.similarities[by_key],
        judged.is_exact[by_key],
    )


class _Judged(NamedTuple):
    survivors: NDArray[np.intp]
    similarities: NDArray[np.float64]
    is_exact: NDArray[np.bool_]


def _judge(labels: NDArray[np.uint64], documents: Documents, min_similarity: float) -> _Judged:
    """Judges rows that are sorted by cluster and rank; survivors are row numbers.

    All clusters are judged at once: in each round the best undecided row of each
    is kept, and all rows after it that could still find a better survivor are
    compared with it.
    """
    size = labels.size
    names, clusters = np.unique(labels, return_inverse=True)
    judged = _Judged(np.full(size, -1), np.zeros(size), np.zeros(size, np.bool_))
    survivors, similarities, is_exact = judged
    lowest_bytes = documents.signatures.astype(np.uint8)
    kept_now = np.full(names.size, size)
    rows = np.arange(size)
    while (undecided := rows[survivors[rows] < 0]).size:
        kept = undecided[np.diff(clusters[undecided], prepend=-1) > 0]
        survivors[kept], similarities[kept] = kept, 1.0
        kept_now[clusters[kept]] = kept
        against = kept_now[clusters[rows]]
        kept_now[clusters[kept]] = size
        # Rows before, and clusters without any undecided row, need no further look.
        is_after = rows > against
        rows, against = rows[is_after], against[is_after]
        is_same = documents.text_hashes[rows] == documents.text_hashes[against]
        exact = rows[is_same]
        survivors[exact], similarities[exact], is_exact[exact] = against[is_same], 1.0, True
        rows, against = rows[~is_same], against[~is_same]
        # Equal values have equal bytes: an upper bound of the estimate, at a quarter of its cost.
        may_be_near = _compare(_bound, lowest_bytes, rows, against) >= min_similarity
        near, to = rows[may_be_near], against[may_be_near]
        estimates = _compare(similarity, documents.signatures, near, to)
        is_better = (estimates >= min_similarity) & (estimates > similarities[near])
        survivors[near[is_better]] = to[is_better]
        similarities[near[is_better]] = estimates[is_better]
    return judged


def _compare(
    measure: Callable[[NDArray[Any], NDArray[Any]], NDArray[np.float64]],
    values: NDArray[np.unsignedinteger[Any]],
    rows: NDArray[np.intp],
    others: NDArray[np.intp],
) -> NDArray[np.float64]:
    measured = np.empty(rows.size)
    for start in range(0, rows.size, _PAIRS_AT_ONCE):
        some = slice(start, start + _PAIRS_AT_ONCE)
        left, right = values.take(rows[some], axis=0), values.take(others[some], axis=0)
        measured[some] = measure(left, right)
    return measured


def _bound(left: NDArray[np.uint8], right: NDArray[np.uint8]) -> NDArray[np.float64]:
    counts = (left == right).view(np.uint8).sum(axis=1, dtype=np.uint32)
    return np.asarray(counts / left.shape[1], dtype=np.float64)
