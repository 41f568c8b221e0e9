import json
import re
from pathlib import Path

import pytest
import typer
from openpyxl import load_workbook
from typer.testing import CliRunner

from jingyu.pipeline.review.commands import review, sample
from tests.support.corpora import document, fill_csv, fill_workbook, finished

app = typer.Typer()
app.command("sample")(sample)
app.command("review")(review)


def call(*arguments: str) -> tuple[int, str]:
    """Returns the exit code of a command, and its output or the error that it raised."""
    result = CliRunner().invoke(app, arguments)
    is_told = result.exception and not isinstance(result.exception, SystemExit)
    return result.exit_code, str(result.exception) if is_told else result.output


@pytest.fixture
def out(tmp_path: Path) -> str:
    return finished(tmp_path / "out", [document(number) for number in range(60)])


def ids_in(path: Path) -> list[str]:
    return re.findall("[0-9a-f]{32}", path.read_text(encoding="utf-8-sig"))


def test_a_sample_lies_in_the_output_folder_and_its_review_beside_it(out: str) -> None:
    assert call("sample", out, "--n", "20", "--seed", "7") == (
        0,
        f"20 of 60 documents, seed 7: {out}/reviews/sample-20-seed-7.xlsx\n",
    )
    sheet = Path(out, "reviews", "sample-20-seed-7.xlsx")
    fill_workbook(sheet, {})

    code, told = call("review", out, str(sheet))
    assert code == 0
    assert told.endswith(f"report: {out}/reviews/sample-20-seed-7 (review.json, review.md)\n")
    report = Path(out, "reviews", "sample-20-seed-7", "review.md").read_text(encoding="utf-8")
    figures = json.loads(Path(out, "reviews", "sample-20-seed-7", "review.json").read_bytes())
    assert told.startswith(report)
    assert figures["sample"]["seed"] == 7
    assert figures["verdicts"]["blank"] == 20
    assert figures["sheets"][0]["path"] == str(sheet)
    assert len(figures["sheets"][0]["sha256"]) == 64


def test_what_is_failed_goes_into_the_lists(
    out: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("sample", out, "--sheet", "s.csv")[1] == (
        "60 of 60 documents, seed 1: s.csv\n"
        "the corpus has fewer than 4,000 documents: the sample holds all of them\n"
    )
    failed = {name: {"verdict": "fail", "reason": "quality"} for name in ids_in(Path("s.csv"))}
    fill_csv(Path("s.csv"), failed)

    code, told = call("review", out, "s.csv", "--takedown", "t.csv", "--block", "b.txt")
    assert code == 0
    assert "t.csv: 60 documents added\nb.txt: 7 hosts added\n" in told
    assert Path("t.csv").read_text(encoding="utf-8").count("document_id,") == 60
    assert "full:www0.example.cn" in Path("b.txt").read_text(encoding="utf-8")


def test_a_stratified_sample_says_what_it_is_not(out: str) -> None:
    code, told = call("sample", out, "--n", "20", "--stratify", "host", "--format", "csv")

    assert code == 0
    assert "sample-20-seed-1-by-host.csv\n" in told
    assert "the standard's figure needs the simple random sample" in told

    code, told = call("sample", out, "--n", "20", "--stratify", "host")
    book = load_workbook(Path(out, "reviews", "sample-20-seed-1-by-host.xlsx"))
    assert code == 0
    assert "标准的合格率应以简单随机样本计算，此表只作补充。" in [
        row[0].value for row in book["说明"]
    ]


def test_the_format_is_that_of_the_name_or_the_given_one(out: str, tmp_path: Path) -> None:
    assert "name the sheet .xlsx or .csv" in call("sample", out, "--sheet", "sheet")[1]

    path = tmp_path / "sheet.txt"
    assert call("sample", out, "--sheet", str(path), "--format", "csv")[0] == 0
    assert len(ids_in(path)) == 60


def test_a_malformed_sheet_is_refused_and_leaves_no_report(out: str, tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    call("sample", out, "--n", "9", "--sheet", str(path))
    fill_csv(path, {ids_in(path)[4]: {"verdict": "好"}})

    code, told = call("review", out, str(path))
    assert code == 1
    assert told.startswith(f"{path}: row 6, column `结论 verdict` (J6): `好` is no verdict; write")
    assert not Path(out, "reviews").exists()


@pytest.mark.parametrize("name", ["a/b", "..", "."])
def test_a_name_that_leads_elsewhere_is_refused(out: str, name: str) -> None:
    assert "is no name of a folder" in call("review", out, "s.csv", "--name", name)[1]


@pytest.mark.parametrize("command", ["sample", "review"])
def test_the_help_of_a_command_names_its_options(command: str) -> None:
    code, told = call(command, "--help")

    assert code == 0
    assert "OUT" in told
