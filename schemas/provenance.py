"""Where a record comes from."""

import pyarrow as pa

from jingyu.schemas.column import column, list_of

PROVENANCE = pa.schema(
    [
        column(
            "document_id",
            pa.string(),
            "Name of the record in every output: 128 bits of BLAKE2b over source_file, offset and "
            "ordinal, in hexadecimal. The same file gives the same identifiers in every run.",
        ),
        column(
            "source_file",
            pa.string(),
            "Input file, named relative to the input it was found under.",
        ),
        column(
            "offset",
            pa.int64(),
            "Where the record starts in the file as stored (WARC), in the uncompressed lines "
            "(JSONL), or its row (Parquet).",
            unit="bytes or rows",
        ),
        column(
            "ordinal",
            pa.int32(),
            "Place among the records that start at the same offset; 0 but where one gzip member or "
            "zstd frame holds several records.",
            unit="records",
        ),
        column(
            "length",
            pa.int64(),
            "Extent of the record in the file as stored, headers included; none where one gzip "
            "member holds several records.",
            unit="bytes or rows",
            nullable=True,
        ),
        column(
            "record_type",
            pa.string(),
            "WARC-Type (`response`, `resource`, `conversion`, `revisit`), or `row`.",
        ),
        column("record_id", pa.string(), "WARC-Record-ID, as the crawl states it.", nullable=True),
        column("url", pa.string(), "Address of the page, personal data masked.", nullable=True),
        column("host", pa.string(), "Host name of the address, in lower case.", nullable=True),
        column(
            "registered_domain",
            pa.string(),
            "The part of the host that its owner registered, by the Public Suffix List.",
            nullable=True,
        ),
        column(
            "site",
            pa.string(),
            "What one owner fills: the host, or below a platform the owner's part of it "
            "(`alice.github.io`, `github.com/alice/`); none where the address does not tell it.",
            nullable=True,
        ),
        column(
            "captured_at",
            pa.timestamp("ms", tz="UTC"),
            "When the page was captured.",
            nullable=True,
        ),
        column(
            "http_status", pa.int32(), "Status of the HTTP response.", unit="code", nullable=True
        ),
        column(
            "content_type", pa.string(), "Media type of the payload, in lower case.", nullable=True
        ),
        column(
            "payload_bytes",
            pa.int64(),
            "Size of the page, encodings undone.",
            unit="bytes",
            nullable=True,
        ),
        column(
            "damage",
            list_of(pa.string()),
            "What is known to be lost of the record or the page, or to be other than it says, "
            "sorted, also of a kept one: see `DAMAGE`.",
        ),
    ]
)

DAMAGE = {
    "truncated_record": "The record ends before its Content-Length says.",
    "truncated_member": "The gzip member or zstd frame is cut or broken.",
    "checksum_mismatch": "The gzip member's checksum is another's.",
    "wrong_content_length": "The record's Content-Length is not its length.",
    "missing_content_length": "The record states no length.",
    "truncated_fetch": "The crawler stopped reading (WARC-Truncated).",
    "segmented": "The record is one segment of several (WARC-Segment-Number).",
    "content_encoding_error": "The HTTP content encoding is cut or broken.",
    "undeclared_encoding": "The body was compressed, which no header said.",
    "replaced_characters": "Characters are lost: the signal `replacement_ratio` says how many.",
    "encoded_twice": "The page was UTF-8 that was encoded once more; it was undone.",
}
"""What the column `damage` can name."""

DAMAGE_OF_DECODING = frozenset({"replaced_characters", "encoded_twice"})
"""What of it decoding shows; a record whose way ends before it was decoded does not list it."""
