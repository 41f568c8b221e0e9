"""Which documents of a cluster stay, and which one each of the others repeats."""

from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.minhash import mix
from jingyu.pipeline.steps.deduplicate.bands import NO_KEY, band_keys
from jingyu.pipeline.steps.deduplicate.holdings import Holdings
from jingyu.pipeline.steps.deduplicate.preference import met, prefer
from jingyu.pipeline.steps.deduplicate.readings import Readings
from jingyu.pipeline.steps.deduplicate.resemblance import (
    ANYTHING,
    Compared,
    Containment,
    Resemblance,
)
from jingyu.pipeline.steps.deduplicate.rivals import DROPPED, Compare, Judged, judge


@dataclass(frozen=True)
class Criteria:
    """What a near duplicate is.

    Attributes:
        bands: Bands of a signature; documents that share none are not compared.
        rows: Values of a band.
        min_similarity: Least similarity of a duplicate to a kept document, above 0 to 1.
        containment: What the kept document must say of it, where both were read.
        trusts_estimates: Whether estimates decide on documents that were not read; else only on
            those that resemble a settled one.
    """

    bands: int
    rows: int
    min_similarity: float
    containment: Containment = ANYTHING
    trusts_estimates: bool = True

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
        char_counts: Lengths: of documents that are alike, a longer one is judged first. None if the
            ranks alone decide.
        readings: What was read of the rows; none if nothing was.
        chance: How probably different hashes look the same, since not all of their bits are known.
        is_settled: Whether a document is kept whatever it resembles, as those of an earlier corpus;
            none if no document is. They must rank before all others.
    """

    keys: NDArray[np.uint64]
    text_hashes: NDArray[np.uint64]
    signatures: NDArray[np.uint32]
    ranks: tuple[NDArray[np.generic], ...]
    char_counts: NDArray[np.int64] | None = None
    readings: Readings | None = None
    chance: float = 0.0
    is_settled: NDArray[np.bool_] | None = None

    def __post_init__(self) -> None:
        lengths = {len(self.keys), len(self.text_hashes), len(self.signatures)}
        lengths |= {len(rank) for rank in self.ranks}
        if len(lengths) > 1:
            raise ValueError(f"columns of documents differ in length: {sorted(lengths)}")
        if np.unique(self.keys).size < self.keys.size:
            raise ValueError("two documents have one key: neither could be told from the other")

    @property
    def settled(self) -> NDArray[np.bool_]:
        """Whether each document is settled."""
        nothing = np.zeros(len(self.keys), np.bool_)
        return nothing if self.is_settled is None else self.is_settled


class Chosen(NamedTuple):
    """What becomes of each document, sorted by its key.

    Attributes:
        documents: Keys, each once.
        survivors: Key of the kept document that each repeats; its own if it is kept.
        similarities: Similarity of the two, 0 to 1, true where the estimate left a doubt and the
            texts were read; 1 if it is kept or exact.
        is_exact: Whether it was dropped because the normal forms are the same.
        is_doubtful: Whether it was in a pair that may be near duplicates, and one was not read.
        met: Key of the document that it was compared with: of a dropped one its survivor, of a kept
            one the most similar kept one that does not say what it says; its own if there is none.
        met_similarities: Similarity of the two; NaN if there is none.
        coverages: Share of the document's characters that the other has; NaN if none was read.
        own_chars: Characters that the other has not; NaN if none was read.
    """

    documents: NDArray[np.uint64]
    survivors: NDArray[np.uint64]
    similarities: NDArray[np.float64]
    is_exact: NDArray[np.bool_]
    is_doubtful: NDArray[np.bool_]
    met: NDArray[np.uint64]
    met_similarities: NDArray[np.float64]
    coverages: NDArray[np.float64]
    own_chars: NDArray[np.float64]

    @property
    def is_kept(self) -> NDArray[np.bool_]:
        """Whether each document stays."""
        return np.equal(self.survivors, self.documents)

    def take(self, rows: NDArray[np.intp]) -> Self:
        """Returns the rows that are named, in that order."""
        columns: Any = [column[rows] for column in self]
        return type(self)(*columns)


def choose(
    documents: Documents, criteria: Criteria, labels: NDArray[np.uint64] | None = None
) -> Chosen:
    """Returns the decision on each document.

    Of documents with one text hash the best stands for all. Texts are judged from the longest to
    the shortest, or where lengths are not known, from the best to the worst. One that shares a
    band with a kept text, is as similar as the criteria say, and says nothing that the kept one
    does not, is dropped; else it is kept. A dropped document names the most similar of the kept
    ones that it duplicates, of equals the first. So all that it says stands in the one that it
    names, and no chain of others in between drops anything. At last the best of each group takes
    the place of the kept text, if it says what all of the group say.

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
    is_exact = ~np.isin(np.arange(order.size), texts) & (winners == text_of)
    # A copy of a text that stays was not compared with another.
    found = (np.where(is_exact, np.nan, figures[text_of]) for figures in judged.figures)
    keys = documents.keys[order]
    decisions = Chosen(
        keys,
        keys[texts[winners]],
        judged.similarities[text_of],
        is_exact,
        judged.is_doubtful[text_of],
        keys[texts[np.where(is_exact, winners, judged.met[text_of])]],
        *found,
    )
    return decisions.take(np.argsort(keys))


