"""Documents that stand as a whole in longer ones, found by the passages that they share."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.minhash import mix
from jingyu.pipeline.steps.deduplicate.candidates import MAX_HOLDERS
from jingyu.pipeline.steps.deduplicate.containment import Contained
from jingyu.pipeline.steps.deduplicate.groups import Groups, Pairs, Policy, drop_collections
from jingyu.pipeline.steps.deduplicate.parts.members import OLD, Members
from jingyu.pipeline.steps.deduplicate.survivors import Chosen

_LEAST_SHARE: Final = 0.25
"""Share of a document's fingerprints that a longer one must have to be compared with it: of one
within another all but those at its edges and around what was corrected; an index has half of
them."""


def shared_passages(
    fingerprints: NDArray[np.uint64], rows: NDArray[np.intp], places: NDArray[np.intp]
) -> Pairs:
    """Returns the pairs of rows of which one may stand within the other.

    A fingerprint that more than `MAX_HOLDERS` rows have says nothing, so there are at most so many
    pairs for each.

    Args:
        fingerprints: Fingerprints of rows; each stands once in a row.
        rows: Row of each.
        places: Place of each row in the order of judging: of two, the first may hold the other.
    """
    order = np.lexsort((places[rows], fingerprints))
    values, ordered = fingerprints[order], rows[order]
    starts = np.flatnonzero(np.diff(values, prepend=~values[:1]) != 0)
    counts = np.diff(starts, append=values.size)
    is_telling = (counts > 1) & (counts <= MAX_HOLDERS)
    found = [np.zeros((2, 0), np.intp)]
    for count in np.unique(counts[is_telling]).tolist():
        groups = ordered[starts[counts == count][:, None] + np.arange(count)]
        first, second = np.triu_indices(count, 1)
        found.append(np.stack([groups[:, first].ravel(), groups[:, second].ravel()]))
    holders, held = np.concatenate(found, axis=1)
    pairs, shared = np.unique(held * places.size + holders, return_counts=True)
    held, holders = pairs // places.size, pairs % places.size
    of_held = np.bincount(rows, minlength=places.size)[held]
    is_likely = shared >= _LEAST_SHARE * of_held
    return Pairs(holders[is_likely], held[is_likely])


class Within(NamedTuple):
    """Decisions on documents, and which of them were dropped for a longer one that holds them."""

    chosen: Chosen
    is_within: NDArray[np.bool_]


def drop_within(  # noqa: PLR0913  (a decision and all that it rests on)
    chosen: Chosen,
    members: Members,
    ranks: tuple[NDArray[np.generic], ...],
    policy: Policy,
    min_chars: int,
    *,
    is_last: bool,
) -> Within:
    """Returns decisions by which kept documents that stand in longer kept ones are dropped, too.

    Longer ones are decided on first, so each names one that stays. What was dropped for a document
    goes with it to the longer one, if that says all that it says; else the document stays. The
    first time nothing is dropped, and those that must be read are doubtful.

    Args:
        chosen: Decisions on the members.
        members: Documents, in the order of the decisions.
        ranks: Columns that say which of two equally long ones is judged first, ids last, so that
            it does not matter how documents are named on their way.
        policy: What the longer one must say, and which of both goes.
        min_chars: Length below which documents are no candidates, in characters.
        is_last: Whether the documents that share passages were read.
    """
    rows = members.rows
    is_settled = rows["standing"] == OLD
    order = np.lexsort((*reversed(ranks), -rows["char_count"], ~is_settled))
    places = np.argsort(order)
    values, of_rows = members.fingerprints
    is_wanted = chosen.is_kept[of_rows] | (not is_last)
    values = (values ^ mix(rows["label"][of_rows].astype(np.uint64)))[is_wanted]
    pairs = shared_passages(values, of_rows[is_wanted], places)
    is_open = ~is_settled[pairs.held] & (rows["char_count"][pairs.held] >= min_chars)
    is_open &= rows["text_hash"][pairs.held] != rows["text_hash"][pairs.holders]
    pairs = Pairs(pairs.holders[is_open], pairs.held[is_open])
    if not is_last:
        is_doubtful = chosen.is_doubtful.copy()
        is_doubtful[np.concatenate(pairs)] = True
        return Within(chosen._replace(is_doubtful=is_doubtful), np.zeros(len(rows), np.bool_))
    return _dropped(chosen, members, pairs, places, policy)


def _dropped(
    chosen: Chosen,
    members: Members,
    pairs: Pairs,
    places: NDArray[np.intp],
    policy: Policy,
) -> Within:
    groups = Groups.of(chosen, members.readings, policy.containment)
    if policy.drops_collections:
        drop_collections(groups, members.rows["standing"] == OLD, pairs, places)
    for at in np.lexsort((places[pairs.holders], places[pairs.held])).tolist():
        holder, held = int(pairs.holders[at]), int(pairs.held[at])
        if groups.stays(holder) and groups.may_go(held):
            told = groups.told(held, [holder])
            if told:
                groups.drop(held, holder, told)
    return _with(chosen, groups.survivors, groups.found)


def _with(chosen: Chosen, survivors: NDArray[np.intp], found: dict[int, Contained]) -> Within:
    """Returns decisions in which documents were dropped for others, with what is told of both."""
    is_within = np.zeros(survivors.size, np.bool_)
    columns = {
        name: getattr(chosen, name).copy()
        for name in ("similarities", "met_similarities", "coverages", "own_chars")
    }
    for row, one in found.items():
        is_within[row] = True
        columns["similarities"][row] = columns["met_similarities"][row] = one.similarity
        columns["coverages"][row], columns["own_chars"][row] = one.coverage, one.own_chars
    keys = chosen.documents[survivors]
    told = chosen._replace(
        survivors=keys,
        is_exact=chosen.is_exact & ~is_within,
        met=np.where(is_within, keys, chosen.met),
        **columns,
    )
    return Within(told, is_within)
