"""Documents that stay, with what was dropped for each, and collections that go for their parts."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.steps.deduplicate.containment import Contained
from jingyu.pipeline.steps.deduplicate.readings import Readings
from jingyu.pipeline.steps.deduplicate.resemblance import Containment
from jingyu.pipeline.steps.deduplicate.survivors import Chosen

_LEAST_PARTS: Final = 2
"""Parts of a collection that go before it: one text within another is the shorter version of it."""

Told = dict[int, Contained]
"""What is told of rows, by row."""


class Pairs(NamedTuple):
    """Documents and longer ones that share passages with them, by rows."""

    holders: NDArray[np.intp]
    held: NDArray[np.intp]


class Policy(NamedTuple):
    """What becomes of documents of which one holds another.

    Attributes:
        containment: What the one that stays must say.
        drops_collections: Whether a document goes of which others together say all.
    """

    containment: Containment
    drops_collections: bool = False


@dataclass
class Groups:
    """Which rows stay, and what was dropped for each.

    Attributes:
        is_exact: Rows that were dropped for a text that is the same.
        readings: What was read of the rows.
        containment: What a row must say for which another is dropped.
        survivors: Row that each was dropped for, itself if it stays.
        members: Rows of each that stays: itself, and what was dropped for it.
        found: What is told of rows that were dropped here.
        pinned: Rows that stay, since others were dropped for them together.
    """

    is_exact: NDArray[np.bool_]
    readings: Readings
    containment: Containment
    survivors: NDArray[np.intp]
    members: dict[int, list[int]]
    found: Told = field(default_factory=dict)
    pinned: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, chosen: Chosen, readings: Readings, containment: Containment) -> Self:
        """Returns the groups of documents that were decided on."""
        survivors = np.searchsorted(chosen.documents, chosen.survivors)
        members = defaultdict[int, list[int]](list)
        for row, survivor in enumerate(survivors.tolist()):
            members[survivor].append(row)
        return cls(chosen.is_exact, readings, containment, survivors, members)

    def stays(self, row: int) -> bool:
        """Returns whether a row stays, as far as is known, and was read."""
        return bool(self.survivors[row] == row and self.readings.is_known[row])

    def may_go(self, row: int) -> bool:
        """Returns whether a row that stays may be dropped with what was dropped for it."""
        return row not in self.pinned and self.stays(row)

    def told(self, held: int, holders: Sequence[int]) -> Told:
        """Returns how others together say what a row and all dropped for it say; none if not."""
        found: Told = {}
        limits = self.containment
        for row in self.members[held]:
            is_own = self.readings.is_known[row] and not self.is_exact[row]
            source = row if is_own else held
            one = self.readings.within(holders, source, limits.ngram)
            if not one.is_within(limits.min_coverage, limits.max_own_chars):
                return {}
            found[row] = one
        return found

    def drop(self, row: int, survivor: int, told: Told) -> None:
        """Drops a row, with all that was dropped for it, for one that stays."""
        self.survivors[self.members[row]] = survivor
        self.members[survivor] += self.members.pop(row)
        self.found |= told


def drop_collections(
    groups: Groups, is_settled: NDArray[np.bool_], pairs: Pairs, places: NDArray[np.intp]
) -> None:
    """Drops documents of which others, that stand as a whole in them, together say all.

    They are tried from the longest to the shortest. Each names the first of its parts in the order
    of judging, which is the longest of them, and its parts stay, whatever else holds them. If they
    do not say all, nothing changes: then the parts may be dropped for the collection.

    Args:
        groups: Which documents stay; it is changed.
        is_settled: Documents that stay, or are of an earlier corpus.
        pairs: Documents and longer ones that share passages with them.
        places: Place of each row in the order of judging.
    """
    parts = defaultdict[int, list[int]](list)
    for at in np.lexsort((places[pairs.held], places[pairs.holders])).tolist():
        parts[int(pairs.holders[at])].append(int(pairs.held[at]))
    for collection, held in parts.items():
        if is_settled[collection] or not groups.may_go(collection):
            continue
        within = [part for part in held if groups.stays(part) and groups.told(part, [collection])]
        told = groups.told(collection, within) if len(within) >= _LEAST_PARTS else {}
        if told:
            groups.drop(collection, within[0], told)
            groups.pinned.update(within)
