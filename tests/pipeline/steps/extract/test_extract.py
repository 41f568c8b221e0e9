import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from jingyu.filters.rule import Rule
from jingyu.filters.settings.errors import JingyuError
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.page.sandbox import Sandbox
from jingyu.pipeline.steps.extract.extract import Report, Watch, extract_item
from jingyu.pipeline.store.items import find_inputs, work_items
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.parquet import ROWS_IN_GROUP
from jingyu.pipeline.store.staging import ExtractSummary, Staged
from jingyu.schemas.gate import GATE
from jingyu.schemas.staging import ENDED
from tests.crawl import build_crawl
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
    inputs, _ = find_inputs([str(path)], config.inputs)
    staged = Layout(str(folder), "e").staged("key")
    with Sandbox(config, "tests.support.hostile:obey") as sandbox:
        (item,) = work_items(inputs)
        return extract_item(item, config, staged, sandbox, Watch(report)), staged


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


def test_a_page_on_which_our_code_raises_is_one_failed_row_with_the_place(tmp_path: Path) -> None:
    raising, good = "raise", EXAMINED
    config = RunConfig.model_validate(CONFIG.model_dump() | {"gate": {"min_han_count": 0}})

    summary, staged = extracted(tmp_path, [{"text": raising}, {"text": good}], config)
    first, second = pq.read_table(staged.ended).to_pylist()

    assert summary.page_count == summary.ended_count == 2
    assert (first["outcome"], first["reason"]) == ("failed", "internal_error")
    assert first["evidence"].startswith("KeyError at ")
    assert second["reason"] == "obeyed"


def test_what_raises_before_a_page_is_examined_is_one_failed_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(url: str) -> str:
        raise ValueError(f"text of {url}")

    monkeypatch.setattr("jingyu.pipeline.steps.extract.provenance.mask_url", broken)

    summary, staged = extracted(
        tmp_path, [{"text": EXAMINED, "url": "http://a.cn/13800138000"}, {"text": EXAMINED}], CONFIG
    )
    first, second = pq.read_table(staged.ended).to_pylist()

    assert summary.ended_count == 2
    assert (first["stage"], first["reason"], first["url"]) == ("read", "internal_error", None)
    assert "13800138000" not in str(first)
    assert second["reason"] == "obeyed"


def test_a_defect_that_is_met_page_after_page_ends_the_run_early(tmp_path: Path) -> None:
    config = RunConfig.model_validate(CONFIG.model_dump() | {"gate": {"min_han_count": 0}})
    rows = [{"text": "raise"}] * 200
    path = tmp_path / "pages.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    inputs, _ = find_inputs([str(path)], config.inputs)
    (item,) = work_items(inputs)

    staged = Layout(str(tmp_path), "e").staged("key")
    told = r"pages\.jsonl: 100 of 10\d pages failed by a defect"
    with Sandbox(config, "tests.support.hostile:obey") as sandbox:  # noqa: SIM117
        with pytest.raises(JingyuError, match=told):
            extract_item(item, config, staged, sandbox, Watch(nobody, 0.05))


def summary_of(path: Path) -> ExtractSummary:
    """Returns what is told of a file whose pages are examined by somebody who obeys them."""
    inputs, _ = find_inputs([str(path)], CONFIG.inputs)
    (item,) = work_items(inputs)
    staged = Layout(str(path.parent), "e").staged(path.stem)
    with Sandbox(CONFIG, "tests.support.hostile:obey") as sandbox:
        return extract_item(item, CONFIG, staged, sandbox, Watch(nobody))


def test_a_file_that_ends_inside_a_record_is_told(tmp_path: Path) -> None:
    build_crawl(tmp_path / "crawl.warc.gz")
    whole = (tmp_path / "crawl.warc.gz").read_bytes()
    (tmp_path / "cut.warc.gz").write_bytes(whole[:-100])

    assert [summary_of(tmp_path / f"{name}.warc.gz").is_cut for name in ("crawl", "cut")] == [
        False,
        True,
    ]


def test_types_that_a_file_invents_are_counted_as_one(tmp_path: Path) -> None:
    start = "WARC/1.0\r\nWARC-Type: {}\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    types = ["request", "continuation", "x1", "[/red]", "", "row2", "other"]
    (tmp_path / "types.warc").write_text("".join(map(start.format, types)), newline="")

    assert summary_of(tmp_path / "types.warc").records == {
        "": 1,
        "continuation": 1,
        "other": 4,
        "request": 1,
    }


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
