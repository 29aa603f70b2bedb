"""From the lines of a document to passages and a ledger of all lines."""

from __future__ import annotations

from education.import_vocabulary import Disposition
from education.importer.passages import Passage, Understanding
from education.importer.sources import SourceDocument
from education.importer.understanding import wordings
from education.importer.understanding.affinity import Affinity
from education.importer.understanding.answers import read_answer
from education.importer.understanding.pairing import Pair, pair
from education.importer.understanding.segments import outline
from education.importer.understanding.spans import ends_whole
from education.importer.understanding.units import Kind, Unit, units

#: A stop that is missing means something where so many of long lines have one.
MOSTLY = 0.6
LENGTH_OF_A_SENTENCE = 50

_DISPOSITIONS = {
    Kind.QUESTION: Disposition.QUESTION,
    Kind.HEADING: Disposition.HEADING,
    Kind.BULLET: Disposition.ANSWER,
    Kind.PARAGRAPH: Disposition.ANSWER,
    Kind.RESIDUE: Disposition.RESIDUE,
    Kind.BLANK: Disposition.BLANK,
}


def understand(document: SourceDocument) -> Understanding:
    """Find the passages of a document, and say of every line what became of it."""
    found = units(document)
    laid_out = outline(found)
    pairs = pair(laid_out, Affinity(laid_out, document.language))
    language = wordings.known_language(document.language)
    is_stopped = _is_stopped(found)
    passages = tuple(
        _passage(one, language, is_stopped)
        for one in pairs
        if one.question or one.pieces[0].heading
    )
    return _with_ledger(found, passages)


def _with_ledger(found: list[Unit], passages: tuple[Passage, ...]) -> Understanding:
    """Add up the lines: each is settled once, and in at most one passage."""
    dispositions = {unit.number: _DISPOSITIONS[unit.kind] for unit in found}
    belonging = [line for passage in passages for line in passage.lines]
    loose = tuple(sorted(dispositions.keys() - set(belonging)))
    if len(dispositions) != len(found) or len(belonging) + len(loose) != len(found):
        raise AssertionError("The ledger of lines does not add up.")
    return Understanding(passages, dispositions, loose)


def _passage(one: Pair, language: str, is_stopped: bool) -> Passage:
    bodies = [unit for piece in one.pieces for unit in piece.body]
    headings = [
        piece.heading
        for piece in one.pieces
        if piece.heading
        and not (one.question and _says_nothing(piece.heading, language))
    ]
    asked = one.question.unit if one.question else headings.pop(0)
    is_guessed = one.is_displaced or not (one.question or asked.is_certain)
    read = read_answer(asked.text, bodies, language, is_stopped, is_guessed)
    return Passage(
        question=asked.text,
        question_line=asked.number,
        heading_lines=tuple(unit.number for unit in headings),
        answer_lines=tuple(unit.number for unit in bodies),
        blocks=tuple(read.blocks),
        marks=tuple(read.marks),
        state=read.state,
        is_displaced=one.is_displaced,
        is_implied=one.question is None,
        section=asked.line.section,
    )


def _says_nothing(heading: Unit, language: str) -> bool:
    said = wordings.folded(heading.text)
    return bool(wordings.EMPTY_HEADING[language].match(said))


def _is_stopped(found: list[Unit]) -> bool:
    """Whether the sentences of a document mostly end with a stop."""
    said = [
        unit.line.text
        for unit in found
        if unit.kind is Kind.PARAGRAPH and len(unit.line.text) >= LENGTH_OF_A_SENTENCE
    ]
    stopped = sum(ends_whole(text[-20:]) for text in said)
    return stopped >= MOSTLY * len(said)
