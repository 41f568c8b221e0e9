"""Which documents of a cluster stay, and which one each of the others repeats."""

from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.minhash import mix
from jingyu.pipeline.steps.deduplicate.bands import NO_KEY, band_keys
from jingyu.pipeline.steps.deduplicate.holdings import Holdings
from jingyu.pipeline.steps.deduplicate.resemblance import Compared, Resemblance
from jingyu.pipeline.steps.deduplicate.rivals import DROPPED, Compare, judge
from jingyu.pipeline.steps.deduplicate.shingles import Shingles


@dataclass(frozen=True)
class Criteria:
    """What a near duplicate is.

    Attributes:
        bands: Bands of a signature; documents that share none are not compared.
        rows: Values of a band.
        min_similarity: Least similarity of a duplicate to a kept document, above 0 to 1.
    """

    bands: int
    rows: int
    min_similarity: float

    def __post_init__(self) -> None:
        if not 0 < self.min_similarity <= 1:
            raise ValueError(
                f"min_similarity must be above 0 and at most 1, not {self.min_similarity}"
            )


@dataclass(frozen=True)
class Documents:
    """What is known of documents, one row each.

    Attributes:
        keys: Name of each document; no two are equal.
        text_hashes: Hash of the normal form.
        signatures: MinHash signature, one per row; the same for the same normal form.
        ranks: Columns that say which document is better, the weightiest first;
            smaller is better. The smaller key decides between equals.
        shingles: Shingles of the rows whose text was read; none if no text was.
        chance: How probably different hashes look the same, since not all of their bits are known.
        is_settled: Whether a document is kept whatever it resembles, as those of an earlier corpus;
            none if no document is. They must rank before all others.
    """

    keys: NDArray[np.uint64]
    text_hashes: NDArray[np.uint64]
    signatures: NDArray[np.uint32]
    ranks: tuple[NDArray[np.generic], ...]
    shingles: Shingles | None = None
    chance: float = 0.0
    is_settled: NDArray[np.bool_] | None = None

    def __post_init__(self) -> None:
        lengths = {len(self.keys), len(self.text_hashes), len(self.signatures)}
        lengths |= {len(rank) for rank in self.ranks}
        if len(lengths) > 1:
            raise ValueError(f"columns of documents differ in length: {sorted(lengths)}")
        if np.unique(self.keys).size < self.keys.size:
            raise ValueError("two documents have one key: neither could be told from the other")


class Chosen(NamedTuple):
    """What becomes of each document, sorted by its key.

    Attributes:
        documents: Keys, each once.
        survivors: Key of the kept document that each repeats; its own if it is kept.
        similarities: Similarity of the two, 0 to 1, true where the estimate left a doubt and the
            texts were read; 1 if it is kept or exact.
        is_exact: Whether it was dropped because the normal forms are the same.
        is_doubtful: Whether it was in a pair whose estimate left a doubt, and a text was not read.
    """

    documents: NDArray[np.uint64]
    survivors: NDArray[np.uint64]
    similarities: NDArray[np.float64]
    is_exact: NDArray[np.bool_]
    is_doubtful: NDArray[np.bool_]

    @property
    def is_kept(self) -> NDArray[np.bool_]:
        """Whether each document stays."""
        return np.equal(self.survivors, self.documents)

    def take(self, rows: NDArray[np.intp]) -> Self:
        """Returns the rows that are named, in that order."""
        return type(self)(
            self.documents[rows],
            self.survivors[rows],
            self.similarities[rows],
            self.is_exact[rows],
            self.is_doubtful[rows],
        )


def choose(
    documents: Documents, criteria: Criteria, labels: NDArray[np.uint64] | None = None
) -> Chosen:
    """Returns the decision on each document.

    Documents are judged from the best to the worst. One with the text hash of a better one goes
    the way of that one. Else one that shares a band with a kept document and is as similar as the
    criteria say is dropped; else it is kept. A dropped document names the most similar of the kept
    ones that it shares a band with, of equals the best. So it always resembles the one that it
    names, and no chain of others in between drops anything.

    The order of rows does not matter, nor which other clusters are judged with one. Work grows with
    the documents times `MAX_KEPT` for each band, whatever the clusters look like.

    Args:
        documents: All documents that share keys.
        criteria: What a near duplicate is.
        labels: Cluster of each document: only members of one are compared. Without labels all are
            that share a band. The two differ where not all bits of the hashes are known.

    Raises:
        ValueError: The bands need more values than a signature has.
    """
    order = np.lexsort((documents.keys, *reversed(documents.ranks)))
    _, first, text = np.unique(documents.text_hashes[order], return_index=True, return_inverse=True)
    # Numbers of texts rise from the best to the worst, as do the rows in order.
    texts = np.sort(first)
    text_of = np.searchsorted(texts, first[text])
    judged = _judge(documents, order[texts], criteria, labels)
    winners = judged.winners[text_of]
    is_copy = ~np.isin(np.arange(order.size), texts)
    keys = documents.keys[order]
    decisions = Chosen(
        keys,
        keys[texts[winners]],
        judged.similarities[text_of],
        is_copy & (winners == text_of),
        judged.is_doubtful[text_of],
    )
    return decisions.take(np.argsort(keys))


class _Judged(NamedTuple):
    winners: NDArray[np.intp]
    similarities: NDArray[np.float64]
    is_doubtful: NDArray[np.bool_]


def _judge(
    documents: Documents,
    rows: NDArray[np.intp],
    criteria: Criteria,
    labels: NDArray[np.uint64] | None,
) -> _Judged:
    """Judges documents of different texts, from the best to the worst; winners are places in it."""
    signatures, shingles = documents.signatures, documents.shingles
    keys = band_keys(signatures[rows], criteria.bands, criteria.rows)
    if labels is not None:
        keys = np.where(keys == NO_KEY, NO_KEY, mix(keys ^ mix(labels[rows])[:, None]))
    holdings = Holdings.of_bands(keys, criteria.rows, NO_KEY)
    # Most texts in a corpus of few duplicates share nothing: signatures are copied of the others.
    sharing, holders = np.unique(holdings.rows, return_inverse=True)
    compared = rows[sharing]
    taken = shingles.take(compared) if shingles else None
    resemblance = Resemblance(
        signatures[compared], criteria.min_similarity, taken, documents.chance
    )
    settled = documents.is_settled
    compare = resemblance.compare if settled is None else _sparing(settled[compared], resemblance)
    found = judge(
        holdings._replace(rows=holders), resemblance.signatures, compare, criteria.min_similarity
    )
    winners, is_dropped = np.arange(rows.size), found.states == DROPPED
    winners[sharing[is_dropped]] = sharing[found.winners[is_dropped]]
    similarities, is_doubtful = np.ones(rows.size), np.zeros(rows.size, np.bool_)
    similarities[sharing[is_dropped]] = found.similarities[is_dropped]
    is_doubtful[sharing] = found.is_doubtful
    return _Judged(winners, similarities, is_doubtful)


def _sparing(is_settled: NDArray[np.bool_], resemblance: Resemblance) -> Compare:
    """Returns the comparison by which settled documents resemble none."""

    def compare(kept: NDArray[np.intp], others: NDArray[np.intp]) -> Compared:
        is_open = np.flatnonzero(~is_settled[others])
        found = resemblance.compare(kept[is_open], others[is_open])
        similarities, is_doubtful = np.zeros(kept.size), np.zeros(kept.size, np.bool_)
        similarities[is_open], is_doubtful[is_open] = found
        return Compared(similarities, is_doubtful)

    return compare
