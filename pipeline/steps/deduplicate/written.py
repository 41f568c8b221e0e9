"""What was decided on the documents of a part, written as decisions."""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from jingyu.filters.decisions import Decisions
from jingyu.pipeline.steps.deduplicate.decisions import EXACT, NEAR, URL, WITHIN
from jingyu.pipeline.steps.deduplicate.parts.members import rows_of
from jingyu.pipeline.steps.deduplicate.parts.staged_part import StagedPart
from jingyu.pipeline.store.decided import read_decisions, write_decisions
from jingyu.schemas.decisions import DUPLICATE, Decision

REASONS: Final = {
    EXACT: "exact_duplicate",
    NEAR: "near_duplicate",
    URL: "url_duplicate",
    WITHIN: "contained_duplicate",
}


def write_part(
    decided: NDArray[np.void],
    corpus_of: Callable[[int], str | None],
    part: StagedPart,
    min_similarity: float,
) -> None:
    """Writes the decisions on a part's documents.

    Args:
        decided: Rows of `decisions.DECISION`.
        corpus_of: Returns the corpus of a part.
        part: The documents.
        min_similarity: Limit of near duplicates.
    """
    rows = rows_of(decided["document"])
    decisions = Decisions.none(len(read_decisions(part.key, part.layout, "sources")))
    for kind, reason in REASONS.items():
        is_it = decided["kind"] == kind
        here = decided[is_it]
        is_near = kind == NEAR
        decision = Decision(
            DUPLICATE, "deduplicate", reason, None, min_similarity if is_near else None
        )
        decisions.end(
            rows[is_it],
            decision,
            measured=here["similarity"] if is_near else np.full(len(here), np.nan),
            duplicate_of=[survivor.tobytes().hex() for survivor in here["survivor_id"]],
            duplicate_corpus=list(map(corpus_of, here["survivor_part"].tolist())),
            **{name: here[name] for name in ("similarity", "coverage", "own_chars")},
        )
    has_met = decided["has_met"]
    decisions.note(
        rows[has_met],
        resembles=[met.tobytes().hex() for met in decided["met_id"][has_met]],
        **{name: decided[name][has_met] for name in ("similarity", "coverage", "own_chars")},
    )
    for name in ("duplicate_count", "duplicate_domain_count"):
        decisions[name][rows] = decided[name]
    write_decisions("deduplicate", part.key, part.layout, decisions)
