import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from jingyu.filters.settings.errors import ConfigError, InputError
from jingyu.pipeline.review.corpus import open_corpus
from jingyu.pipeline.review.gaps import gaps
from jingyu.pipeline.review.report import as_figures, as_markdown
from jingyu.pipeline.review.review import Review, review_of
from jingyu.pipeline.review.rows import sheet_rows
from jingyu.pipeline.review.sample import draw, drawn_ids
from jingyu.pipeline.review.sheet import write_sheet
from jingyu.pipeline.review.strata import Stratum
from jingyu.pipeline.review.tables import read_filled
from jingyu.pipeline.review.verdicts import Verdict
from tests.support.corpora import document, fill_csv, fill_workbook, finished, write_csv

PASS, FAIL = {"verdict": "合格"}, {"verdict": "不合格", "reason": "A.1 f"}
SOFFICE = shutil.which("soffice")


def drawn(out: str, path: Path, n: int, *, seed: int = 1, by: Stratum | None = None) -> list[str]:
    """Writes a sheet and returns the ids in it."""
    corpus = open_corpus(out)
    how = draw(corpus, n, seed, by)
    ids = drawn_ids(corpus, how)
    rows = sheet_rows(corpus, ids, 100)
    write_sheet(str(path), "xlsx" if path.suffix == ".xlsx" else "csv", rows, how)
    return ids


def answered(ids: list[str], failing: int, **failure: str) -> dict[str, Mapping[str, str]]:
    """Returns answers of which the first fail."""
    return {name: (FAIL | failure if n < failing else PASS) for n, name in enumerate(ids)}


def reviewed(out: str, *paths: Path, is_technical: bool = False) -> Review:
    files = [read_filled(str(path)) for path in paths]
    return review_of(open_corpus(out), files, is_technical=is_technical)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("large")
    return finished(folder / "out", [document(number) for number in range(5000)], shards=3)


