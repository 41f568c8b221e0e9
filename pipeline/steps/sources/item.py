"""What an item's documents suffer for the verdicts on their sites."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jingyu.filters.decisions import Decisions
from jingyu.filters.source.settings import Verdicts
from jingyu.pipeline.steps.sources.figures import hashes_of
from jingyu.pipeline.steps.sources.judged import against_of
from jingyu.schemas.decisions import REJECTED, Decision
from jingyu.schemas.sites import VERDICTS


def places_of(sites: pa.ChunkedArray, told: NDArray[np.void]) -> NDArray[np.int64]:
    """Returns, for each document, the place of its site among what was told, or -1 for none."""
    encoded = sites.combine_chunks().dictionary_encode()
    hashes = hashes_of([name or "" for name in encoded.dictionary.to_pylist()])
    order = np.argsort(told["site"])
    found = np.searchsorted(told["site"], hashes, sorter=order)
    found = order[np.minimum(found, len(order) - 1)]
    found = np.where(told["site"][found] == hashes, found, -1)
    numbers = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return np.where(numbers >= 0, found[numbers], -1) if len(found) else numbers


def drop_sites(
    decisions: Decisions, places: NDArray[np.int64], told: NDArray[np.void], settings: Verdicts
) -> None:
    """Ends the way of the documents of sites that leave whole.

    Args:
        decisions: What is added to.
        places: What `places_of` returned.
        told: Verdicts on sites.
        settings: Which of them leave.
    """
    for verdict in settings.drop:
        of_site = told["verdict"] == VERDICTS.index(verdict)
        rows = np.flatnonzero((places >= 0) & of_site[places])
        decision, measured = _decision(verdict, settings), told["bad_ratio"][places[rows]]
        if verdict == "bad":
            decisions.end(rows, decision, measured=measured)
        else:
            evidence = [", ".join(against_of(mask)) or None for mask in _masks(told, places[rows])]
            decisions.end(rows, decision, evidence=evidence)


def _masks(told: NDArray[np.void], places: NDArray[np.int64]) -> Sequence[int]:
    masks: list[int] = told["mask"][places].tolist()
    return masks


def _decision(verdict: str, settings: Verdicts) -> Decision:
    limit = settings.max_bad_ratio if verdict == "bad" else None
    return Decision(REJECTED, "sources", f"{verdict}_source", None, limit)
