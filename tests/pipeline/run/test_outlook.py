"""A dry run says what a run then reads, and leaves no trace."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from jingyu.pipeline.cli import main
from jingyu.pipeline.config.config import load_config
from jingyu.pipeline.run.outlook import probed
from jingyu.pipeline.store.items import find_inputs, work_items
from tests.crawl import build_crawl
from tests.support.paths import DEMO


@pytest.fixture
def crawl(tmp_path: Path) -> str:
    build_crawl(tmp_path / "crawl.warc.gz")
    return str(tmp_path / "crawl.warc.gz")


def test_what_a_run_would_read_is_told_before_and_after_it(
    crawl: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, size = tmp_path / "out", Path(crawl).stat().st_size
    call = ["run", str(DEMO), "--input", crawl, "--output", str(out), "--workers", "1"]

    main([*call, "--dry-run", "--json"])
    first = json.loads(capsys.readouterr().out)
    is_there = out.exists()
    main([*call, "--quiet"])
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    main([*call, "--dry-run"])
    again = capsys.readouterr().out

    assert not is_there
    assert first["inputs"] == {"warc": {"files": 1, "bytes": size}}
    assert (first["pieces_to_read"], first["bytes_to_read"]) == (1, size)
    assert 0 < first["probe"]["pages"] <= 85  # of 244 records
    assert first["expected_seconds"] >= 0
    assert "to read: 0 of 1 pieces, 0 bytes" in again
    assert "no page is read" in again
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before


def test_what_makes_pages_be_read_again_is_named(
    crawl: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config, out = tmp_path / "wider.yaml", str(tmp_path / "out")
    config.write_text("extends: demo\ngate: {min_han_count: 1}\n", encoding="utf-8")
    main(["run", str(DEMO), "--input", crawl, "--output", out, "--workers", "1", "--quiet"])

    main(["run", str(config), "--input", crawl, "--output", out, "--dry-run"])

    assert "pages are read again because of other settings of: gate" in capsys.readouterr().out


def test_a_probe_counts_the_bytes_of_pieces_wherever_they_begin(crawl: str) -> None:
    config = load_config(DEMO)
    inputs, _ = find_inputs([crawl], config.inputs)
    (whole,) = work_items(inputs)
    half = whole.size // 2

    for item in (replace(whole, start=half), replace(whole, stop=half)):
        probe = probed(config, [item])

        assert probe.pages > 0
        assert 0 < probe.bytes <= item.size


def test_a_dry_run_of_a_wrong_call_is_as_wrong_as_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["run", str(DEMO), "--input", "none.warc", "--output", str(tmp_path), "--dry-run"])

    assert ended.value.code == 1
    assert "none.warc" in capsys.readouterr().err
