"""Markdown (CommonMark with tables) in which no text turns into markup.

Plain text is escaped whole. Rich text keeps what editors can choose: paragraphs,
headings, lists, bold, italic and links.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

#: What is told from a link's attributes: where it leads, or "" for nowhere.
Leads = Callable[[Mapping[str, str]], str]

SCHEMES = {"http", "https", "mailto", "tel"}
#: The headings of rich text stand under those of sections.
HEADINGS = {f"h{level}": max(level, 3) for level in range(1, 7)}
LISTS = {"ul", "ol"}
PARAGRAPHS = {"p", "div", "blockquote", "section", "article"}
MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}

_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_NUMBERED = re.compile(r"\d{1,9}[.)](?:\s|$)")
_HREF_SAFE = "%/:?#@!$&'*+,;=~-._"
#: Two runs of bold text, one behind the other, are one run.
_TWO_RUNS = re.compile(r"(?<![*\\])\*{4}(?!\*)")
#: Space in Markdown is what a reader sees as space; a line break is kept apart.
_SPACE = re.compile(r"\s+")
#: What XML forbids, and signs that turn the direction of the text around them.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)


def printable(text: str) -> str:
    """The text in one line, without characters that only machines see."""
    return _UNSEEN.sub("", _SPACE.sub(" ", text))


def escaped(text: str) -> str:
    """Plain text as one line of Markdown that says exactly that."""
    return at_start(_escaped_inside(text).strip())


def at_start(line: str) -> str:
    """A line that cannot be taken for a list, a rule or an underlined heading."""
    if line[:1] in "-+=" and line:
        return f"\\{line}"
    if _NUMBERED.match(line):
        return re.sub(r"^(\d+)", r"\1\\", line)
    return line


def _escaped_inside(text: str) -> str:
    special = _SPECIAL.sub(r"\\\g<0>", printable(text))
    return _ENTITY.sub(r"\\&", special)


def link(text: str, address: str) -> str:
    """A link; its words only, where the address is not one to follow."""
    return _link(escaped(text), address)


def _link(markdown: str, address: str) -> str:
    target = destination(address)
    return f"[{markdown}]({target})" if target and markdown else markdown


def destination(address: str) -> str:
    """An address as it stands in a link, or "" where it may not be followed."""
    address = printable(address).strip()
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        return ""
    if scheme not in SCHEMES:
        return ""
    return _ENTITY.sub("&amp;", quote(address, safe=_HREF_SAFE))


def heading(level: int, text: str) -> str:
    return f"{'#' * level} {escaped(text)}"


def listed(items: Iterable[str], numbered: bool = False) -> str:
    """A list of items that are Markdown already."""
    rows = []
    for number, item in enumerate(items, start=1):
        sign = f"{number}. " if numbered else "- "
        rows.append(sign + item.replace("\n", "\n" + " " * len(sign)))
    return "\n".join(rows)


def quoted(markdown: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in markdown.split("\n"))


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of plain text."""
    lines = [columns, ["---"] * len(columns), *rows]
    said = [
        [cell if place == 1 else escaped(cell) for cell in line]
        for place, line in enumerate(lines)
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in said)


def joined(parts: Iterable[str]) -> str:
    """Blocks of Markdown, one under the other."""
    return "\n\n".join(part for part in parts if part)


@dataclass(frozen=True)
class RichText:
    """Turns rich text into Markdown; `leads` says where each link goes."""

    leads: Leads

    def __call__(self, source: str) -> str:
        return joined(self._blocks(BeautifulSoup(source, "html.parser")))

    def _blocks(self, node: Tag) -> list[str]:
        found: list[str] = []
        run = ""
        for child in node.children:
            name = getattr(child, "name", None)
            if name not in LISTS | PARAGRAPHS | HEADINGS.keys():
                run += self._inline(child)
                continue
            found.append(_paragraph(run))
            run = ""
            if name in LISTS:
                items = child.find_all("li", recursive=False)
                found.append(listed(map(self._item, items), numbered=name == "ol"))
            elif name in HEADINGS:
                words = _in_one_line(self._children(child))
                found.append(f"{'#' * HEADINGS[name]} {words}" if words else "")
            else:
                found += self._blocks(child)
        return [part for part in (*found, _paragraph(run)) if part]

    def _item(self, node: Tag) -> str:
        first, *rest = self._blocks(node) or [""]
        is_tight = all(part.startswith(("- ", "1. ")) for part in rest)
        return ("\n" if is_tight else "\n\n").join([first, *rest])

    def _children(self, node: Tag) -> str:
        return "".join(map(self._inline, node.children))

    def _inline(self, node: PageElement) -> str:
        if not isinstance(node, Tag):
            # Comments and the like are strings, too, of classes of their own.
            return _escaped_inside(node) if type(node) is NavigableString else ""
        if node.name == "br":
            return "\n"
        if node.name in ("script", "style"):
            return ""
        inside = self._children(node)
        if node.name == "a":
            return _around(inside, lambda words: _link(words, self.leads(node.attrs)))
        mark = MARKS.get(node.name, "")
        return _around(inside, lambda words: f"{mark}{words}{mark}" if mark else words)


def _around(inside: str, change: Callable[[str], str]) -> str:
    """Change what is inside, but leave the space around it outside."""
    words = _in_one_line(inside)
    if not words:
        return inside
    before = " " if inside[0].isspace() else ""
    after = " " if inside[-1].isspace() else ""
    return f"{before}{change(words)}{after}"


def _in_one_line(markdown: str) -> str:
    return _SPACE.sub(" ", markdown).strip()


def _paragraph(run: str) -> str:
    lines = [at_start(_in_one_line(line)) for line in run.strip().split("\n")]
    return _TWO_RUNS.sub("", "\\\n".join(line for line in lines if line))
