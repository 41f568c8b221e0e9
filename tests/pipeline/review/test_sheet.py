import csv
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from openpyxl import load_workbook

from jingyu.filters.settings.errors import ConfigError
from jingyu.pipeline.review.columns import KEYS, Format
from jingyu.pipeline.review.corpus import open_corpus
from jingyu.pipeline.review.reasons import REASONS
from jingyu.pipeline.review.rows import sheet_rows
from jingyu.pipeline.review.sample import Draw, draw, drawn_ids
from jingyu.pipeline.review.sheet import write_sheet
from tests.support.corpora import document, document_id, finished

HOSTILE = [
    '=HYPERLINK("http://example.com")',
    "+1",
    "-1",
    "@SUM(A1)",
    "bell\x07 and \x00 and \ufffe",
    "_x0041_",
    " 首尾有空格 ",
    "a\r\nb",
    "𠮷" * 40_000,
]


def write(
    out: str, path: Path, form: Format = "xlsx", n: int = 4000, characters: int = 300
) -> Draw:
    corpus = open_corpus(out)
    how = draw(corpus, n, 1)
    write_sheet(str(path), form, sheet_rows(corpus, drawn_ids(corpus, how), characters), how)
    return how


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


@pytest.fixture
def out(tmp_path: Path) -> str:
    documents = [document(number, text=text) for number, text in enumerate(HOSTILE)]
    return finished(tmp_path / "out", documents)


@pytest.fixture
def book(out: str, tmp_path: Path) -> Any:
    write(out, tmp_path / "sheet.xlsx")
    return load_workbook(tmp_path / "sheet.xlsx")


def test_a_row_shows_a_document_with_source_and_evidence(tmp_path: Path) -> None:
    row = document(3, quality=0.8125, masked_mobile_count=2, text="清明时节雨纷纷")
    out = finished(tmp_path / "out", [row], shards=1)

    (shown,) = sheet_rows(open_corpus(out), [document_id(3)], 4)
    assert shown == {
        "no": "1",
        "document_id": document_id(3),
        "text": "清明时节\n……（余 3 字未显示; 3 more characters）",
        "url": "https://www3.example.cn/3.html",
        "host": "www3.example.cn",
        "title": "雨后",
        "published_at": "2025-04-04",
        "captured_at": "2025-05-06 07:08:00+00:00",
        "evidence": "language: zh\nmasked_mobile_count: 2\nquality: 0.8125",
        "verdict": "",
        "reason": "",
        "note": "",
    }


def test_a_column_that_is_added_to_the_corpus_is_evidence(tmp_path: Path) -> None:
    row = document(0, tier="official", grade=None, icp=["京ICP备1号", "京ICP备2号"], banned=True)
    extra = [
        pa.field("tier", pa.string()),
        pa.field("grade", pa.string()),
        pa.field("icp", pa.list_(pa.string())),
        pa.field("banned", pa.bool_()),
    ]
    out = finished(tmp_path / "out", [row], shards=1, extra=extra)

    (shown,) = sheet_rows(open_corpus(out), [document_id(0)], 100)
    assert shown["evidence"].splitlines() == [
        "language: zh",
        "tier: official",
        "icp: 京ICP备1号, 京ICP备2号",
        "banned: True",
    ]


def test_rows_stand_in_the_order_of_the_draw(tmp_path: Path) -> None:
    out = finished(tmp_path / "out", [document(number) for number in range(300)], shards=3)
    corpus = open_corpus(out)
    ids = drawn_ids(corpus, draw(corpus, 50, 1))

    assert [row["document_id"] for row in sheet_rows(corpus, ids, 10)] == ids
    assert [row["no"] for row in sheet_rows(corpus, ids, 10)] == [str(n) for n in range(1, 51)]


