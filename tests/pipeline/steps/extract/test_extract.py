import json
from pathlib import Path

import pyarrow.parquet as pq

from jingyu.filters.rule import Rule
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.page.sandbox import Sandbox
from jingyu.pipeline.steps.extract.extract import extract_item
from jingyu.pipeline.store.items import find_inputs, work_items
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.staging import ROWS_IN_GROUP

CONFIG = RunConfig(rules=(Rule(signal="char_count", min=1, reason="too_short"),))
EXAMINED, REFUSED = "每一页都被读到，也都有去处。" * 10, "too little Chinese"


def test_rows_stand_in_the_order_of_records_whether_examined_or_not(tmp_path: Path) -> None:
    many = [REFUSED] * (ROWS_IN_GROUP + 1)  # more than wait for an examined page
    texts = [REFUSED, EXAMINED, *many, EXAMINED, EXAMINED, REFUSED]
    path = tmp_path / "pages.jsonl"
    path.write_text("\n".join(json.dumps({"text": text}) for text in texts), encoding="utf-8")
    inputs, _ = find_inputs([str(path)], CONFIG.inputs.columns)
    staged = Layout(str(tmp_path), "e").staged("key")
    told: list[int] = []

    with Sandbox(CONFIG, "tests.support.hostile:obey") as sandbox:
        (item,) = work_items(inputs)
        summary = extract_item(item, CONFIG, staged, sandbox, lambda *at: told.append(at[1]))
    rows = pq.read_table(staged.ended)

    assert summary.ended_count == summary.page_count == len(texts)
    assert rows["offset"].to_pylist() == sorted(rows["offset"].to_pylist())
    assert [reason == "obeyed" for reason in rows["reason"].to_pylist()] == [
        text == EXAMINED for text in texts
    ]
    assert told == sorted(told)
    assert len(told) == len(texts)
