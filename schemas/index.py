"""What later runs compare their documents with: one row per document that passed the rules.

Documents that were cleaned away, capped or taken down have a row, too: their copies stay out.
"""

from typing import Final

import pyarrow as pa

from jingyu.schemas.column import column
from jingyu.schemas.provenance import PROVENANCE
from jingyu.schemas.signals import SIGNALS
from jingyu.schemas.staging import SIGNATURE

METADATA: Final = b"jingyu.index"
"""Where a file's metadata hold the parameters of its signatures, as JSON."""

INDEX = pa.schema(
    [
        PROVENANCE.field("document_id"),
        column(
            "survivor_id",
            pa.string(),
            "Document of this corpus that the document duplicates; its own id if it was kept.",
        ),
        SIGNATURE.field("url_key"),
        SIGNATURE.field("text_hash"),
        SIGNALS.field("char_count"),
        column(
            "signature",
            pa.binary(),
            "MinHash signature: of each hash of that in staging the lower 16 bits, little-endian; "
            "none of a duplicate.",
            nullable=True,
        ),
        column(
            "fingerprints",
            pa.binary(),
            "Hashes of passages, half of those in staging; none of a duplicate.",
            nullable=True,
        ),
        column(
            "ngrams",
            pa.binary(),
            "Set of hashes of the text's character n-grams, as `pipeline/steps/deduplicate/"
            "grams.py` packs it: what tells whether the document says what another says. None of "
            "a duplicate, or where `output.index` is not `ngrams`.",
            nullable=True,
        ),
    ]
)
