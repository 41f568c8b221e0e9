"""What was decided on a record: by which stage, for what reason, on which value."""

from typing import Final, NamedTuple

import pyarrow as pa

from jingyu.schemas.column import column

KEPT: Final = "kept"
REJECTED: Final = "rejected"
DUPLICATE: Final = "duplicate"
FAILED: Final = "failed"
OUTCOMES: Final = (KEPT, REJECTED, DUPLICATE, FAILED)


class Decision(NamedTuple):
    """Why one record's way ends: the columns of `DECISION` that tell of no other document."""

    outcome: str
    stage: str
    reason: str | None
    measured: float | None = None
    limit: float | None = None
    evidence: str | None = None


DECISION = pa.schema(
    [
        column("outcome", pa.string(), "`kept`, `rejected`, `duplicate` or `failed`."),
        column("stage", pa.string(), "Stage that decided."),
        column(
            "reason", pa.string(), "What is wrong with the document; none if kept.", nullable=True
        ),
        column(
            "measured",
            pa.float64(),
            "Value that decided.",
            unit="that of the reason",
            nullable=True,
        ),
        column(
            "limit", pa.float64(), "Limit that it passed.", unit="that of the reason", nullable=True
        ),
        column(
            "evidence",
            pa.string(),
            "What the decision rests on where a number does not say it: questions of evaluation "
            "sets, documents in which copies of cut passages stay, the entry of a takedown list, "
            "or the tier or verdict whose limit counted.",
            nullable=True,
        ),
        column(
            "duplicate_of",
            pa.string(),
            "Document that this one duplicates; of a revisit, the record that it refers to.",
            nullable=True,
        ),
        column(
            "duplicate_corpus",
            pa.string(),
            "Earlier corpus that holds that document; none if it is of this run.",
            nullable=True,
        ),
        column(
            "resembles",
            pa.string(),
            "Kept document that a kept one resembles and does not duplicate, since it says what "
            "that one does not; of several the most similar that was judged before it.",
            nullable=True,
        ),
        column(
            "similarity",
            pa.float64(),
            "Jaccard similarity of the character n-grams of the two, this document and the one "
            "that it duplicates or resembles; estimated where the texts were not read, none where "
            "only the address of the other is known.",
            unit="ratio",
            nullable=True,
        ),
        column(
            "coverage",
            pa.float64(),
            "Share of this document's characters that lie in n-grams of the other; none where the "
            "texts were not read, or are the same.",
            unit="ratio",
            nullable=True,
        ),
        column(
            "own_chars",
            pa.float64(),
            "Characters, of the normal form, that lie in none of them: what is lost, or would be, "
            "without this document.",
            unit="characters",
            nullable=True,
        ),
    ]
)
"""The last columns of a ledger row; extract stages them for records whose way ends there."""

_MISSING_IN_NOTES = {"outcome", "stage"}

DECISIONS = pa.schema(
    [
        column("row", pa.int64(), "Row of the staged table that it is about.", unit="rows"),
        *(
            field.with_nullable(nullable=True) if field.name in _MISSING_IN_NOTES else field
            for field in DECISION
        ),
        column(
            "duplicate_count",
            pa.int64(),
            "Documents that were dropped as duplicates of this one.",
            unit="documents",
        ),
        column(
            "duplicate_domain_count",
            pa.int64(),
            "Registered domains, beside its own, in which exact or near duplicates of this "
            "document stand that were dropped: in how many others its text was reprinted. A "
            "`contained_duplicate`, which is a part of it, counts for none, nor one without "
            "domain.",
            unit="domains",
        ),
    ]
)
"""What each step after extract writes for an item: one row per staged record that it ends.

A row without an outcome is a note on a record that goes on: its numbers of duplicates, what it
resembles, or evidence.
"""
