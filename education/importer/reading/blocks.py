"""Blocks of formatted text, and what a table of questions and answers makes of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from education.import_vocabulary import LineRole
from education.importer.reading.columns import (
    Columns,
    columns_by_header,
    columns_by_questions,
)
from education.importer.reading.gathering import Lines


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, a list item or a cell. `place` may be "" for its number.

    `row` and `column` count from 1 in a table, and are 0 outside of one.
    """

    text: str
    role: LineRole = LineRole.PLAIN
    place: str = ""
    row: int = 0
    column: int = 0


def add_blocks(lines: Lines, blocks: Iterable[Block], section: str = "") -> None:
    """Number the blocks, each a line."""
    for block in blocks:
        place = block.place or f"paragraph {len(lines.found) + 1}"
        lines.add(block.text, place, block.role, section)


def table_blocks(blocks: list[Block]) -> list[Block]:
    """Blocks of one table: its questions and answers as such, where it holds those.

    An answer of several paragraphs is one block then. Any other table stays as it is.
    """
    grid: dict[int, dict[int, list[Block]]] = {}
    for block in blocks:
        grid.setdefault(block.row, {}).setdefault(block.column, []).append(block)
    if not grid:
        return []
    width = max(max(row) for row in grid.values())
    if width > 50:
        return blocks
    rows = [
        ["\n".join(b.text for b in row.get(n + 1, ())) for n in range(width)]
        for row in grid.values()
    ]
    columns = columns_by_header(rows[0])
    if columns and columns.answer is not None:
        return _answered(list(grid.values())[1:], columns)
    columns = columns_by_questions(rows)
    return _answered(list(grid.values()), columns) if columns else blocks


def _answered(rows: list[dict[int, list[Block]]], columns: Columns) -> list[Block]:
    found = []
    for row in rows:
        for column, held in sorted(row.items()):
            role = LineRole.PLAIN
            if column - 1 == columns.question:
                role = LineRole.QUESTION
            elif column - 1 == columns.answer:
                role = LineRole.ANSWER
            text = "\n".join(block.text for block in held)
            found.append(replace(held[0], text=text, role=role))
    return found
