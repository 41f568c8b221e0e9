import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.review.tables import Filled, read_filled
from tests.support.corpora import write_csv

HEADER = ["备注 note", "结论 verdict", "文档编号 document_id", "正文 text", "原因 reason"]
ROWS = [["", "合格", "d1", "正文", ""], ["疑", "不合格", "d2", "a\nb,;\t", "质量"]]
CELLS = [
    {"document_id": "d1", "verdict": "合格", "reason": ""},
    {"document_id": "d2", "verdict": "不合格", "reason": "质量"},
]


def numbered(filled: Filled) -> list[tuple[int, dict[str, str]]]:
    return [row for table in filled.tables for row in table.rows]


def workbook(path: Path, **sheets: list[list[str]]) -> str:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return str(path)


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADER, *ROWS])

    assert numbered(read_filled(str(path))) == [(2, CELLS[0]), (3, CELLS[1])]
    filled = read_filled(workbook(tmp_path / "a.xlsx", review=[HEADER, *ROWS]))
    assert numbered(filled) == [(2, CELLS[0]), (3, CELLS[1])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_the_encodings_that_spreadsheets_write(
    tmp_path: Path, encoding: str
) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADER, *ROWS], encoding)

    assert [cells for _, cells in numbered(read_filled(str(path)))] == CELLS


@pytest.mark.parametrize("mark", [";", "\t"])
def test_csv_is_read_with_the_separators_that_spreadsheets_write(tmp_path: Path, mark: str) -> None:
    quoted = [mark.join(f'"{cell}"' for cell in row) for row in [HEADER, *ROWS]]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(quoted), encoding="utf-8")

    assert [cells for _, cells in numbered(read_filled(str(path)))] == CELLS


def test_rows_are_numbered_as_spreadsheets_do_and_empty_ones_count(tmp_path: Path) -> None:
    rows = [["第一批"], [], HEADER, ROWS[1], [], ["", "", "", "", ""], ROWS[0]]
    path = write_csv(tmp_path / "a.csv", rows)

    assert [number for number, _ in numbered(read_filled(str(path)))] == [4, 7]
    found = read_filled(workbook(tmp_path / "a.xlsx", review=rows))
    assert [number for number, _ in numbered(found)] == [4, 7]


def test_all_sheets_of_a_workbook_with_the_columns_are_read(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", li=[HEADER, ROWS[0]], wang=[HEADER, ROWS[1]], notes=[["你好"]]
    )

    filled = read_filled(path)
    assert [table.name for table in filled.tables] == [f"{path}: sheet li", f"{path}: sheet wang"]
    assert [cells for _, cells in numbered(filled)] == CELLS


def test_a_short_row_lacks_nothing_but_answers(tmp_path: Path) -> None:
    header = ["document_id", "verdict", "reason"]
    path = write_csv(tmp_path / "a.csv", [header, ["d1"]])

    assert numbered(read_filled(str(path))) == [
        (2, {"document_id": "d1", "verdict": "", "reason": ""})
    ]


@pytest.mark.parametrize("missing", ["verdict", "reason", "document_id"])
def test_a_missing_column_is_named(tmp_path: Path, missing: str) -> None:
    header = [cell for cell in HEADER if missing not in cell]
    path = write_csv(tmp_path / "a.csv", [header, ["x"] * 4])

    with pytest.raises(InputError, match=rf"a.csv: row 1: has no column `\S+ {missing}`; "):
        read_filled(str(path))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04 and no more", "cannot be read as a workbook; open it and save it"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old or encrypted workbook; save it as .xlsx"),
        (b"%PDF-1.7\0\0", "is no spreadsheet; give a filled-in .xlsx or .csv"),
        (b"\xff\xff\xff", "is no spreadsheet"),
        (b"", "row 1: has no column `.* document_id`"),
        ("尊敬的审核人：".encode(), "row 1: has no column `.* document_id`"),
    ],
)
def test_what_is_no_sheet_is_refused_with_the_fix(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)

    with pytest.raises(InputError, match=f"a.xlsx: {message}"):
        read_filled(str(path))


def test_a_zip_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")

    with pytest.raises(InputError, match="cannot be read as a workbook"):
        read_filled(str(path))


def test_a_cell_that_no_csv_holds_is_refused_with_its_row(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADER, ROWS[0], ["x" * 200_000, "", "", "", ""]])

    with pytest.raises(InputError, match=r"a.csv: row 3: is no row of a CSV file"):
        read_filled(str(path))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"b.csv: there is no such file"):
        read_filled(str(tmp_path / "b.csv"))


def test_a_damaged_description_of_the_sample_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", review=[HEADER, *ROWS], sample=[["n", "many"]])
    with pytest.raises(InputError, match="hidden sheet `sample` is damaged"):
        read_filled(path)

    write_csv(tmp_path / "b.csv", [HEADER, *ROWS])
    (tmp_path / "b.sample.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"b.sample.json: is damaged"):
        read_filled(str(tmp_path / "b.csv"))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.floats(0, 0.999), byte=st.integers(0, 255), cut=st.booleans())
def test_a_damaged_workbook_is_read_or_refused_in_one_sentence(
    tmp_path: Path, at: float, byte: int, *, cut: bool
) -> None:
    whole = Path(workbook(tmp_path / "a.xlsx", review=[HEADER, *ROWS]))
    content = bytearray(whole.read_bytes())
    place = int(at * len(content))
    content[place] = byte
    damaged = tmp_path / "b.xlsx"
    damaged.write_bytes(content[:place] if cut else content)

    try:
        filled = read_filled(str(damaged))
    except InputError as error:
        assert str(error).startswith(f"{damaged}: ")  # noqa: PT017  (either end is fine)
    else:
        assert filled.tables
