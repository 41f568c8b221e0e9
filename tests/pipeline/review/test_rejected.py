"""Samples of what was rejected, and their review."""

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.config.config import load_config
from jingyu.pipeline.flow import Run, run
from jingyu.pipeline.review.rejected import open_rejected
from jingyu.pipeline.run.engine import Engine
from tests.crawl import build_crawl
from tests.pipeline.review.test_commands import call
from tests.support.corpora import fill_csv
from tests.support.paths import DEMO


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    build_crawl(folder / "crawl.warc.gz")
    run(Run(load_config(DEMO), (str(folder / "crawl.warc.gz"),), str(folder / "out"), Engine()))
    return folder / "out"


def test_a_sheet_of_rejected_pages_has_their_texts_and_why(out: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "s.csv"
    ledger = pq.read_table(out / "ledger").to_pylist()
    rejected = {row["document_id"] for row in ledger if row["stage"] == "select"}

    code, told = call("sample", str(out), "--rejected", "--sheet", str(sheet))

    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        _, *rows = csv.reader(stream)
    assert code == 0
    assert f"{len(rows)} of {len(rows)} rejected documents" in told
    assert rejected <= {row[1] for row in rows}
    assert all(row[2] for row in rows)
    assert any("decided: select/too_short, measured" in row[8] for row in rows)


def test_the_review_of_rejected_pages_is_none_of_the_corpus(out: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "s.csv"
    call("sample", str(out), "--reason", "too_much_repeated_text", "--sheet", str(sheet))
    ids = [
        row["document_id"]
        for row in open_rejected(str(out), "too_much_repeated_text").decided.to_pylist()
    ]
    fill_csv(sheet, {name: {"verdict": "合格"} for name in ids})

    code, _ = call("review", str(out), str(sheet), "--name", "rejected")

    figures = json.loads((out / "reviews" / "rejected" / "review.json").read_text())
    assert code == 0
    assert figures["verdicts"]["passed"] == len(ids) == figures["corpus_documents"]
    assert "rejected_sample" in figures["bar"]["gaps"]


def test_a_reason_that_took_nothing_and_staged_files_that_are_gone_are_errors(
    out: Path, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="most that have one were for too_much_repeated_text, "):
        open_rejected(str(out), "too_long")
    for name in ("ledger", "manifest.json"):
        (tmp_path / name).symlink_to(out / name)
    with pytest.raises(InputError, match="name their folder by `--staging`"):
        open_rejected(str(tmp_path))
    with pytest.raises(InputError, match="holds no finished run"):
        open_rejected(str(tmp_path / "nowhere"))
