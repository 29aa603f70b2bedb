"""Word documents. What they say is read from their paragraphs, not from their look."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from education.import_vocabulary import LineRole
from education.importer.reading.blocks import Block, add_blocks, table_blocks
from education.importer.reading.gathering import Content, Lines
from education.importer.reading.packages import DAMAGED, Package, checked
from education.importer.sources import FileRefused

_HEADING = re.compile(r"(?:heading [1-9]|title|subtitle)", re.I)
_LIST = re.compile(r"list(?: |$)", re.I)

#: Never read: a second form of what stands beside it, and what was struck out.
_PASSED_OVER = frozenset(
    qn(name)
    for name in ("w:del", "w:moveFrom", "w:txbxContent", "w:instrText", "w:delText")
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}

_LEFT_OUT = (
    ("text box", "text boxes", qn("w:txbxContent")),
    ("deleted passage", "deleted passages", qn("w:del")),
)
_PARTS_LEFT_OUT = (
    ("comments", re.compile(r"word/comments\.xml")),
    ("footnotes", re.compile(r"word/(?:footnotes|endnotes)\.xml")),
    ("headers and footers", re.compile(r"word/(?:header|footer)\d*\.xml")),
    ("pictures", re.compile(r"word/media/.")),
    ("embedded files", re.compile(r"word/embeddings/.")),
)


def read_word(content: bytes) -> Content:
    """Headings, paragraphs, list items and tables, in reading order."""
    package = checked(content)
    lines = Lines()
    try:
        document = Document(io.BytesIO(package.content))
        add_blocks(lines, _Body(document).blocks())
        left_out = tuple(_left_out(document, package))
    except FileRefused:
        raise
    except Exception as error:  # what a damaged document raises has no common name
        raise FileRefused(DAMAGED) from error
    return Content(tuple(lines.found), left_out=left_out)


@dataclass
class _Body:
    """The blocks of a document, whose styles say what is a heading or a list item."""

    document: WordDocument

    def __post_init__(self) -> None:
        self._roles: dict[str, LineRole] = {}
        self._tables = 0

    def blocks(self) -> Iterator[Block]:
        yield from self._inside(self.document.element.body)

    def _inside(self, element: Any) -> Iterator[Block]:
        """Blocks in an element. The parser has bounded how deep elements stand."""
        for child in element.iterchildren():
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child)
            elif child.tag not in _PASSED_OVER:
                yield from self._inside(child)

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        role = self._role(paragraph)
        text = "".join(_pieces(paragraph))
        pieces = [text] if role is not LineRole.PLAIN else text.split("\n")
        for piece in pieces:
            if said := " ".join(piece.split()):
                yield Block(said, role)

    def _table(self, table: Any) -> Iterator[Block]:
        self._tables += 1
        number = self._tables
        found = []
        for row_number, row in enumerate(_nearest(table, "w:tr"), start=1):
            for column, cell in enumerate(_nearest(row, "w:tc"), start=1):
                place = f"table {number}, row {row_number}, cell {column}"
                found.extend(
                    Block(block.text, block.role, place, row_number, column)
                    for block in self._inside(cell)
                )
        yield from table_blocks(found)

    def _role(self, paragraph: Any) -> LineRole:
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if own := _own_role(paragraph.find(qn("w:pPr"))):
            return own
        named = "" if style is None else style.get(qn("w:val"), "")
        return self._role_of_style(named)

    def _role_of_style(self, identifier: str) -> LineRole:
        """What a style or one that it builds on says."""
        if identifier not in self._roles:
            self._roles[identifier] = LineRole.PLAIN  # where styles go in a circle
            self._roles[identifier] = self._look_up(identifier)
        return self._roles[identifier]

    def _look_up(self, identifier: str) -> LineRole:
        style = self.document.styles.element.get_by_id(identifier)
        for _ in range(10):
            if style is None:
                break
            name = style.name_val or ""
            if _HEADING.fullmatch(name):
                return LineRole.HEADING
            if own := _own_role(style.find(qn("w:pPr"))):
                return own
            if _LIST.match(name):
                return LineRole.BULLET
            style = style.base_style
        return LineRole.PLAIN


def _own_role(properties: Any) -> LineRole | None:
    """What the properties of a paragraph or a style say themselves."""
    if properties is None:
        return None
    level = properties.find(qn("w:outlineLvl"))
    if level is not None and level.get(qn("w:val"), "9") != "9":
        return LineRole.HEADING
    listed = properties.find(f"{qn('w:numPr')}/{qn('w:numId')}")
    if listed is not None:
        return LineRole.PLAIN if listed.get(qn("w:val")) == "0" else LineRole.BULLET
    return None


def _pieces(paragraph: Any) -> Iterator[str]:
    """The text of a paragraph, links and inserted passages too; breaks as line ends."""
    for child in paragraph.iterchildren():
        tag = child.tag
        if tag == qn("w:t"):
            yield child.text or ""
        elif tag == qn("w:tab"):
            yield " "
        elif tag in (qn("w:br"), qn("w:cr")):
            yield "\n"
        elif tag == qn("w:noBreakHyphen"):
            yield "-"
        elif tag not in _PASSED_OVER and tag != qn("w:pPr") and not _is_hidden(child):
            yield from _pieces(child)


def _is_hidden(run: Any) -> bool:
    return run.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None


def _nearest(element: Any, name: str) -> Iterator[Any]:
    """Rows or cells, also those in a content control, but not of a table inside."""
    for child in element.iterchildren():
        if child.tag == qn(name):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml")):
            yield from _nearest(child, name)


def _left_out(document: WordDocument, package: Package) -> Iterator[str]:
    body = document.element.body
    for one, many, tag in _LEFT_OUT:
        fallback = (
            "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
        )
        found = sum(
            next(element.iterancestors(fallback), None) is None
            for element in body.iter(tag)
        )
        if found:
            yield f"Left out: {found:,} {one if found == 1 else many}."
    if next(body.iter(qn("w:vanish")), None) is not None:
        yield "Left out: hidden text."
    for what, pattern in _PARTS_LEFT_OUT:
        if any(pattern.match(name) for name in package.names):
            yield f"Left out: {what}."
