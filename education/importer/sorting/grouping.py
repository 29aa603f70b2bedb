"""Questions that ask the same of the same thing, put together with their answers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from education.importer.findings import Answer, Group, Variant
from education.importer.passages import Passage, Understanding
from education.importer.sorting.asking import Asked, spoken
from education.importer.sorting.contradicting import with_contradictions
from education.importer.sorting.known import Known
from education.importer.sorting.ranking import ranked
from education.importer.sorting.subjects import Subjects, key_of, subjects_of
from education.importer.sorting.wants import aspect_of
from education.importer.sorting.wording import proposed
from education.importer.sources import SourceDocument


def group(
    document: SourceDocument, understanding: Understanding, known: Known
) -> tuple[Group, ...]:
    """Every passage in exactly one group, in the order of the document."""
    subjects = subjects_of(
        document, (passage.question for passage in understanding.passages)
    )
    together: dict[str, list[_Read]] = {}
    for passage in understanding.passages:
        asked = subjects.asked(passage.question, passage.section)
        if passage.is_implied and not asked.want:
            # A heading that only names a thing stands over what that thing is.
            asked = replace(asked, want=MEANING)
        together.setdefault(_key(asked, passage), []).append(_Read(passage, asked))
    texts = {line.number: line.text for line in document.lines}
    groups = tuple(
        _as_group(key, read, subjects, texts) for key, read in together.items()
    )
    return with_contradictions(groups)


#: What "What is ...?" wants, as `wants.toml` names it.
MEANING = "meaning"


@dataclass(frozen=True)
class _Read:
    passage: Passage
    asked: Asked


def _key(asked: Asked, passage: Passage) -> str:
    if asked.about:
        return _short(key_of(asked))
    # Nothing is left that it could be about: its own words tell it from others.
    return _short(f"{asked.want}: as asked: {spoken(passage.question)}")


def _as_group(
    key: str, read: list[_Read], subjects: Subjects, texts: dict[int, str]
) -> Group:
    passages = [one.passage for one in read]
    lines = sorted({line for passage in passages for line in passage.lines})
    wordings = [
        (one.passage.question, one.asked, one.passage.is_implied) for one in read
    ]
    return Group(
        key=key,
        digest=_digest(texts[line] for line in lines),
        question=proposed(wordings, subjects.main_name, subjects.names),
        aspect=aspect_of(read[0].asked.want),
        topic="",
        variants=tuple(
            Variant(passage.question, passage.question_line) for passage in passages
        ),
        answers=ranked(_answer(passage) for passage in passages),
    )


def _answer(passage: Passage) -> Answer:
    return Answer(
        question_line=passage.question_line,
        heading_lines=passage.heading_lines,
        lines=passage.answer_lines,
        blocks=passage.blocks,
        state=passage.state,
        is_displaced=passage.is_displaced,
        marks=passage.marks,
    )


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _short(key: str) -> str:
    """The key, in as many characters as it may have."""
    if len(key) <= 200:
        return key
    return f"{key[:183]} {hashlib.sha256(key.encode()).hexdigest()[:16]}"
