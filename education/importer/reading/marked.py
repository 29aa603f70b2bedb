"""Markdown, by way of the web page that it stands for."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from education.importer.reading.decoding import decoded
from education.importer.reading.gathering import Content
from education.importer.reading.limits import (
    LARGEST_MARKDOWN,
    LONGEST_LINE,
    MEGABYTE,
    MOST_LINES,
)
from education.importer.reading.web import content_of
from education.importer.sources import FileRefused

#: The parser leaves out what is nested deeper, so it is refused before.
_DEEPEST = 60

#: What a link begins with. The time that each takes grows with their number.
_MOST_BRACKETS = 100

#: Beginnings and ends of blocks.
_MOST_TOKENS = 400_000

#: Signs that are looked into one by one.
_MARKS = "[]*_`!<&\\"
_MOST_MARKS = 100_000

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\n(?:.{0,2000}\n){0,100}?---[ \t]*\n")


def read_markdown(content: bytes) -> Content:
    """Headings, paragraphs and list items. HTML in it is read as a web page is."""
    if len(content) > LARGEST_MARKDOWN:
        raise FileRefused(
            f"It is larger than {LARGEST_MARKDOWN // MEGABYTE} MB. Split it into "
            "smaller files."
        )
    text = decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > MOST_LINES:
        raise FileRefused(
            f"It has more than {MOST_LINES:,} lines. Split it into smaller files."
        )
    if sum(map(text.count, _MARKS)) > _MOST_MARKS:
        raise FileRefused(
            f"It has more than {_MOST_MARKS:,} marks of Markdown. Split it into "
            "smaller files."
        )
    front = _FRONT_MATTER.match(text)
    if front:
        text = "\n" * front[0].count("\n") + text[front.end() :]
    found = content_of(_as_html(text))
    said = ("Left out: the settings at the top of the file.",) if front else ()
    return Content(found.lines, left_out=said + found.left_out)


def _as_html(text: str) -> str:
    """Block by block, so that what one needs is gone before the next."""
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST, "html": True})
    parser.enable("table")
    parser.block.ruler.before("table", "limits", _hold_to_limits)
    parser.core.ruler.enableOnly(["normalize", "block"])
    environment: dict = {}
    html = []
    for token in parser.parse(text, environment):
        if token.level + 2 >= _DEEPEST:
            raise FileRefused(
                f"Its lists or quotations stand more than {_DEEPEST // 2} deep in each "
                "other. Copy its text into a text file."
            )
        html.append(_piece(parser, token, environment))
    return "".join(html)


def _hold_to_limits(state: StateBlock, begin: int, end: int, silent: bool) -> bool:
    """A rule that matches nothing: a short table may stand for very many cells."""
    if len(state.tokens) > _MOST_TOKENS:
        raise FileRefused(
            "Its tables and lists have too many parts. Split it into smaller files."
        )
    return False


def _piece(parser: MarkdownIt, token: Token, environment: dict) -> str:
    if token.map and token.nesting == 1:
        token.attrSet("data-line", str(token.map[0] + 1))
    if token.type != "inline":
        return parser.renderer.render([token], parser.options, environment)
    if len(token.content) > LONGEST_LINE:
        raise FileRefused(
            f"It has more than {LONGEST_LINE:,} characters in one paragraph. Break the "
            "text into paragraphs."
        )
    if token.content.count("[") > _MOST_BRACKETS:
        raise FileRefused(
            f"It has more than {_MOST_BRACKETS} square brackets in one paragraph. "
            "Break the text into paragraphs."
        )
    children: list[Token] = []
    parser.inline.parse(token.content, parser, environment, children)
    return parser.renderer.renderInline(children, parser.options, environment)
