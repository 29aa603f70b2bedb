"""Pages as tables for people: one a kind, a page a row, text without its marks."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from wagtail.fields import RichTextField

from education.page_files.building import PAGE_TYPES
from education.page_files.keys import BESIDE, LINKS_OF, PARTS_OF
from education.page_files.reading import IN_ORDER
from education.page_files.shape import FOLDERS, PageDocument, TagRow
from education.richtext import plain_text
from education.spreadsheets import harmless
from education.vocabulary import CareLevel, HealthAspect, Kind

Documents = Callable[[Kind], Iterator[PageDocument]]
Row = Sequence[str]

#: What a cell of a workbook holds at most.
CELL = 32_767
CUT = " [cut here: a cell holds no more]"
TAG_COLUMNS = ("address", "tag", "group", "description")


def write_csv(folder: Path, documents: Documents, tags: Sequence[TagRow]) -> None:
    """One file a kind, and one of the tags; in UTF-8 with the mark that Excel wants."""
    for name, rows in _tables(documents, tags):
        path = folder / f"{name}.csv"
        with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
            csv.writer(file).writerows([harmless(cell) for cell in row] for row in rows)


def write_workbook(path: Path, documents: Documents, tags: Sequence[TagRow]) -> None:
    """One workbook with a sheet a kind, and one of the tags."""
    book = Workbook(write_only=True)
    for name, rows in _tables(documents, tags):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([_cell(sheet, text) for text in row])
    book.save(path)


def _cell(sheet: Any, text: str) -> WriteOnlyCell:
    shown = ILLEGAL_CHARACTERS_RE.sub("", harmless(text))
    shown = shown.encode("utf-8", "replace").decode()
    if len(shown) > CELL:
        shown = shown[: CELL - len(CUT)] + CUT
    cell = WriteOnlyCell(sheet, shown)
    cell.data_type = "s"  # never an error value, whatever it looks like
    return cell


def _tables(
    documents: Documents, tags: Sequence[TagRow]
) -> Iterator[tuple[str, Iterable[Row]]]:
    for kind in IN_ORDER:
        yield FOLDERS[kind], _table(kind, documents(kind))
    rows = ([tag.slug, tag.label, tag.group.label, tag.description] for tag in tags)
    yield "tags", _with_head(TAG_COLUMNS, rows)


def _with_head(head: Row, rows: Iterable[Row]) -> Iterator[Row]:
    yield [name.replace("_", " ").capitalize() for name in head]
    yield from rows


def _table(kind: Kind, documents: Iterable[PageDocument]) -> Iterator[Row]:
    links, parts = LINKS_OF[kind], (*PARTS_OF[kind], *BESIDE)
    first = ("address", "title", "summary", "tags", *links)
    last = ("care_cards", "other_words", "codes", "sources", "months_until_review")
    rows = (_page(document, links, parts) for document in documents)
    return _with_head((*first, *parts, *last), rows)


def _page(
    document: PageDocument, links: Iterable[str], parts: Iterable[str]
) -> list[str]:
    return [
        document.slug,
        document.title,
        document.summary,
        ", ".join(document.tags),
        *(", ".join(document.links.get(name, ())) for name in links),
        *(_part(document, name) for name in parts),
        _lines(_card(row) for row in document.care_cards),
        _lines(f"{row.text} ({row.kind.label})" for row in document.aliases),
        _lines(
            f"{row.system.label} {row.code} {row.display}" for row in document.codes
        ),
        _lines(
            f"{row.title}. {row.publisher}. {row.url}" for row in document.references
        ),
        str(document.review_interval_months or ""),
    ]


def _lines(rows: Iterable[str]) -> str:
    return "\n".join(rows)


def _part(document: PageDocument, name: str) -> str:
    value = document.parts.get(name, "")
    if name == "brands":
        rows = ([row["name"], row["status"], row["note"]] for row in value)
        return _lines(", ".join(filter(None, row)) for row in rows)
    if isinstance(value, (list, tuple)):
        say = {"sections": _section, "answer": _passage}.get(name, _card)
        return _lines(say(row) for row in value)
    if isinstance(PAGE_TYPES[document.kind]._meta.get_field(name), RichTextField):
        return plain_text(value)
    return ("yes" if value else "") if isinstance(value, bool) else value


def _card(row: dict[str, Any]) -> str:
    level = CareLevel(row["level"]).label if row["level"] else ""
    signs = [f"- {sign}" for sign in row["reasons"]]
    head = f"{level}. {row['heading']}" if level else row["heading"]
    return _lines(filter(None, [head, *signs, plain_text(row.get("action", ""))]))


def _section(row: dict[str, Any]) -> str:
    usual = HealthAspect(row["aspect"]).label if row["aspect"] else ""
    return _lines([row.get("heading") or usual, *map(_passage, row["body"])])


def _passage(row: dict[str, Any]) -> str:
    kind = row["type"]
    if kind in ("text", "tip"):
        return plain_text(row["value"])
    if kind == "table":
        lines = [row["columns"], *row["rows"]]
        return _lines([row["caption"], *(" | ".join(cells) for cells in lines)])
    if kind == "steps":
        items = [f"{place}. {item}" for place, item in enumerate(row["items"], 1)]
    else:
        before = "Do: " if kind == "do" else "Do not "
        items = [f"{before}{item}" for item in row["items"]]
    return _lines(filter(None, [row.get("heading"), *items]))
