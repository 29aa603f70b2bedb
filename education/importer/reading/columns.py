"""Which columns of a table hold questions, answers and topics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from anyascii import anyascii

_QUESTION = {
    *("question", "questions", "q", "faq", "pregunta", "preguntas", "p"),
    *("frequently asked question", "frequently asked questions", "question text"),
    *("patient question", "pregunta frecuente", "preguntas frecuentes"),
}
_ANSWER = {
    *("answer", "answers", "a", "reply", "response", "answer text"),
    *("respuesta", "respuestas", "r", "contestacion", "patient answer"),
}
_TOPIC = {
    *("topic", "topics", "section", "category", "subject", "condition", "theme"),
    *("health topic", "tema", "temas", "seccion", "categoria", "asunto"),
    *("condicion", "enfermedad", "tema de salud"),
}

#: A header is short; what is longer is never compared.
_LONGEST_HEADER = 60


@dataclass(frozen=True)
class Columns:
    """Places of columns, from 0. `answer` and `topic` are None where there is none."""

    question: int
    answer: int | None
    topic: int | None = None

    @property
    def used(self) -> frozenset[int]:
        places = (self.question, self.answer, self.topic)
        return frozenset(place for place in places if place is not None)


def columns_by_header(cells: Sequence[str]) -> Columns | None:
    """What a first row says of its columns, or None where it is no header."""
    names = [_plain(cell) for cell in cells]
    found = [
        next((place for place, name in enumerate(names) if name in known), None)
        for known in (_QUESTION, _ANSWER, _TOPIC)
    ]
    question, answer, topic = found
    if question is None or (answer is None and len(names[question]) == 1):
        return None
    return Columns(question, answer, topic)


def columns_by_questions(rows: Sequence[Sequence[str]]) -> Columns | None:
    """The columns of a table without header, if what stands first mostly asks."""
    pairs = [row for row in rows if any(row)]
    if not pairs or any(len(row) != 2 for row in pairs):
        return None
    asking = sum(row[0].rstrip().endswith("?") for row in pairs)
    return Columns(0, 1) if asking * 2 > len(pairs) else None


def _plain(cell: str) -> str:
    if len(cell) > _LONGEST_HEADER:
        return ""
    return " ".join(re.sub(r"[\W_]+", " ", anyascii(cell)).lower().split())
