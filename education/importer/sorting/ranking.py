"""Which answer of a group comes first."""

from __future__ import annotations

from collections.abc import Iterable

from education.import_vocabulary import AnswerState
from education.importer.findings import Answer

_ORDER = [AnswerState.COMPLETE, AnswerState.REPAIR, AnswerState.NONE]


def ranked(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """The answers, best first: whole before broken, unflagged before flagged."""
    return tuple(sorted(answers, key=_rank))


def _rank(answer: Answer) -> tuple[int, int, int, int]:
    return (
        _ORDER.index(answer.state),
        len(answer.flags),
        -len(answer.text),
        answer.question_line,
    )
