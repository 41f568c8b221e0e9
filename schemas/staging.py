"""What extract stages: documents, and records whose way ended."""

import pyarrow as pa

from jingyu.schemas.column import column
from jingyu.schemas.decisions import DECISION
from jingyu.schemas.gate import GATE
from jingyu.schemas.lexicon import LEXICON
from jingyu.schemas.origin import ORIGIN
from jingyu.schemas.provenance import PROVENANCE
from jingyu.schemas.rights import RIGHTS
from jingyu.schemas.signals import SIGNALS
from jingyu.schemas.site import SITE

TEXT = pa.schema(
    [
        column("text", pa.string(), "Main text; paragraphs are lines. Personal data is masked."),
        column("title", pa.string(), "Title that the page states, masked.", nullable=True),
        column("author", pa.string(), "Author that the page states, masked.", nullable=True),
        column("published_at", pa.date32(), "Day of publication that it states.", nullable=True),
        column(
            "extractor",
            pa.string(),
            "Engine whose text it is; another than the configured one where a second opinion "
            "was taken, none where the record was text already.",
            nullable=True,
        ),
        column("charset", pa.string(), "Encoding that the page was read in.", nullable=True),
        column(
            "charset_source",
            pa.string(),
            "How the encoding was found: `bom`, `http`, `meta`, `utf-8` (valid but for damage), "
            "`bytes` (zeros of UTF-16, escapes of HZ), `detector`, `repaired` (UTF-8 that was "
            "encoded twice), or `given` (the record was text already).",
            nullable=True,
        ),
        column(
            "language",
            pa.string(),
            "Language, as ISO 639 code: `zh`, or a neighbour such as `yue`.",
        ),
        column(
            "language_score", pa.float64(), "fastText's probability of that language.", unit="ratio"
        ),
        column(
            "script",
            pa.string(),
            "`simplified`, `traditional`, `mixed`, or `undetermined` where nothing tells.",
        ),
        column(
            "traditional_ratio",
            pa.float64(),
            "Traditional share of the characters that differ between the scripts.",
            unit="ratio",
        ),
    ]
)

SIGNATURE = pa.schema(
    [
        column(
            "url_key",
            pa.uint64(),
            "Hash of the canonical form of the address, 0 where there is none.",
            unit="hash",
        ),
        column("text_hash", pa.uint64(), "Hash of the normal form of the text.", unit="hash"),
        column(
            "form_hash",
            pa.uint64(),
            "Hash of the form of the text: of clauses without words of the title, digits and "
            "Latin; 0 where there are too few.",
            unit="hash",
        ),
        column(
            "signature",
            pa.binary(),
            "MinHash of the text's character n-grams: unsigned 32-bit integers, little-endian.",
        ),
        column(
            "fingerprints",
            pa.binary(),
            "Hashes of passages of the text, about one in fifty, by which documents within "
            "longer ones are found: unsigned 64-bit integers, little-endian.",
        ),
    ]
)

RULED = pa.schema([*SIGNALS, *LEXICON])
"""What rules can look at."""

STAGING = pa.schema(
    [*PROVENANCE, *GATE, *TEXT, *ORIGIN, *SITE, *RIGHTS, *SIGNALS, *LEXICON, *SIGNATURE]
)
"""One row per Chinese page: provenance, text, evidence, signals and signature."""

ENDED = pa.schema([*PROVENANCE, *GATE, *DECISION])
"""One row per page-bearing record whose way ended in extract."""
