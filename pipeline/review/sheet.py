"""Review sheets: workbooks and CSV files that reviewers fill in."""

import codecs
import csv
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from jingyu.filters.settings.errors import ConfigError
from jingyu.pipeline.read import storage
from jingyu.pipeline.review.cells import csv_text, is_like_formula, workbook_text
from jingyu.pipeline.review.columns import ANSWERS, COLUMNS, KEYS, Format
from jingyu.pipeline.review.instructions import instructions
from jingyu.pipeline.review.reasons import REASONS
from jingyu.pipeline.review.rows import SheetRow
from jingyu.pipeline.review.sample import Draw
from jingyu.pipeline.review.verdicts import CHOICES
from jingyu.pipeline.store import filesystem

METADATA_SHEET = "sample"
_LISTS_SHEET = "lists"
_MOST_ROWS = 1_048_575
_ROW_POINTS = 120
_INSTRUCTIONS_WIDTH = 110
_TOP = Alignment(vertical="top", wrap_text=True)
_BOLD = Font(bold=True)
_HEAD_FILL = PatternFill("solid", fgColor="DDE6F0")
_ANSWER_FILL = PatternFill("solid", fgColor="FFF8DC")


def sidecar_of(path: str) -> str:
    """Returns where the description of a sheet's sample lies: beside the sheet."""
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}{name.rpartition('.')[0] or name}.sample.json"


def write_sheet(path: str, form: Format, rows: Iterable[SheetRow], how: Draw) -> None:
    """Writes a sheet and, beside it, how its sample was drawn; a workbook holds that too.

    Raises:
        ConfigError: The path or its sidecar is taken, or a workbook cannot hold so many rows.
    """
    beside, told = sidecar_of(path), json.dumps(described(how), indent=1).encode()
    if storage.exists(path):
        raise ConfigError(f"{path}: is there already, maybe filled in; give another `--sheet`")
    if storage.exists(beside) and storage.read_bytes(beside) != told:
        raise ConfigError(f"{beside}: is that of another sample; give another `--sheet`")
    if form == "xlsx" and how.size > _MOST_ROWS:
        raise ConfigError(
            f"a workbook holds {_MOST_ROWS:,} rows, not {how.size:,}; take `--format csv`"
        )
    (_write_workbook if form == "xlsx" else _write_csv)(path, rows, how)
    filesystem.write_bytes(beside, told)


def described(how: Draw) -> dict[str, Any]:
    """Returns how a sample was drawn, as the sheet and its sidecar say it."""
    return asdict(how) | {"method": how.method, "size": how.size}


def _write_csv(path: str, rows: Iterable[SheetRow], _: Draw) -> None:
    with filesystem.open_to_write(path) as stream:
        writer = csv.writer(codecs.getwriter("utf-8-sig")(stream))
        writer.writerow([column.header for column in COLUMNS])
        writer.writerows([csv_text(row[key]) for key in KEYS] for row in rows)


def _write_workbook(path: str, rows: Iterable[SheetRow], how: Draw) -> None:
    book = Workbook(write_only=True)
    _add_review(book, rows, how.size)
    _add_instructions(book, how)
    lists = book.create_sheet(_LISTS_SHEET)
    lists.sheet_state = "hidden"
    for reason in REASONS:
        lists.append([reason.label])
    metadata = book.create_sheet(METADATA_SHEET)
    metadata.sheet_state = "hidden"
    for name, value in described(how).items():
        metadata.append([name, json.dumps(value)])
    with filesystem.open_to_write(path) as stream:
        book.save(stream)


def _add_review(book: Workbook, rows: Iterable[SheetRow], size: int) -> None:
    sheet = book.create_sheet("审核")
    sheet.freeze_panes = "A2"
    sheet.sheet_format.defaultRowHeight = _ROW_POINTS
    sheet.sheet_format.customHeight = True
    for number, column in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{size + 1}"
    for key, formula in _lists().items():
        sheet.data_validations.append(_drop_down(key, formula, size))
    sheet.row_dimensions[1].height = 20
    sheet.append([_cell(sheet, column.header, is_head=True) for column in COLUMNS])
    for row in rows:
        sheet.append(
            [_cell(sheet, row[key], is_answer=key in ANSWERS, is_count=key == "no") for key in KEYS]
        )


def _lists() -> dict[str, str]:
    return {
        "verdict": f'"{",".join(CHOICES)}"',
        "reason": f"{_LISTS_SHEET}!$A$1:$A${len(REASONS)}",
    }


def _drop_down(key: str, formula: str, size: int) -> DataValidation:
    letter = get_column_letter(KEYS.index(key) + 1)
    return DataValidation(
        type="list",
        formula1=formula,
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="请从列表中选择",
        error="请从列表中选择 / choose from the list",
        sqref=f"{letter}2:{letter}{size + 1}",
    )


def _add_instructions(book: Workbook, how: Draw) -> None:
    sheet = book.create_sheet("说明")
    sheet.column_dimensions["A"].width = _INSTRUCTIONS_WIDTH
    for line in instructions(how):
        sheet.append([_cell(sheet, line)])


def _cell(
    sheet: Any, text: str, *, is_head: bool = False, is_answer: bool = False, is_count: bool = False
) -> WriteOnlyCell:
    """Returns a cell that holds text, whatever it looks like; a count is a number."""
    cell = WriteOnlyCell(sheet)
    if is_count:
        cell.value = int(text)
    elif text:
        cell.value = workbook_text(text)
        cell.data_type = "s"
        cell.quotePrefix = is_like_formula(text)
    cell.alignment = _TOP
    if is_head:
        cell.font, cell.fill = _BOLD, _HEAD_FILL
    elif is_answer:
        cell.fill = _ANSWER_FILL
    return cell
