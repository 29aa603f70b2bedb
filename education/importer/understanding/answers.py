"""What can be used of the lines that answer a question, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field

from education.import_vocabulary import AnswerState, Damage
from education.importer.passages import Block, Mark
from education.importer.understanding import signs, wordings
from education.importer.understanding.counting import announced, mark_shortage
from education.importer.understanding.doubts import is_evasive, unsourced
from education.importer.understanding.endings import Around, Reading, whole_parts
from education.importer.understanding.leftovers import without_leftovers
from education.importer.understanding.lists import Part
from education.importer.understanding.matters import is_off_question
from education.importer.understanding.units import Kind, Unit

#: Nobody answers in one line of more characters; what has more was never an answer.
LONGEST_LINE = 50_000

#: Damage after which an answer is repaired, besides what is incomplete.
_REPAIRED = {
    Damage.RUN_TOGETHER,
    Damage.FRAGMENTS,
    Damage.RESIDUE,
    Damage.QUESTION_INSIDE,
}
#: Damage that leaves nothing to answer with.
_USELESS = {Damage.GARBLED, Damage.OFF_QUESTION, Damage.EVASIVE}
_SPLIT = {
    Damage.RUN_TOGETHER: "Items of a list ran together; they were split.",
    Damage.FRAGMENTS: "A list was flattened into fragments; they were put back.",
    Damage.GARBLED: "The list makes no sense as it stands.",
}


@dataclass
class AnswerRead:
    """The blocks and marks of one answer, and how much of an answer they are."""

    blocks: list[Block] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    state: AnswerState = AnswerState.NONE
    bullets: list[tuple[int, str]] = field(default_factory=list)

    def close_list(self) -> None:
        """Make one block of the bullets that were read last."""
        if self.bullets:
            items = tuple(item for _, item in self.bullets)
            self.blocks.append(Block(self.bullets[0][0], items=items))
            self.bullets.clear()

    @property
    def text(self) -> str:
        return "\n".join(block.text for block in self.blocks)

    @property
    def is_incomplete(self) -> bool:
        return any(mark.damage.is_incomplete for mark in self.marks)


def read_answer(
    question: str, body: list[Unit], language: str, is_stopped: bool, is_guessed: bool
) -> AnswerRead:
    """Read the lines that answer a question.

    `is_stopped` where sentences of the document mostly end with a stop; `is_guessed`
    where question and answer had to be brought together.
    """
    read = AnswerRead()
    arounds = _arounds(body, language, is_stopped)
    for unit, around in zip(body, arounds, strict=True):
        _read_line(read, unit, question, around)
    read.close_list()
    _mark_short_list(read, question, body, language)
    _mark_doubts(read, question, body, language)
    read.state = _state(read, question, language, is_guessed)
    return read


def _arounds(body: list[Unit], language: str, is_stopped: bool) -> list[Around]:
    """What stands around each line, in order."""
    found: list[Around] = []
    follows = 0
    for unit, before in zip(body[::-1], [*body[:-1][::-1], None], strict=False):
        is_bullet = unit.kind is Kind.BULLET
        is_after = before is not None and before.kind is Kind.BULLET
        found.append(
            Around(follows, bool(found), is_bullet, is_after, is_stopped, language)
        )
        follows = follows + 1 if is_bullet else 0
    return found[::-1]


def _read_line(read: AnswerRead, unit: Unit, question: str, around: Around) -> None:
    if len(unit.line.text) > LONGEST_LINE:
        end = len(unit.line.text)
        detail = f"A line of {end:,} characters is too long to be an answer."
        read.marks.append(Mark(Damage.GARBLED, unit.number, 0, end, detail))
        return
    text, marks = without_leftovers(
        unit.line.text, unit.number, unit.start, question, around.language
    )
    reading = Reading(unit.number, text, around, marks)
    found = whole_parts(reading)
    mark_shortage(reading, unit.line.text, found)
    for part in found:
        if part.damage:
            end = len(unit.line.text.rstrip())
            start = min(part.start, end)
            reading.mark(part.damage, start, end, _SPLIT[part.damage])
    reading.marks += unsourced(unit.line.text, unit.number, around.language)
    read.marks += sorted(reading.marks, key=lambda mark: mark.start)
    _add_blocks(read, unit, found)


def _add_blocks(read: AnswerRead, unit: Unit, found: list[Part]) -> None:
    """Bullets that follow each other become the items of one block."""
    if unit.kind is Kind.BULLET and len(found) == 1 and found[0].paragraph:
        read.bullets.append((unit.number, found[0].paragraph))
        return
    read.close_list()
    read.blocks += [Block(unit.number, part.paragraph, part.items) for part in found]


def _mark_short_list(
    read: AnswerRead, question: str, body: list[Unit], language: str
) -> None:
    """Mark an answer that is one list with fewer items than its question asks for."""
    count = signs.COUNTS[language].search(wordings.folded(question))
    if not count or len(read.blocks) != 1 or read.is_incomplete:
        return
    given, many = len(read.blocks[0].items), announced(count, language)
    if 0 < given < many:
        last = body[-1]
        detail = f"The question asks for {many}, and {given} are given."
        end = len(last.line.text)
        mark = Mark(Damage.COUNT_SHORT, last.number, last.start, end, detail)
        read.marks.append(mark)


def _mark_doubts(
    read: AnswerRead, question: str, body: list[Unit], language: str
) -> None:
    said = read.text
    if not said or all(block.items for block in read.blocks):
        return
    line, end = body[0], len(body[0].line.text.rstrip())
    if is_evasive(said, language):
        detail = "Only says that it depends."
        read.marks.append(Mark(Damage.EVASIVE, line.number, line.start, end, detail))
    elif is_off_question(question, said, language, read.is_incomplete):
        detail = "Does not say what is asked."
        mark = Mark(Damage.OFF_QUESTION, line.number, line.start, end, detail)
        read.marks.append(mark)


def _state(
    read: AnswerRead, question: str, language: str, is_guessed: bool
) -> AnswerState:
    found = {mark.damage for mark in read.marks}
    if not read.text or found & _USELESS:
        return AnswerState.NONE
    if _lacks_its_list(read, question, language):
        return AnswerState.NONE
    if is_guessed or read.is_incomplete or found & _REPAIRED:
        return AnswerState.REPAIR
    return AnswerState.COMPLETE


def _lacks_its_list(read: AnswerRead, question: str, language: str) -> bool:
    """Whether the kinds, steps or the like that are asked for are what is missing."""
    gone = {Damage.LIST_MISSING, Damage.POINTER}
    if not any(mark.damage in gone for mark in read.marks):
        return False
    asked = signs.KINDS[language].search(wordings.folded(question))
    if not asked or any(block.items for block in read.blocks):
        return False
    return asked.group()[:4] not in wordings.folded(read.text)
