"""What later runs compare their documents with: one row per document that passed the rules.

Documents that were cleaned away, capped or taken down have a row, too: their copies stay out.
"""

import pyarrow as pa

from schemas.column import column, list_of
from schemas.provenance import PROVENANCE

INDEX = pa.schema(
    [
        PROVENANCE.field("document_id"),
        column(
            "survivor_id",
            pa.string(),
            "Document of this corpus that the document duplicates; its own id if it was kept.",
        ),
        column(
            "url_key",
            pa.uint64(),
            "Hash of the canonical form of the address, 0 where there is none.",
            unit="hash",
        ),
        column("text_hash", pa.uint64(), "Hash of the normal form of the text.", unit="hash"),
        column("char_count", pa.int64(), "Characters of the text.", unit="characters"),
        column(
            "signature",
            pa.binary(),
            "MinHash signature, as in staging; none of a duplicate.",
            nullable=True,
        ),
        column(
            "shingles",
            list_of(pa.uint32()),
            "Hashes of the text's character n-grams, sorted, at most 4,096: they decide where the "
            "signatures leave a doubt. None of a duplicate, or where `output.index` is not "
            "`shingles`.",
            nullable=True,
        ),
    ]
)
"""The metadata of the file hold the parameters of the signatures."""
