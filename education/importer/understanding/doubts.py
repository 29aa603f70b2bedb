"""Doubts about an answer that is whole: it names no source, or has no substance."""

from __future__ import annotations

import re

from education.import_vocabulary import Damage
from education.importer.passages import Mark
from education.importer.understanding import signs, wordings
from education.importer.understanding.spans import sentences

MOST_WORDS_OF_AN_EVASION = 45


def unsourced(text: str, line: int, language: str) -> list[Mark]:
    """Marks for claims of studies, experts and reviews that nobody can look up."""
    plain = wordings.folded(text)
    return [
        Mark(
            Damage.UNSOURCED,
            line,
            found.start(),
            found.end(),
            f"“{text[found.start() : found.end()]}” names a source that "
            "cannot be looked up.",
        )
        for found in signs.ATTRIBUTIONS[language].finditer(plain)
    ]


def is_evasive(answer: str, language: str) -> bool:
    """Whether every sentence only says that it depends."""
    plain = wordings.folded(answer)
    if len(plain.split()) > MOST_WORDS_OF_AN_EVASION or re.search(r"\d", plain):
        return False
    said = [span.of(answer) for span in sentences(answer)]
    return bool(said) and all(
        signs.DEPENDS[language].search(wordings.folded(sentence)) for sentence in said
    )
