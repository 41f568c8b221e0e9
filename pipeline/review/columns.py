"""The columns of a review sheet."""

from dataclasses import dataclass
from typing import Literal

from jingyu.pipeline.review.verdicts import folded

Format = Literal["xlsx", "csv"]
"""What a sheet is written as."""


@dataclass(frozen=True)
class Column:
    """A column of the sheet."""

    key: str
    chinese: str
    width: int
    """In characters of the spreadsheet."""

    @property
    def header(self) -> str:
        """What stands in the first row."""
        return f"{self.chinese} {self.key}"


COLUMNS = (
    Column("no", "序号", 7),
    Column("document_id", "文档编号", 18),
    Column("text", "正文", 80),
    Column("url", "网址", 28),
    Column("host", "站点", 18),
    Column("title", "标题", 22),
    Column("published_at", "发布日期", 12),
    Column("captured_at", "抓取时间", 12),
    Column("evidence", "证据", 28),
    Column("verdict", "结论", 10),
    Column("reason", "原因", 26),
    Column("note", "备注", 26),
)
KEYS = tuple(column.key for column in COLUMNS)
ANSWERS = ("verdict", "reason", "note")
"""The columns that reviewers fill in."""
NEEDED = ("document_id", "verdict", "reason")
"""The columns that a filled-in sheet must have."""
_BY_NAME = {
    folded(name): column.key
    for column in COLUMNS
    for name in (column.key, column.chinese, column.header)
}


def header_of(key: str) -> str:
    """Returns what stands in the first row of a column."""
    return COLUMNS[KEYS.index(key)].header


def key_of(header: str) -> str | None:
    """Returns the column that a header names, in Chinese, English or both."""
    return _BY_NAME.get(folded(header))


def cell_name(position: int, row: int) -> str:
    """Returns the name that spreadsheets give a cell, such as `J12`.

    Args:
        position: Place of the column, from 0.
        row: Number of the row, from 1.
    """
    letters, rest = "", position + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"
