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
            "passage_count",
            pa.int32(),
            "Passages of the text, cut or not, that stand in at least `passages.min_documents` "
            "documents.",
            unit="passages",
        ),
        column(
            "passage_char_count", pa.int32(), "Characters of these passages.", unit="code points"
        ),
        column(
            "passage_documents",
            pa.int32(),
            "Documents that have the most frequent of them.",
            unit="documents",
        ),
        column(
            "cut_passage_count",
            pa.int32(),
            "Passages among them that left the text because other documents keep them.",
            unit="passages",
        ),
        column(
            "passages_kept_in",
            list_of(pa.string()),
            "Documents in which copies of these stay: the first 16 digits of each id.",
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