class _Judged(NamedTuple):
    """What became of texts: places of other texts, and what is told of two of them."""

    winners: NDArray[np.intp]
    similarities: NDArray[np.float64]
    is_doubtful: NDArray[np.bool_]
    met: NDArray[np.intp]
    figures: NDArray[np.float64]


def _judge(
    documents: Documents,
    rows: NDArray[np.intp],
    criteria: Criteria,
    labels: NDArray[np.uint64] | None,
) -> _Judged:
    """Judges documents of different texts, given from the best to the worst, by their places."""
    places = _judging_order(documents, rows)
    signatures = documents.signatures
    keys = band_keys(signatures[rows[places]], criteria.bands, criteria.rows)
    if labels is not None:
        keys = np.where(keys == NO_KEY, NO_KEY, mix(keys ^ mix(labels[rows[places]])[:, None]))
    holdings = Holdings.of_bands(keys, criteria.rows, NO_KEY)
    # Most texts in a corpus of few duplicates share nothing: signatures are copied of the others.
    sharing, holders = np.unique(holdings.rows, return_inverse=True)
    places = places[sharing]
    compared = rows[places]
    settled = documents.settled[compared]
    readings = documents.readings.take(compared) if documents.readings else None
    resemblance = Resemblance(
        signatures[compared],
        criteria.min_similarity,
        readings,
        criteria.containment,
        documents.chance,
        None if criteria.trusts_estimates else settled,
    )
    compare = _sparing(settled, resemblance) if settled.any() else resemblance.compare
    found = judge(
        holdings._replace(rows=holders), resemblance.signatures, compare, criteria.min_similarity
    )
    prefer(found, places, settled, resemblance)
    return _told(found, places, resemblance, rows.size)


def _judging_order(documents: Documents, rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """Returns the places of rows, given from the best to the worst, in the order of judging."""
    if documents.char_counts is None:
        return np.arange(rows.size)
    settled = documents.settled[rows]
    lengths = np.where(settled, 0, documents.char_counts[rows])
    return np.lexsort((np.arange(rows.size), -lengths, ~settled))


def _told(found: Judged, places: NDArray[np.intp], resemblance: Resemblance, count: int) -> _Judged:
    """Returns what became of so many texts, of which those at some places were judged."""
    winners, is_doubtful = np.arange(count), np.zeros(count, np.bool_)
    similarities, figures = np.ones(count), np.full((3, count), np.nan)
    is_dropped = found.states == DROPPED
    winners[places[is_dropped]] = places[found.winners[is_dropped]]
    similarities[places[is_dropped]] = found.similarities[is_dropped]
    is_doubtful[places] = found.is_doubtful
    others = winners.copy()
    pairs = met(found, resemblance)
    pairs |= {row: int(found.winners[row]) for row in np.flatnonzero(is_dropped).tolist()}
    for row, other in pairs.items():
        contained = resemblance.contained(other, row)
        others[places[row]] = places[other]
        if contained:
            figures[:, places[row]] = contained[:3]
    return _Judged(winners, similarities, is_doubtful, others, figures)


def _sparing(is_settled: NDArray[np.bool_], resemblance: Resemblance) -> Compare:
    """Returns the comparison by which settled documents resemble none."""

    def compare(kept: NDArray[np.intp], others: NDArray[np.intp]) -> Compared:
        is_open = np.flatnonzero(~is_settled[others])
        found = resemblance.compare(kept[is_open], others[is_open])
        similarities, is_doubtful = np.zeros(kept.size), np.zeros(kept.size, np.bool_)
        similarities[is_open], is_doubtful[is_open] = found
        return Compared(similarities, is_doubtful)

    return compare
