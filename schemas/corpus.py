"""One row per document of the corpus."""

import pyarrow as pa

from schemas.column import column
from schemas.provenance import PROVENANCE
from schemas.signals import SIGNALS
from schemas.staging import TEXT

CLUSTER = pa.schema(
    [
        column(
            "duplicate_count",
            pa.int64(),
            "Documents of the run that were dropped as duplicates of this one.",
            unit="documents",
        ),
    ]
)

CORPUS = pa.schema(
    [
        PROVENANCE.field("document_id"),
        *TEXT,
        *(field for field in PROVENANCE if field.name != "document_id"),
        *SIGNALS,
        *CLUSTER,
    ]
)
