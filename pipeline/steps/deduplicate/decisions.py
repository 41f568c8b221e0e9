"""Which documents of whole clusters stay, and what each of the others duplicates."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.page.sign.minhash import EMPTY, NGRAM, similarity
from jingyu.pipeline.steps.deduplicate.clusters import Clusters
from jingyu.pipeline.steps.deduplicate.groups import Policy
from jingyu.pipeline.steps.deduplicate.parts.members import (
    ID_BYTES,
    NEVER,
    NEW,
    OLD,
    OLD_DROPPED,
    Members,
    parts_of,
    requests_for,
)
from jingyu.pipeline.steps.deduplicate.reprints import other_domains
from jingyu.pipeline.steps.deduplicate.resemblance import Containment
from jingyu.pipeline.steps.deduplicate.survivors import Chosen, Criteria, Documents, choose
from jingyu.pipeline.steps.deduplicate.within import Within, drop_within

NO_DUPLICATE, EXACT, NEAR, URL, WITHIN = range(5)
"""Kinds of duplicates, as they travel."""

CHANCE: Final = 1 / 256
"""How probably the lowest bytes of different hashes are equal."""

DECISION = np.dtype(
    [
        ("document", "<u8"),
        ("survivor_id", f"V{ID_BYTES}"),
        ("survivor_part", "<u4"),
        ("met_id", f"V{ID_BYTES}"),
        ("similarity", "<f8"),
        ("coverage", "<f8"),
        ("own_chars", "<f8"),
        ("has_met", "?"),
        ("kind", "u1"),
        ("duplicate_count", "<i8"),
        ("duplicate_domain_count", "<i8"),
    ]
)
"""What travels back to a part: a document that is dropped, that others duplicate, or that met one
that is similar and does not say what it says."""


class Decided(NamedTuple):
    """Decisions on documents that something changes for, and what is needed to decide on others."""

    decisions: NDArray[np.void]
    requests: NDArray[np.void]


def decide(
    members: Members, settings: Deduplication, *, is_last: bool, ngram: int = NGRAM
) -> Decided:
    """Returns the decisions on whole clusters.

    Of the captures of one address the best is judged, and stands for all. A cluster in which two
    may be near duplicates is not decided on the first time: its members are asked for again, with
    the n-grams of those that may be. The last time all clusters are decided on by what was read.
    Two that meet only then, since a third one stays after all, both stay; estimates decide alone
    where an index has no n-grams.

    Args:
        members: All documents of some clusters.
        settings: What counts as a duplicate.
        is_last: Whether this is the last time.
        ngram: Length of an n-gram.
    """
    members = members.take(np.argsort(members.rows["document"]))
    rows = members.rows
    ranks = _ranks(rows, settings)
    heads = _heads(rows, ranks) if settings.one_per_url else np.arange(len(rows))
    is_head = heads == np.arange(len(rows))
    judged = np.flatnonzero(is_head & (rows["standing"] != OLD_DROPPED))
    some, their_ranks = members.take(judged), tuple(rank[judged] for rank in ranks)
    chosen = _choose(some, their_ranks, settings, ngram=ngram, is_last=is_last)
    is_within = np.zeros(judged.size, np.bool_)
    if settings.finds_contained:
        chosen, is_within = drop_within(
            chosen,
            some,
            their_ranks,
            Policy(
                Containment(settings.min_coverage, settings.max_own_chars, ngram),
                drops_collections=settings.contained == "drop_collections",
            ),
            settings.min_near_chars,
            is_last=is_last,
        )
    is_doubtful = np.zeros(len(rows), np.bool_)
    is_doubtful[judged] = chosen.is_doubtful
    is_open = np.isin(rows["label"], rows["label"][is_doubtful & (not is_last)])
    requests = requests_for(Clusters(rows["document"][is_open], rows["label"][is_open]))
    requests["reads_text"] = is_doubtful[is_open]
    decided = _with_captures(rows, heads, judged, Within(chosen, is_within))
    is_told = (decided["kind"] != NO_DUPLICATE) | (decided["duplicate_count"] > 0)
    is_told |= decided["has_met"]
    return Decided(decided[~is_open & is_told & (rows["standing"] == NEW)], requests)


def _choose(
    members: Members,
    ranks: tuple[NDArray[np.generic], ...],
    settings: Deduplication,
    *,
    ngram: int,
    is_last: bool,
) -> Chosen:
    rows = members.rows
    signatures = rows["signature"].astype(np.uint32)
    is_short = rows["char_count"] < settings.min_near_chars
    signatures[rows["is_empty"] | is_short | (settings.find == "exact")] = EMPTY
    documents = Documents(
        rows["document"],
        rows["text_hash"],
        signatures,
        ranks,
        rows["char_count"],
        members.readings,
        CHANCE,
        rows["standing"] == OLD,
    )
    criteria = Criteria(
        *settings.banding(signatures.shape[1]),
        settings.min_similarity,
        Containment(settings.min_coverage, settings.max_own_chars, ngram),
        trusts_estimates=not is_last,
    )
    return choose(documents, criteria, rows["label"])


def _heads(rows: NDArray[np.void], ranks: Sequence[NDArray[np.generic]]) -> NDArray[np.intp]:
    """Returns for each row the best capture of its address, itself if it has none.

    Rows of an earlier corpus stand for themselves: what it decided stays.
    """
    heads = np.arange(len(rows))
    order = np.lexsort(tuple(reversed((rows["url_key"], *ranks))))
    order = order[rows["url_key"][order] != 0]
    keys = rows["url_key"][order]
    starts = np.flatnonzero(np.diff(keys, prepend=~keys[:1]) != 0)
    heads[order] = np.repeat(order[starts], np.diff(starts, append=order.size))
    is_old = rows["standing"] != NEW
    heads[is_old] = np.flatnonzero(is_old)
    return heads


def _with_captures(
    rows: NDArray[np.void], heads: NDArray[np.intp], judged: NDArray[np.intp], within: Within
) -> NDArray[np.void]:
    """Returns the decisions on all rows: those on the judged, and what follows for the others."""
    chosen, is_within = within
    survivors = np.arange(len(rows))
    survivors[judged] = judged[np.searchsorted(chosen.documents, chosen.survivors)]
    survivors = survivors[heads]
    decided = np.zeros(len(rows), DECISION)
    decided["document"], decided["survivor_id"] = rows["document"], rows["id"][survivors]
    decided["survivor_part"] = parts_of(rows["document"][survivors])
    met = judged[np.searchsorted(chosen.documents, chosen.met)]
    decided["met_id"][judged] = rows["id"][met]
    decided["has_met"][judged] = chosen.is_kept & (met != judged)
    decided["similarity"][judged] = np.where(
        chosen.is_kept, chosen.met_similarities, chosen.similarities
    )
    decided["coverage"], decided["own_chars"] = np.nan, np.nan
    decided["coverage"][judged], decided["own_chars"][judged] = chosen.coverages, chosen.own_chars
    decided["kind"][judged] = np.select(
        [chosen.is_kept, chosen.is_exact, is_within], [NO_DUPLICATE, EXACT, WITHIN], NEAR
    )
    others = np.flatnonzero(heads != np.arange(len(rows)))
    theirs = survivors[others]
    is_equal = rows["text_hash"][others] == rows["text_hash"][theirs]
    is_equal &= rows["standing"][theirs] != OLD_DROPPED
    decided["kind"][others] = np.where(is_equal, EXACT, URL)
    decided["similarity"][others] = np.where(is_equal, 1.0, _estimates(rows, others, theirs))
    is_dropped = decided["kind"] != NO_DUPLICATE
    decided["duplicate_count"] = np.bincount(survivors[is_dropped], minlength=len(rows))
    # Another capture stands where the one that was judged does; within a longer text stands a part.
    is_reprint = (decided["kind"] == EXACT) | (decided["kind"] == NEAR)
    decided["duplicate_domain_count"] = other_domains(rows["domain"], survivors, is_reprint)
    return decided


def _estimates(
    rows: NDArray[np.void], left: NDArray[np.intp], right: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Returns estimated similarities; NaN where a signature is not known."""
    ones, others = (rows["signature"][side].astype(np.uint32) for side in (left, right))
    estimates = np.maximum(similarity(ones, others) - CHANCE, 0) / (1 - CHANCE)
    estimates[rows["is_empty"][left] | rows["is_empty"][right]] = np.nan
    return estimates


def _ranks(members: NDArray[np.void], settings: Deduplication) -> tuple[NDArray[np.generic], ...]:
    """Returns the columns that say which document stays, the weightiest first; smaller is better.

    Documents of earlier corpora come before all of this run, and ids settle what is left open.
    """
    standing, captured = members["standing"], members["captured_at"]
    columns = {
        "tier": members["tier"],
        "quality": -members["quality"],
        "simplified": members["script"].astype(np.int64),
        "traditional": -members["script"].astype(np.int64),
        "longest": -members["char_count"],
        "shortest": members["char_count"],
        "earliest": captured,
        "latest": np.where(captured == NEVER, NEVER, -captured),
    }
    corpus = np.where(standing == NEW, 0, parts_of(members["document"]))
    ids = np.frombuffer(members["id"].tobytes(), ">u8").reshape(-1, 2)
    return (standing, corpus, *(columns[name] for name in settings.keep), ids[:, 0], ids[:, 1])
