"""One row per page-bearing input record: what became of it, and why."""

import pyarrow as pa

from jingyu.schemas.decisions import DECISION
from jingyu.schemas.provenance import PROVENANCE

LEDGER = pa.schema([*PROVENANCE, *DECISION])
