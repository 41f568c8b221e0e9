"""One row per document of the corpus."""

import pyarrow as pa

from jingyu.schemas.column import column, list_of
from jingyu.schemas.lexicon import LEXICON
from jingyu.schemas.origin import ORIGIN
from jingyu.schemas.provenance import PROVENANCE
from jingyu.schemas.rights import RIGHTS
from jingyu.schemas.signals import SIGNALS
from jingyu.schemas.staging import SIGNATURE, TEXT

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

CLEANING = pa.schema(
    [
        column(
            "repeated_line_count",
            pa.int32(),
            "Lines that left the text because they stand before in it.",
            unit="lines",
        ),
        column(
            "boilerplate_line_count",
            pa.int32(),
            "Lines that left the text because many pages of the host have them.",
            unit="lines",
        ),
        column(
            "contamination_items",
            list_of(pa.string()),
            "Items of evaluation sets that the text holds, or held before they were cut.",
        ),
    ]
)

CORPUS = pa.schema(
    [
        PROVENANCE.field("document_id"),
        *TEXT,
        *(field for field in PROVENANCE if field.name != "document_id"),
        *ORIGIN,
        *RIGHTS,
        *SIGNALS,
        *LEXICON,
        SIGNATURE.field("text_hash"),
        *CLUSTER,
        *CLEANING,
    ]
)