@pytest.fixture(scope="module")
def workbook(large: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of 4,000 documents of which 3,840 passed."""
    path = tmp_path_factory.mktemp("sheets") / "sheet.xlsx"
    ids = drawn(large, path, 4000)
    return fill_workbook(path, answered(ids, 160))


@pytest.fixture
def out(tmp_path: Path) -> str:
    return finished(tmp_path / "out", [document(number) for number in range(200)])


def test_a_workbook_of_4000_rows_gives_the_right_rate_and_interval(
    large: str, workbook: Path
) -> None:
    review = reviewed(large, workbook)

    assert (review.decided, review.pass_rate) == (4000, 0.96)
    assert review.interval == pytest.approx((0.9535, 0.9656), abs=5e-5)
    assert review.by_reason() == {"a1_violence_obscenity": 160}
    assert gaps(review) == []


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_workbook_that_libreoffice_saved_gives_the_same(
    large: str, workbook: Path, tmp_path: Path, ending: str
) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    kind = "csv:Text - txt - csv (StarCalc):44,34,76" if ending == "csv" else ending
    command = [str(SOFFICE), profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(workbook)], check=True, capture_output=True, timeout=120)
    shutil.copy(workbook.with_name("sheet.sample.json"), tmp_path)

    review = reviewed(large, tmp_path / f"sheet.{ending}")
    assert (review.decided, review.pass_rate, gaps(review)) == (4000, 0.96, [])


def test_one_failure_more_and_the_bar_is_not_reached(large: str, tmp_path: Path) -> None:
    ids = drawn(large, tmp_path / "sheet.csv", 4000)
    fill_csv(tmp_path / "sheet.csv", answered(ids, 161))

    review = reviewed(large, tmp_path / "sheet.csv")
    assert [gap.name for gap in gaps(review)] == ["too_few_passed"]
    assert "合格率 95.97%，低于 96%" in as_markdown(review)


def test_undecided_documents_are_counted_apart_and_never_help(large: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    ids = drawn(large, path, 4000)
    told = answered(ids, 159)
    told |= {ids[-1]: {"verdict": "不确定"}, ids[-2]: {}}
    fill_csv(path, told, without=ids[0])

    review = reviewed(large, path)
    assert {verdict.value: count for verdict, count in review.counts.items()} == {
        "passed": 3839,
        "failed": 158,
        "uncertain": 1,
        "blank": 1,
        "missing": 1,
    }
    assert review.pass_rate == 3839 / 3997
    assert review.least_rate == 3839 / 4000
    assert [gap.name for gap in gaps(review)] == ["too_few_reviewed", "too_few_passed"]
    assert [(each.document_id, each.verdict.value) for each in review.undecided] == [
        (ids[0], "missing"),
        (ids[-2], "blank"),
        (ids[-1], "uncertain"),
    ]
    assert f"| {ids[-1]} | uncertain | {path}: row" in as_markdown(review)


def test_the_technical_bar_is_98_percent_of_a_tenth(out: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    ids = drawn(out, path, 100)
    fill_csv(path, answered(ids, 2))
    review = reviewed(out, path, is_technical=True)
    assert (review.bar.min_reviewed, review.pass_rate, gaps(review)) == (20, 0.98, [])

    fill_csv(path, answered(ids, 3))
    assert [gap.name for gap in gaps(reviewed(out, path, is_technical=True))] == ["too_few_passed"]

    ids = drawn(out, tmp_path / "small.csv", 19)
    fill_csv(tmp_path / "small.csv", answered(ids, 0))
    short = gaps(reviewed(out, tmp_path / "small.csv", is_technical=True))
    assert [gap.name for gap in short] == ["too_few_reviewed"]


def test_a_whole_corpus_below_4000_documents_is_told_as_such(out: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    fill_csv(path, answered(drawn(out, path, 4000), 0))

    (gap,) = gaps(reviewed(out, path))
    assert gap.chinese == "已判定 200 篇，少于 4,000 篇（已是语料的全部文档）"
    assert gap.english.endswith("fewer than 4,000 (they are the whole corpus)")


def test_a_stratified_sample_does_not_reach_the_bar(large: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    fill_csv(path, answered(drawn(large, path, 4000, by="host"), 0))

    review = reviewed(large, path)
    assert review.decided == 4000
    assert [gap.name for gap in gaps(review)] == ["stratified_sample"]


def test_a_sheet_that_does_not_say_how_it_was_drawn_proves_no_random_sample(
    large: str, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.csv"
    fill_csv(path, answered(drawn(large, path, 4000), 0))
    (tmp_path / "sheet.sample.json").unlink()

    review = reviewed(large, path)
    assert (review.decided, review.how) == (4000, None)
    assert [gap.name for gap in gaps(review)] == ["unknown_sample"]


def test_rows_may_be_shared_among_reviewers(out: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    ids = drawn(out, path, 50)
    one = fill_workbook(path, dict.fromkeys(ids[:30], PASS), tmp_path / "li.xlsx")
    other = fill_workbook(path, dict.fromkeys(ids[30:], FAIL), tmp_path / "wang.xlsx")

    review = reviewed(out, one, other)
    assert (review.passed, review.decided, review.undecided) == (30, 50, [])


def test_sheets_of_two_samples_are_refused(out: str, tmp_path: Path) -> None:
    drawn(out, tmp_path / "one.csv", 50, seed=1)
    drawn(out, tmp_path / "other.csv", 50, seed=2)

    with pytest.raises(ConfigError, match=r"other.csv: is of another sample than .*one.csv"):
        reviewed(out, tmp_path / "one.csv", tmp_path / "other.csv")


def test_a_sample_of_another_run_is_refused(out: str, tmp_path: Path) -> None:
    drawn(out, tmp_path / "sheet.csv", 50)
    rerun = finished(tmp_path / "rerun", [document(n) for n in range(200)], run="b" * 64)

    with pytest.raises(InputError, match=r"sheet.csv: is a sample of another run.*draw a new"):
        reviewed(rerun, tmp_path / "sheet.csv")


def test_a_document_out_of_the_sample_is_refused_and_out_of_the_corpus_too(
    out: str, tmp_path: Path
) -> None:
    header = ["document_id", "verdict", "reason"]
    beyond = drawn(out, tmp_path / "all.csv", 51)[-1]
    drawn(out, tmp_path / "sheet.csv", 50)
    write_csv(tmp_path / "sheet.csv", [header, [beyond, "合格", ""]])
    with pytest.raises(InputError, match=r"row 2, .* is not in the sample of 50 with seed 1"):
        reviewed(out, tmp_path / "sheet.csv")

    write_csv(tmp_path / "free.csv", [header, [beyond, "合格", ""], ["f" * 32, "合格", ""]])
    with pytest.raises(InputError, match=r"row 3, .* is not in the corpus of"):
        reviewed(out, tmp_path / "free.csv")


@pytest.mark.parametrize(
    "metadata",
    ['{"n": 1}', '{"run": "a", "corpus_documents": 200, "n": "50", "seed": 1, "stratify": null}'],
)
def test_a_damaged_description_of_the_sample_is_refused(
    out: str, tmp_path: Path, metadata: str
) -> None:
    drawn(out, tmp_path / "sheet.csv", 50)
    (tmp_path / "sheet.sample.json").write_text(metadata, encoding="utf-8")

    with pytest.raises(InputError, match="what it says of its sample is damaged"):
        reviewed(out, tmp_path / "sheet.csv")


def test_failures_are_counted_by_reason_class_and_source(tmp_path: Path) -> None:
    rows = [document(n, host="a.cn" if n < 6 else None, registered_domain="a.cn") for n in range(8)]
    out = finished(tmp_path / "out", rows)
    path = tmp_path / "sheet.csv"
    ids = drawn(out, path, 8)
    reasons = ["A.1 f", "A.1 d", "A.1 f", "隐私", "", "A.1"]
    told: dict[str, Mapping[str, str]] = dict.fromkeys(ids, PASS)
    told |= {name: FAIL | {"reason": text} for name, text in zip(ids, reasons, strict=False)}
    fill_csv(path, told)

    review = reviewed(out, path)
    figures: dict[str, Any] = as_figures(review)
    assert figures["failures_by_reason"] == {
        "a1_violence_obscenity": 2,
        "a1": 1,
        "a1_terrorism": 1,
        "privacy": 1,
        "unstated": 1,
    }
    assert figures["failures_by_class"] == {"a1": 4, "privacy": 1, "unstated": 1}
    assert figures["failures_by_registered_domain"]["a.cn"]["reviewed"] == 8
    assert figures["failures_by_registered_domain"]["a.cn"]["failed"] == 6
    assert sum(count["failed"] for count in figures["failures_by_host"].values()) == 6
    assert "| unstated | 未说明 none given | 1 |" in as_markdown(review)


def test_nothing_decided_is_no_rate(out: str, tmp_path: Path) -> None:
    drawn(out, tmp_path / "sheet.csv", 10)

    review = reviewed(out, tmp_path / "sheet.csv")
    assert (review.pass_rate, review.interval) == (None, (0.0, 1.0))
    assert review.counts[Verdict.BLANK] == 10
    assert "| — |" in as_markdown(review)


def test_the_report_supports_and_leaves_the_judgement_to_people(large: str, workbook: Path) -> None:
    report = as_markdown(reviewed(large, workbook))

    assert "本次审核支持以下标准：人工抽检不少于 4,000 篇，合格率不低于 96%。" in report
    assert "This review supports the bar: at least 4,000 documents by hand" in report
    assert "The judgement stays with people" in report
    assert "compliant" not in report


def test_the_figures_hold_neither_texts_nor_notes(out: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    ids = drawn(out, path, 10)
    fill_csv(path, {ids[0]: FAIL | {"note": "电话13800138000"}})

    told = str(as_figures(reviewed(out, path)))
    assert "清明" not in told
    assert "13800138000" not in told
