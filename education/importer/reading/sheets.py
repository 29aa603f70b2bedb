"""Rows of tables that hold questions and answers, from whatever kind of file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from education.import_vocabulary import LineRole
from education.importer.reading.columns import Columns, columns_by_header
from education.importer.reading.gathering import Content, Lines
from education.importer.reading.limits import LONGEST_LINE, MOST_COLUMNS
from education.importer.sources import FileRefused, RefusedRow

_MOST_NAMED = 20


class Reason(Enum):
    """Why a row cannot be read, as a sentence."""

    NONE = ""
    FORMULA = "A cell holds a formula. Formulas are not read: put its value there."
    ERROR = "A cell holds an error of the spreadsheet. Put its text there."


_NO_QUESTION = "There is an answer but no question."
_TOO_LONG = f"A cell holds more than {LONGEST_LINE:,} characters."


@dataclass(frozen=True)
class Row:
    """The cells of a row as text. `why_refused` is NONE where they can be read."""

    number: int
    cells: tuple[str, ...]
    why_refused: Reason = Reason.NONE

    @property
    def is_blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


def letters_of(column: int) -> str:
    """The name of a column in spreadsheets, for a place from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


@dataclass
class Sheets:
    """All tables of one file."""

    lines: Lines = field(default_factory=Lines)
    refused: list[RefusedRow] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)

    def begin(self, name: str) -> Sheet:
        sheet = Sheet(self, name)
        self.sheets.append(sheet)
        return sheet

    def content(self) -> Content:
        """What was read. Raises `FileRefused` where every row was refused."""
        if not self.lines.found and self.refused:
            raise FileRefused(
                f"No row of it can be read. {self.refused[0].place}: "
                f"{self.refused[0].why}"
            )
        unread = [said for sheet in self.sheets for said in sheet.unread()]
        return Content(
            tuple(self.lines.found),
            left_out=(*self.left_out, *unread),
            refused=tuple(self.refused),
        )


@dataclass
class Sheet:
    """One table. The first row that is not blank may be its header."""

    whole: Sheets
    name: str
    columns: Columns | None = None
    header: tuple[str, ...] = ()
    others: set[int] = field(default_factory=set)

    def add(self, row: Row) -> None:
        if len(row.cells) > MOST_COLUMNS:
            raise FileRefused(
                f"{self._row(row)} has more than {MOST_COLUMNS} columns. Keep one "
                "column of questions and one of answers."
            )
        if row.is_blank:
            return
        if self.columns is None:
            self.columns = columns_by_header(row.cells)
            if self.columns is not None:
                self.header = row.cells
                return
            self.columns = Columns(0, 1)
        why = self._why_refused(row, self.columns)
        if why:
            self.whole.refused.append(RefusedRow(self._row(row), why))
            return
        self._keep(row, self.columns)

    def unread(self) -> Iterable[str]:
        """A sentence on the columns that held something else."""
        if self.others:
            names = [self._column(column) for column in sorted(self.others)]
            more = ", ..." if len(names) > _MOST_NAMED else ""
            of_sheet = f" of {self.name}" if self.name else ""
            yield f"Left out{of_sheet}: column {', '.join(names[:_MOST_NAMED])}{more}."

    def _why_refused(self, row: Row, columns: Columns) -> str:
        if row.why_refused is not Reason.NONE:
            return row.why_refused.value
        if any(len(cell) > LONGEST_LINE for cell in row.cells):
            return _TOO_LONG
        asked = _cell(row, columns.question)
        answered = columns.answer is not None and _cell(row, columns.answer)
        return _NO_QUESTION if answered and not asked else ""

    def _keep(self, row: Row, columns: Columns) -> None:
        section = "" if columns.topic is None else _cell(row, columns.topic)
        for column, text in enumerate(row.cells):
            if not text.strip():
                continue
            if column == columns.question:
                role = LineRole.QUESTION
            elif column == columns.answer:
                role = LineRole.ANSWER
            else:
                if column != columns.topic:
                    self.others.add(column)
                continue
            place = f"cell {letters_of(column)}{row.number}"
            place = f"{self.name}, {place}" if self.name else place
            clean = text.replace("\r\n", "\n").replace("\r", "\n").strip()
            self.whole.lines.add(clean, place, role, section)

    def _row(self, row: Row) -> str:
        return f"{self.name}, row {row.number}" if self.name else f"row {row.number}"

    def _column(self, column: int) -> str:
        named = self.header[column].strip() if column < len(self.header) else ""
        return f"{letters_of(column)} ({named[:60]})" if named else letters_of(column)


def _cell(row: Row, column: int) -> str:
    return row.cells[column].strip() if column < len(row.cells) else ""