def test_no_cell_is_a_formula_and_texts_come_back(book: Any) -> None:
    sheet = book.worksheets[0]
    texts = {row[1].value: row[2].value for row in sheet.iter_rows(min_row=2)}

    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert [texts[document_id(number)] for number in range(8)] == [
        *HOSTILE[:4],
        "bell and  and ",
        "_x005F_x0041_",
        " 首尾有空格 ",
        "a\nb",
    ]
    assert texts[document_id(8)].startswith("𠮷" * 300 + "\n……（余 39,700 字未显示")


def test_the_header_is_frozen_and_answers_come_from_lists(book: Any) -> None:
    sheet = book.worksheets[0]
    lists = {
        str(each.sqref): (each.type, each.formula1)
        for each in sheet.data_validations.dataValidation
    }

    assert sheet.freeze_panes == "A2"
    assert [cell.value.split()[-1] for cell in sheet[1]] == list(KEYS)
    assert lists == {
        "J2:J10": ("list", '"合格,不合格,不确定"'),
        "K2:K10": ("list", f"lists!$A$1:$A${len(REASONS)}"),
    }
    assert [row[0].value for row in book["lists"]] == [reason.label for reason in REASONS]
    assert all(cell.alignment.wrap_text for cell in sheet[2])


def test_the_workbook_tells_reviewers_in_chinese_and_english_what_to_do(book: Any) -> None:
    told = "\n".join(row[0].value or "" for row in book["说明"])

    assert "请不要修改文档编号" in told
    assert "Do not change document ids" in told
    assert "从 9 篇文档中简单随机抽取 9 篇，种子 1" in told


def test_the_sheet_and_its_sidecar_say_how_the_sample_was_drawn(tmp_path: Path, book: Any) -> None:
    hidden = {row[0].value: json.loads(row[1].value) for row in book["sample"]}
    beside = json.loads((tmp_path / "sheet.sample.json").read_text(encoding="utf-8"))

    assert [book["sample"].sheet_state, book["lists"].sheet_state] == ["hidden", "hidden"]
    assert hidden == beside
    assert beside == {
        "run": "a" * 64,
        "corpus_documents": 9,
        "n": 4000,
        "seed": 1,
        "stratify": None,
        "method": "simple_random",
        "size": 9,
    }


def test_a_csv_sheet_holds_the_same_rows_for_excel(out: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    write(out, path, "csv")
    header, *rows = read_csv(path)
    texts = {row[1]: row[2] for row in rows}

    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [cell.split()[-1] for cell in header] == list(KEYS)
    assert [texts[document_id(number)] for number in range(8)] == [
        *(f"'{text}" for text in HOSTILE[:4]),
        "bell and  and ",
        "_x0041_",
        " 首尾有空格 ",
        "a\nb",
    ]


def test_a_csv_sheet_has_the_same_bytes_each_time(out: str, tmp_path: Path) -> None:
    write(out, tmp_path / "one.csv", "csv")
    write(out, tmp_path / "other.csv", "csv")

    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "other.csv").read_bytes()


def test_a_sheet_that_is_there_is_not_overwritten(out: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text("filled in for weeks", encoding="utf-8")

    with pytest.raises(
        ConfigError, match=r"is there already, maybe filled in; give another `--sheet`"
    ):
        write(out, path, "csv")
    assert path.read_text(encoding="utf-8") == "filled in for weeks"


def test_one_sample_may_be_written_in_both_formats_and_no_other_beside_it(
    out: str, tmp_path: Path
) -> None:
    write(out, tmp_path / "sheet.csv", "csv")
    write(out, tmp_path / "sheet.xlsx")

    (tmp_path / "sheet.csv").unlink()
    with pytest.raises(ConfigError, match=r"sheet.sample.json: is that of another sample"):
        write(out, tmp_path / "sheet.csv", "csv", n=3)


def test_more_rows_than_a_workbook_holds_are_refused(tmp_path: Path) -> None:
    how = Draw("run", 2_000_000, 1_048_576, 1)

    with pytest.raises(ConfigError, match=r"holds 1,048,575 rows.*--format csv"):
        write_sheet(str(tmp_path / "sheet.xlsx"), "xlsx", [], how)
