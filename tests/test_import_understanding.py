"""What the importer understands of a document: who asks, who answers."""

from __future__ import annotations

import hashlib

from education.import_vocabulary import AnswerState, SourceFormat
from education.importer.passages import Understanding
from education.importer.sources import SourceDocument, SourceLine
from education.importer.understanding import understand


def document(text: str, language: str = "en") -> SourceDocument:
    lines = tuple(
        SourceLine(number, line, f"line {number}")
        for number, line in enumerate(text.splitlines(), start=1)
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    return SourceDocument("notes.txt", digest, SourceFormat.TEXT, lines, language)


def understood(text: str, language: str = "en") -> Understanding:
    return understand(document(text, language))


def pairs(found: Understanding) -> dict[int, tuple[int, ...]]:
    return {one.question_line: one.answer_lines for one in found.passages}


class TestPairing:
    def test_an_answer_follows_its_question(self) -> None:
        found = understood(
            "What is gout?\n"
            "Gout is a kind of arthritis.\n"
            "How long does an attack of gout last?\n"
            "An attack lasts one to two weeks.\n"
        )
        assert pairs(found) == {1: (2,), 3: (4,)}

    def test_a_question_without_answer_has_none(self) -> None:
        found = understood(
            "What is gout?\n"
            "What foods bring on gout?\n"
            "Red meat, shellfish and beer can bring on gout.\n"
        )
        assert pairs(found) == {1: (), 2: (3,)}
        assert found.passages[0].state == AnswerState.NONE

    def test_answers_that_stand_before_their_questions_are_found(self) -> None:
        found = understood(
            "Symptoms\n"
            "- Pain in one joint\n"
            "- Red and warm skin\n"
            "Treatment at Home\n"
            "- Rest the joint\n"
            "- Put ice on it\n"
            "What are the signs of gout?\n"
            "How can I treat gout myself?\n"
            "\n"
            "What is gout?\n"
            "Gout is a kind of arthritis.\n"
            "How long does an attack last?\n"
            "It lasts one to two weeks.\n"
        )
        assert pairs(found) == {7: (2, 3), 8: (5, 6), 10: (11,), 12: (13,)}
        displaced = [one.question_line for one in found.passages if one.is_displaced]
        assert displaced == [7, 8]
