"""What a page's bytes told before it was decoded, so that another limit needs no second look."""

import pyarrow as pa

from jingyu.schemas.column import column

GATE = pa.schema(
    [
        column(
            "most_han_count",
            pa.int64(),
            "The most Han characters that the bytes can hold.",
            unit="code points",
            nullable=True,
        ),
        column(
            "suspected_han_count",
            pa.int64(),
            "Han characters that stand there if the bytes are what they seem to be.",
            unit="code points",
            nullable=True,
        ),
        column(
            "visible_han_count",
            pa.int64(),
            "Han characters in the text, without scripts, styles, comments and tags.",
            unit="code points",
            nullable=True,
        ),
        column(
            "kana_ratio",
            pa.float64(),
            "Kana per Han character in text outside links.",
            unit="kana per Han",
            nullable=True,
        ),
        column(
            "word_ratio",
            pa.float64(),
            "Words of other scripts per Han character in text outside links.",
            unit="words per Han",
            nullable=True,
        ),
    ]
)
"""A count is null where one before it had decided already; all are where no byte was looked at."""
