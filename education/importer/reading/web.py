"""Web pages: what a reader of the page would see as text, block by block.

The parser calls out for each tag and keeps no tree, so depth and size cost little.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from education.import_vocabulary import LineRole
from education.importer.reading.blocks import Block, add_blocks, table_blocks
from education.importer.reading.decoding import decoded
from education.importer.reading.gathering import Content, Lines
from education.importer.reading.limits import (
    DEEPEST,
    LONGEST_LINE,
    LONGEST_TAG,
    MOST_ELEMENTS,
    MOST_LINES,
)
from education.importer.sources import FileRefused

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TITLES = _HEADINGS | {"dt", "summary"}
_BLOCKS = _TITLES | {
    *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd"),
    *("details", "dialog", "div", "dl", "fieldset", "figcaption", "figure", "footer"),
    *("header", "hgroup", "hr", "html", "legend", "li", "main", "ol", "p", "pre", "ul"),
    *("section", "table", "tbody", "td", "tfoot", "th", "thead", "tr"),
}
#: Never text for a reader, so not worth a word either.
_SILENT = {
    *("applet", "audio", "canvas", "embed", "iframe", "map", "noframes", "noscript"),
    *("object", "script", "style", "svg", "template", "title", "video"),
}
_CONTROLS = frozenset(("button", "select", "textarea", "datalist", "option"))
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)
_ENCODINGS = {
    **dict.fromkeys(("iso-8859-1", "latin1", "windows-1252", "us-ascii"), "cp1252"),
    **{"iso-8859-15": "iso8859-15", "macintosh": "mac_roman"},
    **{"windows-1250": "cp1250", "iso-8859-2": "iso8859-2"},
}
_LEFT_OUT = {
    "hidden": "Left out: {} that a reader of the page does not see.",
    "menu": "Left out: {} of menus.",
    "form": "Left out: {} of forms.",
}


def read_web_page(content: bytes) -> Content:
    """Headings, paragraphs and list items, without scripts, menus and forms."""
    declared = _CHARSET.search(content[:2048])
    name = declared[1].decode("ascii").lower() if declared else ""
    return content_of(decoded(content, _ENCODINGS.get(name, "")))


_PICTURES = re.compile(r"\"data:[^\"]*\"")
_LONG_TAG = re.compile(rf"<[^<>]{{{LONGEST_TAG}}}")


def content_of(html: str) -> Content:
    """The same of text that is decoded already."""
    flow = flow_of(html)
    lines = Lines()
    add_blocks(lines, flow.blocks)
    return Content(tuple(lines.found), left_out=flow.left_out)


def flow_of(html: str) -> Flow:
    """The blocks of a page or of a piece of one."""
    flow = Flow()
    html = _PICTURES.sub('""', html)
    if _LONG_TAG.search(html):
        raise FileRefused(
            f"It has a tag of more than {LONGEST_TAG:,} characters. Open it in a "
            "browser and save it again."
        )
    if not html.strip():
        return flow
    parser = etree.HTMLParser(target=flow, encoding="utf-8", huge_tree=True)
    try:
        for begin in range(0, len(html), _FED):
            parser.feed(html[begin : begin + _FED].encode())
        parser.close()
    except etree.LxmlError as error:
        raise FileRefused(
            "It cannot be read as a web page. Open it in a browser and save it again."
        ) from error
    flow.flush()
    return flow


@dataclass
class _Open:
    """An element that has begun. An item's `role` is that of its next block."""

    tag: str
    role: LineRole | None = None


@dataclass
class _Table:
    begin: int
    row: int = 0
    column: int = 0
    holds_tables: bool = False


