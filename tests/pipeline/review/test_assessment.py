"""What a trial crawl says of each source: pass or fail, and a sample."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.cli import main
from jingyu.pipeline.review.assessment import SAMPLE, assessment, result_of
from jingyu.schemas.ledger import LEDGER
from tests.pipeline.review.test_sites import site, table

SETTINGS = {"bad_reasons": ["gambling"], "max_bad_ratio": 0.05, "min_pages": 20, "confidence": 0.95}


@pytest.mark.parametrize(
    ("pages", "bad", "result"),
    [
        (19, 0, "too_few"),
        (19, 19, "too_few"),
        (20, 0, "pass"),
        (20, 1, "pass"),
        (20, 2, "fail"),
        (100, 5, "pass"),
        (100, 6, "fail"),
    ],
)
def test_a_source_fails_that_has_more_bad_pages_than_the_limit(
    pages: int, bad: int, result: str
) -> None:
    assert result_of({"pages": pages, "bad_pages": bad}, SETTINGS) == result


def output(folder: Path, settings: dict[str, Any], pages: int = 30) -> str:
    """Writes what is left of a run on two sites."""
    parts = ["ledger/part-00000.parquet", "sites/part-00000.parquet"]
    for part in parts:
        (folder / part).parent.mkdir(parents=True)
    row = {"source_file": "a", "offset": 0, "ordinal": 0, "record_type": "row"}
    row |= {"outcome": "rejected", "stage": "select", "reason": "gambling", "damage": []}
    ledger = [row | {"document_id": f"{n:02}", "site": "b.cn"} for n in reversed(range(pages))]
    ledger += [row | {"document_id": "99", "site": None}]
    pq.write_table(pa.Table.from_pylist(ledger, LEDGER), folder / parts[0])
    sites = table(site("b.cn", "bad", bad_pages=9, pages=30), site("a.cn", "fine"))
    pq.write_table(sites, folder / parts[1])
    manifest = {"config": {"verdicts": settings}, "parts": [{"path": part} for part in parts]}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return str(folder)


def test_each_source_has_its_figures_and_a_sample_of_its_pages(tmp_path: Path) -> None:
    found = assessment(output(tmp_path, SETTINGS))

    told = [(row["site"], row["result"], row["bad_ratio"]) for row in found["sources"]]
    assert told == [("a.cn", "too_few", 0.0), ("b.cn", "fail", 0.3)]
    sample = found["sources"][1]["sample"]
    assert [row["document_id"] for row in sample] == [f"{n:02}" for n in range(SAMPLE)]
    assert sample[0]["reason"] == "gambling"
    assert (found["max_bad_ratio"], found["bad_reasons"]) == (0.05, ["gambling"])


def test_the_command_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = output(tmp_path / "out", SETTINGS)

    main(["sources", out, "--assess", str(tmp_path / "a.json")])

    assert "2 sources: 0 pass, 1 fail, 1 too_few" in capsys.readouterr().out
    assert json.loads((tmp_path / "a.json").read_bytes())["clause"].startswith("GB/T 45654")


def test_without_bad_reasons_nothing_is_assessed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="calls no page a bad one"):
        assessment(output(tmp_path, SETTINGS | {"bad_reasons": []}))
    with pytest.raises(InputError, match="holds no finished run"):
        assessment(str(tmp_path / "nowhere"))
