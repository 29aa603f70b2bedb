"""What tests of the importer share: documents made of plain text."""

from __future__ import annotations

import hashlib

from education.import_vocabulary import LineRole, SourceFormat
from education.importer.passages import Passage, Understanding
from education.importer.sources import SourceDocument, SourceLine
from education.importer.understanding import understand

#: Around a question under test, so that its document looks like others.
BEFORE = (
    "What is anemia?",
    "Anemia means that the blood has too few red cells to carry oxygen well.",
    "Is anemia common?",
    "Yes, it is common in women who have periods and in older people.",
)
AFTER = ("Can anemia come back?", "Yes, it can come back while its cause is there.")


def text_document(text: str, language: str = "en") -> SourceDocument:
    return document(tuple(text.split("\n")), language=language)


def document(
    texts: tuple[str, ...],
    roles: dict[int, LineRole] | None = None,
    language: str = "en",
) -> SourceDocument:
    lines = tuple(
        SourceLine(number, said, f"line {number}", (roles or {}).get(number, "plain"))
        for number, said in enumerate(texts, start=1)
    )
    digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()
    return SourceDocument("notes.txt", digest, SourceFormat.TEXT, lines, language)


def understood(text: str, language: str = "en") -> Understanding:
    return understand(text_document(text, language))


def answered(question: str, *answer: str, language: str = "en") -> Passage:
    """The passage of a question with an answer in the middle of a document."""
    around = language == "en"
    before, after = (BEFORE, AFTER) if around else ((), ())
    found = understand(
        document((*before, question, *answer, *after), language=language)
    )
    return next(one for one in found.passages if one.question_line == len(before) + 1)


def pairs(found: Understanding) -> dict[int, tuple[int, ...]]:
    return {one.question_line: one.answer_lines for one in found.passages}
