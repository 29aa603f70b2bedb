"""Questions and pieces of content in the order of the document.

A piece is a paragraph with the bullets that follow it, or a run of bullets, with the
heading above. It is the smallest thing that can answer a question.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from education.import_vocabulary import LineRole
from education.importer.understanding.units import Kind, Unit

#: Blank lines divide regions only where they are rarer than this.
RARE_BLANKS = 0.3


@dataclass(frozen=True)
class Asked:
    """A question; `place` counts questions and pieces, `region` what blanks divide."""

    unit: Unit
    place: int
    region: int


@dataclass(frozen=True)
class Piece:
    """Content that belongs together. `run` is the question that it comes after."""

    heading: Unit | None
    body: tuple[Unit, ...]
    place: int
    region: int
    run: int

    @property
    def section(self) -> str:
        return self.body[0].line.section

    @property
    def is_answer(self) -> bool:
        """Whether the format itself says that this is an answer."""
        first = self.body[0]
        return first.line.role == LineRole.ANSWER or (
            first.is_certain and first.kind is Kind.PARAGRAPH
        )


@dataclass
class Outline:
    """The questions and pieces of a document, and headings with nothing under them."""

    questions: list[Asked]
    pieces: list[Piece]
    orphans: list[Unit]


def outline(found: list[Unit]) -> Outline:
    """Lay out the units of a document as questions and pieces."""
    made = Outline([], [], [])
    regions = _regions(found)
    heading: Unit | None = None
    body: list[Unit] = []

    def close() -> None:
        nonlocal heading
        if body:
            region = regions[(heading or body[0]).number]
            place = len(made.questions) + len(made.pieces)
            run = len(made.questions) - 1
            made.pieces.append(Piece(heading, tuple(body), place, region, run))
            body.clear()
        elif heading:
            made.orphans.append(heading)
        heading = None

    for unit in found:
        if unit.kind is Kind.QUESTION:
            close()
            place = len(made.questions) + len(made.pieces)
            made.questions.append(Asked(unit, place, regions[unit.number]))
        elif unit.kind is Kind.HEADING:
            close()
            heading = unit
        elif unit.is_body:
            if body and not _goes_on(body, unit):
                close()
            body.append(unit)
    close()
    return made


def _goes_on(body: list[Unit], unit: Unit) -> bool:
    """Whether a unit belongs to the piece above.

    A bullet does after another one, and after a paragraph that announces it.
    """
    last = body[-1]
    if unit.kind is not Kind.BULLET or unit.line.section != last.line.section:
        return False
    end = last.line.text.rstrip()[-1:]
    return last.kind is Kind.BULLET or end in ":-–," or end.isalnum()


def _regions(found: list[Unit]) -> dict[int, int]:
    """Number the regions of a document: what blank lines divide, where they are rare.

    Where nearly every line is followed by a blank one, only more of them divide.
    """
    gaps = list(_gaps(found))
    blank = sum(1 for _, before in gaps if before)
    usual = 0 if blank <= RARE_BLANKS * max(len(gaps), 1) else 1
    regions, region, section = {}, 0, None
    for unit, before in gaps:
        if before > usual or (section is not None and unit.line.section != section):
            region += 1
        section = unit.line.section
        regions[unit.number] = region
    return regions


def _gaps(found: Iterable[Unit]) -> Iterable[tuple[Unit, int]]:
    """Each unit that says something, and how many blank lines stand before it."""
    before = 0
    for unit in found:
        if unit.kind is Kind.BLANK:
            before += 1
        else:
            yield unit, before
            before = 0
