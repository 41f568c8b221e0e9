"""Of texts that say the same, the one stays that the policy prefers."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.steps.deduplicate.resemblance import Resemblance
from jingyu.pipeline.steps.deduplicate.rivals import DROPPED, KEPT, Judged

_TRIES: Final = 4
"""Documents that are tried in the place of one, so that a large group costs so many comparisons a
document and not the square of their number."""


def prefer(
    judged: Judged,
    places: NDArray[np.intp],
    is_settled: NDArray[np.bool_],
    resemblance: Resemblance,
) -> None:
    """Puts the preferred of each group in the place of the kept one, if it says what all say.

    Rows were judged from the longest to the shortest, so that nothing was dropped for a text that
    says less. Of the few that the policy puts before the kept one, the first that the kept one and
    all that were dropped for it duplicate stays instead.

    Args:
        judged: What became of rows; it is changed.
        places: Place of each row in the order of the policy.
        is_settled: Rows that stay, whatever is preferred.
        resemblance: Tells which row duplicates which.
    """
    for kept, dropped in _groups(judged):
        if is_settled[kept]:
            continue
        group = sorted([kept, *dropped], key=lambda row: int(places[row]))
        for one in group[: min(_TRIES, group.index(kept))]:
            found = _duplicates(one, group, resemblance)
            if found:
                judged.states[one] = KEPT
                for row, similarity in found.items():
                    judged.states[row] = DROPPED
                    judged.winners[row], judged.similarities[row] = one, similarity
                break


def _groups(judged: Judged) -> Iterator[tuple[int, list[int]]]:
    """Yields kept rows with those that were dropped for them."""
    dropped = np.flatnonzero(judged.states == DROPPED)
    dropped = dropped[np.argsort(judged.winners[dropped], kind="stable")]
    kept, starts = np.unique(judged.winners[dropped], return_index=True)
    for one, rows in zip(kept.tolist(), np.split(dropped, starts[1:]), strict=False):
        yield one, rows.tolist()


def _duplicates(one: int, group: list[int], resemblance: Resemblance) -> dict[int, float]:
    """Returns the similarities of the others to one, or none if not all duplicate it."""
    found: dict[int, float] = {}
    for row in group:
        if row != one:
            similarity = resemblance.duplicated(one, row)
            if not similarity:
                return {}
            found[row] = similarity
    return found


def met(judged: Judged, resemblance: Resemblance) -> dict[int, int]:
    """Returns for rows that stay the most similar kept one that they met, if one is similar."""
    found: dict[int, tuple[float, int]] = {}
    for (kept, row), contained in resemblance.pairs():
        if judged.states[kept] == DROPPED or judged.states[row] == DROPPED:
            continue
        found[row] = max(found.get(row, (0.0, -kept)), (contained.similarity, -kept))
    return {row: -kept for row, (_, kept) in found.items()}
