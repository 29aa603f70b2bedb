"""Pieces of a file as the desk shows them: found words, warnings, places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from education.import_vocabulary import AnswerState, Damage, Danger
from education.importer.findings import Answer, Contradiction, Flag, Group
from education.importer.passages import Block, Mark
from education.models import ImportedFile, ImportedLine

#: How damaged words are highlighted, beside the dangers.
DAMAGED = "damaged"
#: The gravest first: where two meet, the graver shows.
LEVELS = (*Danger.values, DAMAGED)
ICONS = {
    Danger.CRITICAL: "warning",
    Danger.HIGH: "warning",
    Danger.MEDIUM: "info-circle",
    Danger.LOW: "info-circle",
}


@dataclass(frozen=True)
class Span:
    """Where a warning lies in a line. Both 0: the whole line."""

    start: int
    end: int
    level: str


@dataclass(frozen=True)
class Stretch:
    """Some words of a line, and how they are highlighted: one of LEVELS, or ""."""

    text: str
    level: str = ""


@dataclass(frozen=True)
class ShownLine:
    """A line as it was found. `level` is that of a warning about the whole of it."""

    place: str
    stretches: tuple[Stretch, ...]
    level: str = ""


@dataclass(frozen=True)
class Caution:
    """A flag or a mark, in words. `level` is one of LEVELS, `to_do` may be ""."""

    level: str
    label: str
    icon: str
    why: str
    to_do: str
    place: str


@dataclass(frozen=True)
class ShownAnswer:
    """One answer of a group. `number` is its place from 0; 0 is the best."""

    number: int
    state: str
    is_usable: bool
    is_displaced: bool
    blocks: tuple[Block, ...]
    cautions: tuple[Caution, ...]
    lines: tuple[ShownLine, ...]
    is_chosen: bool

    @property
    def name(self) -> str:
        return f"Answer {self.number + 1}"

    @property
    def key(self) -> str:
        """The single key that chooses it; the tenth and later have none."""
        return str(self.number + 1) if self.number < 9 else ""

    @property
    def gravest(self) -> str:
        """The level of its gravest warning, or ""."""
        return self.cautions[0].level if self.cautions else ""


@dataclass(frozen=True)
class ShownSide:
    """What one answer says of a matter on which answers differ, and where."""

    place: str
    says: str


@dataclass(frozen=True)
class ShownContradiction:
    about: str
    sides: tuple[ShownSide, ...]


@dataclass(frozen=True)
class Wording:
    text: str
    place: str


class FoundLines:
    """Some lines of a file, asked for once; a line that is not there has no words."""

    def __init__(self, file: ImportedFile, numbers: Iterable[int]) -> None:
        wanted = ImportedLine.objects.filter(file=file, number__in=set(numbers))
        rows = wanted.values_list("number", "place", "text")
        self._rows = {number: (place, text) for number, place, text in rows}

    def place(self, number: int) -> str:
        return self._rows.get(number, (f"line {number}", ""))[0]

    def shown(self, number: int, spans: Iterable[Span]) -> ShownLine:
        place, text = self._rows.get(number, (f"line {number}", ""))
        spans = list(spans)
        whole = [span.level for span in spans if span.start == span.end == 0]
        return ShownLine(place, stretches(text, spans), _gravest(whole))


def stretches(text: str, spans: Iterable[Span]) -> tuple[Stretch, ...]:
    """The text cut where its highlighting changes; offsets beyond it are cut off."""
    inside = [
        (max(0, span.start), min(span.end, len(text)), span.level) for span in spans
    ]
    inside = [(start, end, level) for start, end, level in inside if start < end]
    cuts = sorted({0, len(text), *(cut for one in inside for cut in one[:2])})
    return tuple(
        Stretch(
            text[start:end],
            _gravest(level for a, b, level in inside if a <= start and end <= b),
        )
        for start, end in zip(cuts, cuts[1:], strict=False)
    )


def _gravest(levels: Iterable[str]) -> str:
    return min(levels, key=LEVELS.index, default="")


def shown_answers(
    group: Group, lines: FoundLines, chosen: int
) -> tuple[ShownAnswer, ...]:
    """Those of which anything is there, each with its place among all."""
    return tuple(
        _shown_answer(number, answer, lines, number == chosen)
        for number, answer in enumerate(group.answers)
        if answer.lines or answer.heading_lines or answer.blocks or answer.flags
    )


def _shown_answer(
    number: int, answer: Answer, lines: FoundLines, is_chosen: bool
) -> ShownAnswer:
    found = [
        *(caution_of(flag, lines.place(flag.line)) for flag in answer.flags),
        *(_of_mark(mark, lines) for mark in answer.marks),
    ]
    return ShownAnswer(
        number=number,
        state=str(AnswerState(answer.state).label),
        is_usable=bool(answer.blocks),
        is_displaced=answer.is_displaced,
        blocks=answer.blocks,
        cautions=tuple(sorted(found, key=lambda one: LEVELS.index(one.level))),
        lines=_lines_of(answer, lines),
        is_chosen=is_chosen,
    )


def _lines_of(answer: Answer, lines: FoundLines) -> tuple[ShownLine, ...]:
    numbers = sorted({*answer.heading_lines, *answer.lines})
    spans: dict[int, list[Span]] = {number: [] for number in numbers}
    for flag in answer.flags:
        spans.setdefault(flag.line, []).append(Span(flag.start, flag.end, flag.danger))
    for mark in answer.marks:
        spans.setdefault(mark.line, []).append(Span(mark.start, mark.end, DAMAGED))
    return tuple(lines.shown(number, spans[number]) for number in sorted(spans))


def caution_of(flag: Flag, place: str) -> Caution:
    """The flag in words, for the line at this place."""
    danger = Danger(flag.danger)
    return Caution(
        level=danger.value,
        label=str(danger.label),
        icon=ICONS[danger],
        why=flag.reason,
        to_do=flag.to_do,
        place=place,
    )


def _of_mark(mark: Mark, lines: FoundLines) -> Caution:
    return Caution(
        level=DAMAGED,
        label=str(Damage(mark.damage).label),
        icon="cut",
        why=mark.detail,
        to_do="",
        place=lines.place(mark.line),
    )


def shown_contradictions(
    found: Sequence[Contradiction], lines: FoundLines
) -> tuple[ShownContradiction, ...]:
    return tuple(
        ShownContradiction(
            one.about,
            tuple(ShownSide(lines.place(side.line), side.says) for side in one.sides),
        )
        for one in found
    )


def wordings(group: Group, lines: FoundLines) -> tuple[Wording, ...]:
    """Every wording of the question, each with its place."""
    return tuple(Wording(one.text, lines.place(one.line)) for one in group.variants)
