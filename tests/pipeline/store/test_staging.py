"""What extract leaves of each work item."""

from pathlib import Path

import pyarrow.parquet as pq

from jingyu.pipeline.store.row_writer import row_writer
from jingyu.pipeline.store.staging import ExtractSummary, Staged
from jingyu.schemas.provenance import PROVENANCE
from jingyu.schemas.staging import ENDED, STAGING
from tests.support.staged import staged_row


def test_an_item_is_complete_once_its_summary_is_written(tmp_path: Path) -> None:
    staged = Staged(str(tmp_path), "a-w")
    with row_writer(staged.documents, STAGING) as documents, row_writer(staged.ended, ENDED):
        documents.append(staged_row("a", 0))
    assert Staged.complete_in(str(tmp_path)) == frozenset()

    summary = ExtractSummary({"row": 1}, 1, 1)
    staged.write_summary(summary)

    assert Staged.complete_in(str(tmp_path)) == {"a-w"}
    assert staged.read_summary() == summary
    assert staged.table(["document_id"]).num_rows == 1
    assert set(PROVENANCE.names) <= set(pq.read_schema(staged.ended).names)
