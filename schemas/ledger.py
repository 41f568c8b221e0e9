"""One row per page-bearing input record: what became of it, and why."""

from typing import Final

import pyarrow as pa

from jingyu.schemas.column import column
from jingyu.schemas.decisions import DECISION
from jingyu.schemas.provenance import PROVENANCE

LENGTH: Final = column(
    "char_count",
    pa.int64(),
    "Length of the text without line ends, as it was before cleaning took lines out of it; none "
    "where no text was extracted.",
    unit="code points",
    nullable=True,
)

LEDGER = pa.schema([*PROVENANCE, LENGTH, *DECISION])
