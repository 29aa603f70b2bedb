"""Workbooks of Excel. What a formula would come to is never asked."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from education.importer.reading.gathering import Content, keepable
from education.importer.reading.packages import DAMAGED, checked
from education.importer.reading.sheets import Reason, Row, Sheet, Sheets
from education.importer.sources import FileRefused

#: As many rows as a sheet of Excel can have; more are only claimed.
_MOST_ROWS = 1_048_576


def read_workbook(content: bytes) -> Content:
    """Questions and answers of every sheet that shows."""
    package = checked(content)
    sheets = Sheets()
    try:
        book = load_workbook(io.BytesIO(package.content), read_only=True)
        _read_sheets(book, sheets)
    except FileRefused:
        raise
    except Exception as error:  # what a damaged workbook raises has no common name
        raise FileRefused(DAMAGED) from error
    return sheets.content()


def _read_sheets(book: Workbook, sheets: Sheets) -> None:
    for shown in book.worksheets:
        if shown.sheet_state != "visible":
            sheets.left_out.append(f"Left out: the hidden sheet {shown.title[:40]}.")
            continue
        shown.reset_dimensions()
        _read_rows(shown, sheets.begin(keepable(str(shown.title)[:40])))


def _read_rows(shown: Any, sheet: Sheet) -> None:
    for number, cells in enumerate(shown.iter_rows(), start=1):
        if number > _MOST_ROWS:
            raise FileRefused(DAMAGED)
        if cells:
            sheet.add(Row(number, tuple(map(_text, cells)), _why_refused(cells)))


def _why_refused(cells: tuple[Any, ...]) -> Reason:
    kinds = {cell.data_type for cell in cells}
    if "f" in kinds:
        return Reason.FORMULA
    return Reason.ERROR if "e" in kinds else Reason.NONE


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime) and not (value.hour or value.minute):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
