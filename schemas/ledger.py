"""One row per page-bearing input record: what became of it, and why."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from jingyu.schemas.column import column
from jingyu.schemas.provenance import PROVENANCE

OUTCOMES = ("kept", "rejected", "duplicate", "failed")

LEDGER = pa.schema(
    [
        *PROVENANCE,
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
            "What the decision rests on where a number does not say it: items of evaluation sets, "
            "or the entry of a takedown list.",
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
            "similarity",
            pa.float64(),
            "Jaccard similarity of the character n-grams of the two: true where the estimate is "
            "near the limit, else estimated; none where only the address of the other is known.",
            unit="ratio",
            nullable=True,
        ),
    ]
)


def ledger_rows(rows: pa.RecordBatch, **evidence: Sequence[Any] | pa.Array) -> pa.RecordBatch:
    """Returns `LEDGER` rows from what the rows and the evidence hold; the rest is null."""
    columns: Mapping[str, Any] = evidence
    arrays = []
    for field in LEDGER:
        if field.name in columns:
            given = columns[field.name]
            arrays.append(
                given.cast(field.type)
                if isinstance(given, pa.Array)
                else pa.array(given, field.type)
            )
        elif field.name in rows.schema.names:
            arrays.append(rows.column(field.name))
        else:
            arrays.append(pa.nulls(rows.num_rows, field.type))
    return pa.RecordBatch.from_arrays(arrays, schema=LEDGER)
