"""What leaves the text of a document that stays."""

import pyarrow as pa

from jingyu.schemas.column import column, list_of

CHANGES = pa.schema(
    [
        column("row", pa.int64(), "Row of the staged document.", unit="rows"),
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
            "questions",
            list_of(pa.string()),
            "Questions of evaluation sets that the text holds, or held before they were cut.",
        ),
        column(
            "ranges",
            list_of(pa.int32()),
            "Where each stretch that leaves the text starts and ends: code points, in order.",
        ),
    ]
)
"""One row per document of an item that cleaning changes or finds questions in."""
