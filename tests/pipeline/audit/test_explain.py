import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.audit.explain import explain_pages, explain_rows
from jingyu.pipeline.audit.explain_text import render
from jingyu.pipeline.config.config import RunConfig
from jingyu.schemas.ledger import LEDGER
from tests.support.archives import gzip_members, pages, record

RULES = [
    {"signal": "han_count", "min": 1, "reason": "too_short"},
    {"signal": "quality", "min": 1, "reason": "low_quality"},
    {"signal": "digit_ratio", "max": 0, "reason": "too_many_digits"},
]
PROSE = (
    "山里的天气说变就变，早上 8 点还是晴空万里，中午就下起了大雨，我们只好等雨停下来再走。\n" * 3
)


def ledger(out: Path, *rows: dict[str, Any]) -> str:
    (out / "ledger").mkdir()
    kept = {"source_file": "a", "offset": 0, "ordinal": 0, "record_type": "row"}
    kept |= {"outcome": "kept", "stage": "write"}
    table = pa.Table.from_pylist([kept | row for row in rows], LEDGER)
    pq.write_table(table, out / "ledger" / "part-00000.parquet")
    manifest: dict[str, Any] = {"config": {}, "fingerprints": {}, "inputs": []}
    manifest["parts"] = [{"path": "ledger/part-00000.parquet"}]
    (out / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (out / "stats.json").write_text('{"reasons": {}}', encoding="utf-8")
    return str(out)


def test_every_rule_that_a_page_breaks_is_shown_and_the_first_decides(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PROSE, encoding="utf-8")
    config = RunConfig.model_validate({"rules": RULES})

    (found,) = explain_pages(config, [str(page)])

    assert [rule["reason"] for rule in found["broken_rules"]] == ["low_quality", "too_many_digits"]
    assert (found["outcome"], found["stage"]) == ("rejected", "select")
    assert (found["reason"], found["limit"]) == ("low_quality", 1.0)
    assert "\nbroken rule: too_many_digits (digit_ratio 0.0" in render(found)


def test_a_page_alone_has_to_pass_the_limit_of_a_site_that_nobody_judged(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PROSE, encoding="utf-8")
    limits = {"trusted": 1, "unknown": 2000}
    config = RunConfig.model_validate(
        {"rules": [{"signal": "han_count", "min": limits, "reason": "too_short"}]}
    )

    (found,) = explain_pages(config, [str(page)])

    assert (found["reason"], found["limit"]) == ("too_short", 2000)
    assert found["broken_rules"][0]["limit"] == 2000


def test_a_page_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: Is a directory"):
        list(explain_pages(RunConfig.model_validate({"rules": RULES}), [str(tmp_path)]))


def test_of_a_crawl_file_each_page_is_explained_and_no_other_record(tmp_path: Path) -> None:
    crawl = tmp_path / "a.warc.gz"
    crawl.write_bytes(gzip_members([*pages(2), record(b"x", record_type="request")]))
    config = RunConfig.model_validate({"rules": RULES})

    first, second = explain_pages(config, [str(crawl)])
    (one,) = explain_pages(config, [str(crawl)], second["url"])

    assert first["file"] == f"{crawl}, offset 0"
    assert first["url"] != second["url"]
    assert one == second


def test_rows_of_a_table_are_explained_by_number(tmp_path: Path) -> None:
    rows = tmp_path / "a.csv"
    rows.write_text(f'url,text\nhttp://a.cn/,"{PROSE}"\n,\n', encoding="utf-8")
    config = RunConfig.model_validate({"rules": RULES})

    first, second = explain_pages(config, [str(rows)])

    assert (first["file"], first["reason"]) == (f"{rows}, row 0", "low_quality")
    assert (second["file"], second["reason"]) == (f"{rows}, row 1", "empty_payload")


def test_a_table_that_cannot_be_read_is_no_page(tmp_path: Path) -> None:
    rows = tmp_path / "rows"
    rows.write_bytes('{"text": "你好，世界"}\n'.encode("gb18030"))

    with pytest.raises(InputError, match="is not UTF-8"):
        list(explain_pages(RunConfig.model_validate({"rules": RULES}), [str(rows)]))


def test_all_captures_of_an_address_are_shown_and_times_are_text(tmp_path: Path) -> None:
    address = {"url": "http://a.cn/"}
    captured = {"captured_at": datetime(2024, 5, 1, tzinfo=UTC)}
    out = ledger(
        tmp_path,
        {"document_id": "x", **address},
        {"document_id": "y", **address, **captured},
        {"document_id": "z", "url": "http://b.cn/"},
    )

    found = list(explain_rows(out, ["http://a.cn/"]))

    assert [row["document_id"] for row in found] == ["x", "y"]
    assert [row["captured_at"] for row in found] == [None, "2024-05-01 00:00:00+00:00"]


def test_an_address_with_personal_data_finds_the_page_that_has_it_masked(tmp_path: Path) -> None:
    address = "http://a.cn/?tel=13800138000"
    masked = "http://a.cn/?tel=_MOBILE_"
    out = ledger(tmp_path, {"document_id": "x", "url": masked})

    assert [row["url"] for row in explain_rows(out, [address, masked])] == [masked, masked]


@pytest.mark.parametrize(("drop", "left_out"), [(["bad"], ["a.cn"]), ([], []), (["doubtful"], [])])
def test_a_site_that_left_whole_is_told_however_many_sites_did(
    drop: list[str], left_out: list[str], tmp_path: Path
) -> None:
    out = ledger(tmp_path, {"document_id": "1", "url": "http://a.cn/", "host": "a.cn"})
    judged = {"site": "a.cn", "pages": 20, "bad_pages": 15, "verdict": "bad", "against": []}
    (tmp_path / "sites").mkdir()
    pq.write_table(
        pa.Table.from_pylist([judged, judged | {"site": "b.cn"}]), f"{out}/sites/a.parquet"
    )
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    manifest["parts"].append({"path": "sites/a.parquet"})
    manifest["config"] = {"verdicts": {"drop": drop}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))

    (found,) = explain_rows(out, ["a.cn"])

    assert [each["site"] for each in found["left_out_whole"]] == left_out
    assert "left out whole: a.cn, 15 of 20 pages bad" in render(found) or not left_out


def test_where_no_site_was_judged_none_left_whole(tmp_path: Path) -> None:
    out = ledger(tmp_path, {"document_id": "1", "url": "http://a.cn/", "host": "a.cn"})
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    manifest["config"] = {"verdicts": {"drop": ["bad"]}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))

    (found,) = explain_rows(out, ["a.cn"])

    assert found["left_out_whole"] == []


def test_what_is_long_is_cut_and_what_is_missing_left_out() -> None:
    told = render({"text": "字" * 1000, "title": None, "language_score": 0.123456, "signals": {}})

    assert told == f"text: {'字' * 300}… (1,000 characters)\nlanguage_score: 0.1235\nsignals:\n"
