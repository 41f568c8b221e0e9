"""The cells of a workbook that somebody saved."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Sequence
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from jingyu.filters.settings.errors import InputError

Cells = Sequence[str]
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_BROKEN = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, SyntaxError, EOFError, LookupError,
    ValueError, TypeError, AttributeError, NotImplementedError, RuntimeError, OSError,
)  # fmt: skip
"""What openpyxl and the libraries below it raise on damaged files."""


def is_workbook(content: bytes) -> bool:
    """Returns whether a file may be a workbook: a ZIP archive."""
    return content.startswith(_ZIP)


def is_old_workbook(content: bytes) -> bool:
    """Returns whether a file is in the format of before 2007, in which encrypted ones are too."""
    return content.startswith(_OLE)


def read_workbook(path: str, content: bytes) -> dict[str, list[Cells]]:
    """Returns the cells of each sheet as texts, by the sheet's title.

    Raises:
        InputError: The content is no workbook, or damaged; the message names the path.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of drop-down lists and styles, which are not read
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            return {sheet.title: _cells(sheet) for sheet in book.worksheets}
    except _BROKEN as error:
        raise InputError(
            f"{path}: cannot be read as a workbook; open it and save it as .xlsx (Excel) or as "
            ".csv (UTF-8)"
        ) from error


def _cells(sheet: Any) -> list[Cells]:
    sheet.reset_dimensions()  # some programs state them wrongly
    return [
        ["" if value is None else str(value) for value in row]
        for row in sheet.iter_rows(values_only=True)
    ]
