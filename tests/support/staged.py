"""Staged items without texts of their own, for tests of the steps after extract."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from jingyu.filters.rule import Rule
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.steps.clean.verdicts import write_cleaned
from jingyu.pipeline.steps.deduplicate.here import deduplicate_parts
from jingyu.pipeline.steps.deduplicate.parts.parts import parts_for
from jingyu.pipeline.steps.extract.extract import document_id
from jingyu.pipeline.steps.select.select import select_item
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.staging import ExtractSummary, row_writer
from jingyu.schemas.ledger import LEDGER
from jingyu.schemas.signals import SIGNALS
from jingyu.schemas.staging import STAGING

HASHES = 112
"""14 bands of 8 rows: the default of `deduplication`."""


def empty_of(dtype: pa.DataType) -> Any:
    """Returns the emptiest value of a type."""
    if pa.types.is_list(dtype):
        return []
    return "" if dtype in {pa.string(), pa.binary()} else pa.scalar(0).cast(dtype).as_py()


def staged_row(source_file: str, number: int, **columns: Any) -> dict[str, Any]:
    """Returns a row of `STAGING`: zeros and empty strings, but for the columns given."""
    row = {field.name: None if field.nullable else empty_of(field.type) for field in STAGING}
    row |= {field.name: 0 for field in SIGNALS}
    row |= {"document_id": document_id(source_file, number, 0), "source_file": source_file}
    row |= {"offset": number, "record_type": "row", "char_count": 100}
    row["signature"] = np.arange(HASHES, dtype="<u4").tobytes()
    return row | columns


def stage(folder: Path, items: Mapping[str, Sequence[Mapping[str, Any]]]) -> Layout:
    """Stages items, selects their documents of a quality above 0, and leaves all texts whole."""
    layout = Layout(str(folder), "e", "s", "d", "c", "w")
    config = RunConfig(rules=(Rule(signal="quality", min=0, reason="low_quality"),))
    for key, documents in items.items():
        staged = layout.staged(key)
        with row_writer(staged.documents, STAGING) as rows, row_writer(staged.ended, LEDGER):
            for number, columns in enumerate(documents):
                rows.append(staged_row(key, number, **columns))
        count = len(documents)
        staged.write_summary(ExtractSummary({"row": count}, count, count))
        select_item(key, layout, config)
        write_cleaned(key, layout, [])
    return layout


def deduplicate_here(keys: Sequence[str], layout: Layout, settings: Deduplication) -> None:
    """Deduplicates staged items among themselves, in this process."""
    deduplicate_parts(parts_for(keys, layout), layout, settings)
