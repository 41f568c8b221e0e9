"""Commands that read an output, as somebody with a Chinese terminal sees them."""

import json
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from rich.cells import cell_len

from jingyu.pipeline.cli import main

WORDS_SIDE_BY_SIDE = re.compile(r"[a-z]{2,} [a-z]{2,}")
DATA = re.compile(r"`[^`]+`|出自 [^、]+|Powered by Discuz!|language zh|ai_train not_stated")
"""What stays as it is: commands, who stated a source, a title, names of columns and values."""
COMMANDS = {
    "whatif": ["whatif", "OUT", "--set", "rules.too_short.min=200", "--sweep", "too_short"],
    "whatif that changes nothing": ["whatif", "OUT", "--set", "language.keep=[zh]"],
    "whatif that a run has to answer": ["whatif", "OUT", "--set", "language.keep=[zh,yue]"],
    "diff": ["diff", "OUT", "OUT"],
    "explain a rejected page": ["explain", "OUT", "REJECTED"],
    "explain a duplicate": ["explain", "OUT", "DUPLICATE"],
    "explain a foreign page": ["explain", "OUT", "FOREIGN"],
    "explain a host": ["explain", "OUT", "HOST"],
    "check": ["check", "web_zh"],
    "check of few rules": ["check", "demo"],
    "sources": ["sources", "OUT", "--sheet", "sites.csv", "--register", "register.yaml"],
    "sample": ["sample", "OUT", "--n", "60", "--sheet", "a.csv", "--stratify", "host"],
    "sample of all": ["sample", "OUT", "--n", "4000", "--sheet", "b.csv"],
    "sample of rejected": ["sample", "OUT", "--n", "4000", "--sheet", "c.csv", "--rejected"],
    "takedown": ["takedown", "takedown.csv", "--url", "https://a.cn/", "--asked-by", "author"],
    "disclose": ["disclose", "OUT", "--form", "gb-evidence", "--to", "evidence"],
    "init": ["init"],
    "audit": ["audit", "OUT", "--report", "report.html"],
}


@pytest.fixture(scope="module")
def names(demo_out: Path) -> dict[str, str]:
    rows = pq.read_table(demo_out / "ledger").to_pylist()
    short = next(row for row in rows if row["reason"] == "too_short")
    return {
        "OUT": str(demo_out),
        "HOST": short["host"],
        "REJECTED": short["document_id"],
        "DUPLICATE": next(row["document_id"] for row in rows if row["outcome"] == "duplicate"),
        "FOREIGN": next(row["document_id"] for row in rows if row["stage"] == "gate"),
    }


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "60")
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.usefixtures("folder")
def test_a_command_says_nothing_in_english(
    command: list[str], names: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    main([names.get(word, word) for word in command] + ["--lang", "zh"])

    told = capsys.readouterr()
    assert re.search("[一-龥]", told.out)
    lines = (DATA.sub("", line) for line in told.out.splitlines())
    assert [line for line in lines if WORDS_SIDE_BY_SIDE.search(line)] == []
    assert told.err == ""


@pytest.mark.parametrize("columns", [60, 80])
@pytest.mark.parametrize("command", ["whatif", "diff"])
@pytest.mark.usefixtures("folder")
def test_tables_fit_a_terminal_whose_characters_are_two_columns_wide(
    command: str,
    columns: int,
    names: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))

    main([names.get(word, word) for word in COMMANDS[command]] + ["--lang", "zh"])

    assert max(cell_len(line) for line in capsys.readouterr().out.splitlines()) <= columns


@pytest.mark.usefixtures("folder")
def test_json_is_the_same_in_every_language(
    names: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    found = []
    for language in ("en", "zh"):
        main(["explain", names["OUT"], names["HOST"], "--json", "--lang", language])
        found.append(json.loads(capsys.readouterr().out))

    assert found[0] == found[1]
    assert {"host", "pages", "kept"} < found[0].keys()