@dataclass
class Flow:
    """Blocks as they come; what the parser calls. `left_out` are sentences."""

    blocks: list[Block] = field(default_factory=list)
    _stack: list[_Open] = field(default_factory=list)
    _tables: list[_Table] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _place: str = ""
    _titles: int = 0
    _preformatted: int = 0
    _skipped: int = 0
    _skipping: str = ""
    _skipped_text: bool = False
    _elements: int = 0
    _counts: Counter[str] = field(default_factory=Counter)

    @property
    def left_out(self) -> tuple[str, ...]:
        return tuple(
            _LEFT_OUT[why].format("1 part" if count == 1 else f"{count} parts")
            for why, count in self._counts.items()
            if why in _LEFT_OUT
        )

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise FileRefused(
                f"It has more than {MOST_ELEMENTS:,} elements. Split it into smaller "
                "files."
            )
        if len(self._stack) + self._skipped > DEEPEST:
            raise FileRefused(
                f"Its elements stand more than {DEEPEST:,} deep in each other, as no "
                "page that people read has them. Copy its text into a text file."
            )
        if self._skipped:
            self._skipped += 1
            return
        why = self._why_skipped(tag, attributes)
        if why:
            self._skipped, self._skipping, self._skipped_text = 1, why, False
            return
        if tag == "br":
            self._break()
        if tag in _BLOCKS:
            self.flush()
        line = attributes.get("data-line", "")
        if line.isdecimal() and len(line) < 8:
            self._place = f"line {line}"
        self._stack.append(_Open(tag, self._role_inside(tag)))
        self._titles += tag in _TITLES
        self._preformatted += tag == "pre"
        self._enter_table(tag)

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
            if not self._skipped and self._skipped_text:
                self._counts[self._skipping] += 1
            return
        if tag in _BLOCKS:
            self.flush()
        if self._stack:
            self._stack.pop()
        self._titles -= tag in _TITLES
        self._preformatted -= tag == "pre"
        if tag == "table" and self._tables:
            self._leave_table()

    def data(self, text: str) -> None:
        if self._skipped:
            self._skipped_text = self._skipped_text or not text.isspace()
            return
        if self._preformatted and "\n" in text:
            for number, piece in enumerate(text.split("\n")):
                if number:
                    self.flush()
                self._keep(piece)
            return
        self._keep(text)

    def close(self) -> None:
        """Called by the parser at the end."""

    def flush(self) -> None:
        """End the block that text was gathered for, if there was any."""
        text = " ".join("".join(self._parts).split())
        self._parts.clear()
        self._length = 0
        if not text:
            return
        if len(self.blocks) == MOST_LINES:
            raise FileRefused(
                f"It has more than {MOST_LINES:,} lines. Split it into smaller files."
            )
        table = self._tables[-1] if self._tables else _Table(0)
        self.blocks.append(
            Block(text, self._next_role(text), self._place, table.row, table.column)
        )

    def _keep(self, text: str) -> None:
        self._length += len(text)
        if self._length > 2 * LONGEST_LINE:
            text = " ".join("".join([*self._parts, text]).split())
            self._parts.clear()
            self._length = len(text)
            if self._length > LONGEST_LINE:
                raise FileRefused(
                    f"It has more than {LONGEST_LINE:,} characters in one paragraph. "
                    "Break the text into paragraphs."
                )
        self._parts.append(text)

    def _why_skipped(self, tag: str, attributes: dict[str, str]) -> str:
        if tag in _SILENT:
            return "silent"
        if tag == "nav" or attributes.get("role") in ("navigation", "menu", "menubar"):
            return "menu"
        if tag == "form" or (tag in _CONTROLS and not self._titles):
            return "form"
        hidden = "hidden" in attributes or attributes.get("aria-hidden") == "true"
        if hidden or _INVISIBLE.search(attributes.get("style", "")):
            return "hidden"
        return ""

    def _role_inside(self, tag: str) -> LineRole | None:
        if tag in _HEADINGS:
            return LineRole.HEADING
        return {
            "li": LineRole.BULLET,
            "dt": LineRole.QUESTION,
            "summary": LineRole.QUESTION,
        }.get(tag)

    def _next_role(self, text: str) -> LineRole:
        """The role that the innermost element gives. An item gives its own once."""
        for element in reversed(self._stack[-_NEAR:]):
            role = element.role
            if role is LineRole.BULLET:
                element.role = LineRole.PLAIN
            if role is LineRole.QUESTION and not text.endswith("?"):
                return LineRole.HEADING
            if role is not None:
                return role
        return LineRole.PLAIN

    def _break(self) -> None:
        """A line break ends a line, but never a title or a list item."""
        inside = {element.tag for element in self._stack[-_NEAR:]}
        if self._titles or "li" in inside:
            self._keep(" ")
        else:
            self.flush()

    def _enter_table(self, tag: str) -> None:
        if tag == "table":
            if self._tables:
                self._tables[-1].holds_tables = True
            self._tables.append(_Table(len(self.blocks)))
        elif tag == "tr" and self._tables:
            self._tables[-1].row += 1
            self._tables[-1].column = 0
        elif tag in ("td", "th") and self._tables:
            self._tables[-1].column += 1

    def _leave_table(self) -> None:
        table = self._tables.pop()
        if not table.holds_tables and table.row:
            self.blocks[table.begin :] = table_blocks(self.blocks[table.begin :])


#: Characters given to the parser at once: it notices a refusal only after each.
_FED = 8192

#: So many elements around a text are asked for its role; a page nests less.
_NEAR = 30
