"""Tables as text: comma-separated values, and what else programs call so."""

from __future__ import annotations

import csv
import io
import re

from education.importer.reading.decoding import decoded
from education.importer.reading.gathering import Content
from education.importer.reading.limits import LONGEST_LINE
from education.importer.reading.sheets import Reason, Row, Sheets
from education.importer.sources import FileRefused

_SEPARATORS = ",;\t|"

#: So much is looked at to tell what separates the cells.
_LOOKED_AT = 65_536

#: What a spreadsheet program would run: "=A1", "@SUM(A1)", "+cmd|' /C calc'!A1".
_FORMULA = re.compile(r"\s*(?:[=＝]|[+\-@＋－＠][\w. ]{0,60}(?:\(|\|[^!]{0,200}!))")


def read_separated(content: bytes) -> Content:
    """Questions and answers of a table. A cell that is a formula refuses its row."""
    text = decoded(content)
    sheets = Sheets()
    sheet = sheets.begin("")
    rows = csv.reader(
        io.StringIO(text, newline=""), delimiter=_separator(text), strict=True
    )
    begin = 1
    try:
        for number, cells in enumerate(rows, start=1):
            sheet.add(Row(number, tuple(cells), _why_refused(cells)))
            begin = rows.line_num + 1
    except csv.Error as error:
        raise FileRefused(
            f"A quotation mark is wrong in the row that begins at line {begin}: it is "
            "not closed, stands inside a cell alone, or the cell is longer than "
            f"{LONGEST_LINE:,} characters. Save the table as CSV again."
        ) from error
    return sheets.content()


def _why_refused(cells: list[str]) -> Reason:
    return Reason.FORMULA if any(map(_FORMULA.match, cells)) else Reason.NONE


def _separator(text: str) -> str:
    """What parts most rows of the beginning into the same number of cells."""
    beginning = text[:_LOOKED_AT]
    return max(_SEPARATORS, key=lambda sign: _agreeing(beginning, sign))


def _agreeing(beginning: str, separator: str) -> tuple[int, int]:
    widths: list[int] = []
    rows = csv.reader(io.StringIO(beginning, newline=""), delimiter=separator)
    try:
        widths.extend(len(row) for row in rows if row)
    except csv.Error:
        return (0, 0)
    if not widths or widths[0] < 2:
        return (0, 0)
    return (sum(width == widths[0] for width in widths), -widths[0])
