"""One row per page-bearing input record: what became of it, and why."""

from typing import Final

import pyarrow as pa

from jingyu.schemas.column import column
from jingyu.schemas.decisions import DECISION
from jingyu.schemas.provenance import PROVENANCE
from jingyu.schemas.rights import RIGHTS

IN_BRIEF: Final = ("ai_train", "ai_train_rule", "robots_txt", "robots_txt_rule")
"""What the ledger tells of a page's rights."""

LENGTH: Final = column(
    "char_count",
    pa.int64(),
    "Length of the text without line ends, as it was before cleaning took lines out of it; none "
    "where no text was extracted.",
    unit="code points",
    nullable=True,
)

_RIGHTS = column(
    "rights",
    pa.struct([RIGHTS.field(name).with_nullable(nullable=True) for name in IN_BRIEF]),
    "What page and site say about the use of the page, in brief; none where the record's way ended "
    "before that was read.",
    nullable=True,
)
LEDGER = pa.schema([*PROVENANCE, LENGTH, *DECISION, _RIGHTS])
"""What was decided on a record: by which stage, for what reason, on which value."""
