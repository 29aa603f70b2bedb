"""Which answer of a group comes first."""

from __future__ import annotations

from collections.abc import Iterable

from education.import_vocabulary import AnswerState, Damage, Danger
from education.importer.findings import Answer

_STATES = [AnswerState.COMPLETE, AnswerState.REPAIR, AnswerState.NONE]
_DANGERS = [Danger.LOW, Danger.MEDIUM, Danger.HIGH, Danger.CRITICAL]
#: Beyond so many characters, more is no better.
LONG_ENOUGH = 600
#: Answers that start with the same words were copied from the same place.
SAME_START = 8


def ranked(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """The answers, best first; what a better one says already comes last.

    What could gravely harm comes after what only has to be mended.
    """
    first, echoes = [], []
    starts: dict[str, str] = {}
    for answer in sorted(answers, key=_rank):
        words = " ".join(answer.text.split()).casefold()
        start = " ".join(words.split()[:SAME_START])
        is_echo = start in starts and len(words) <= len(starts[start])
        (echoes if is_echo and start else first).append(answer)
        starts.setdefault(start, words)
    return (*first, *echoes)


def _rank(answer: Answer) -> tuple[bool, bool, int, bool, bool, int, bool, int, int]:
    damages = {mark.damage for mark in answer.marks}
    danger = max((_DANGERS.index(flag.danger) for flag in answer.flags), default=-1)
    return (
        answer.state == AnswerState.NONE,
        danger == _DANGERS.index(Danger.CRITICAL),
        _STATES.index(answer.state),
        Damage.OFF_QUESTION in damages,
        Damage.EVASIVE in damages,
        danger,
        Damage.UNSOURCED in damages,
        -min(len(answer.text), LONG_ENOUGH),
        answer.question_line,
    )
