"""The commands of `docs/questions.md`, run as they stand there."""

import re
import shlex
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from jingyu.pipeline.cli import main
from tests.support.paths import ROOT

PAGE, TWIN = ROOT / "docs" / "questions.md", ROOT / "docs" / "questions.zh-CN.md"


def commands(page: Path) -> list[str]:
    return re.findall(r"^\$ jingyu (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def names(demo_out: Path) -> dict[str, str]:
    rows = pq.read_table(demo_out / "ledger").to_pylist()
    kept = next(row for row in rows if row["outcome"] == "kept" and row["url"])
    lost = next(row for row in rows if row["reason"] == "too_short")
    return {
        "OUT": str(demo_out),
        "OTHER": str(demo_out),
        "HOST": lost["host"],
        "REASON": lost["reason"],
        "ADDRESS": kept["url"],
        "ID": kept["document_id"],
    }


def test_both_languages_have_the_same_questions() -> None:
    assert commands(PAGE) == commands(TWIN)
    heads = [page.read_text(encoding="utf-8").count("\n## ") for page in (PAGE, TWIN)]
    assert heads[0] == heads[1] == 8


@pytest.mark.parametrize("command", dict.fromkeys(commands(PAGE)))
def test_each_command_answers(
    command: str,
    names: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)

    main([names.get(word, word) for word in shlex.split(command)])

    told = capsys.readouterr()
    assert told.out
    assert "error" not in told.err.lower()
