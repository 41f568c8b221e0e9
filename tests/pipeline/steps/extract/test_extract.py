import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow.parquet as pq

from jingyu.filters.rule import Rule
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.page.sandbox import Sandbox
from jingyu.pipeline.steps.extract.extract import Report, extract_item
from jingyu.pipeline.store.items import find_inputs, work_items
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.parquet import ROWS_IN_GROUP
from jingyu.pipeline.store.staging import ExtractSummary, Staged
from jingyu.schemas.gate import GATE
from jingyu.schemas.staging import ENDED
from tests.support.gate import measure_bytes

CONFIG = RunConfig(rules=(Rule(signal="char_count", min=1, reason="too_short"),))
EXAMINED, REFUSED = "每一页都被读到，也都有去处。" * 10, "too little Chinese"


def nobody(*_: int) -> None:
    """Is told, and does nothing."""


def extracted(
    folder: Path, rows: Sequence[Mapping[str, str]], config: RunConfig, report: Report = nobody
) -> tuple[ExtractSummary, Staged]:
    """Returns what is staged of rows whose pages are examined by somebody who obeys them."""
    path = folder / "pages.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    inputs, _ = find_inputs([str(path)], config.inputs.columns)
    staged = Layout(str(folder), "e").staged("key")
    with Sandbox(config, "tests.support.hostile:obey") as sandbox:
        (item,) = work_items(inputs)
        return extract_item(item, config, staged, sandbox, report), staged


def test_rows_stand_in_the_order_of_records_whether_examined_or_not(tmp_path: Path) -> None:
    many = [REFUSED] * (ROWS_IN_GROUP + 1)  # more than wait for an examined page
    texts = [REFUSED, EXAMINED, *many, EXAMINED, EXAMINED, REFUSED]
    told: list[int] = []

    summary, staged = extracted(
        tmp_path, [{"text": text} for text in texts], CONFIG, lambda *at: told.append(at[1])
    )
    rows = pq.read_table(staged.ended)

    assert summary.ended_count == summary.page_count == len(texts)
    assert rows["offset"].to_pylist() == sorted(rows["offset"].to_pylist())
    assert [reason == "obeyed" for reason in rows["reason"].to_pylist()] == [
        text == EXAMINED for text in texts
    ]
    assert told == sorted(told)
    assert len(told) == len(texts)


def test_what_the_gate_measured_is_staged_with_what_was_decided(tmp_path: Path) -> None:
    config = RunConfig.model_validate(CONFIG.model_dump() | {"sources": {"block": ["b.cn"]}})
    pages = [
        {"url": "http://b.cn/", "text": EXAMINED},
        {"url": "http://a.cn/", "text": REFUSED},
        {"url": "http://a.cn/", "text": EXAMINED},
    ]

    _, staged = extracted(tmp_path, pages, config)
    rows = pq.read_table(staged.ended)

    assert rows.schema.equals(ENDED)
    assert rows["reason"].to_pylist() == ["blocked_source", "too_few_han", "obeyed"]
    assert [tuple(row.values()) for row in rows.select(GATE.names).to_pylist()] == [
        (None,) * len(GATE),
        measure_bytes(REFUSED.encode()),
        measure_bytes(EXAMINED.encode()),
    ]
