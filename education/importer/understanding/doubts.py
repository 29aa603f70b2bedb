"""Doubts about an answer that is whole: it names no source, or has no substance."""

from __future__ import annotations

import re

from education.import_vocabulary import Damage
from education.importer.passages import Mark
from education.importer.understanding import signs, wordings
from education.importer.understanding.spans import sentences

MOST_WORDS_OF_AN_EVASION = 45

#: Whoever gives numbers or times says more than that it depends.
_SPECIFIC = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|seconds?|minutes?|hours?|"
    r"days?|weeks?|months?|years?|dos|tres|cuatro|horas?|dias?|semanas?|meses|anos?)\b"
)
_NAMED = re.compile(r"(?:dra?|prof|professor)\b")


def unsourced(text: str, line: int, language: str) -> list[Mark]:
    """Marks for claims of studies, experts and reviews that nobody can look up."""
    plain = wordings.folded(text)
    names = (
        found
        for found in signs.ATTRIBUTIONS[language].finditer(plain)
        if not _NAMED.match(found.group()) or _ends_in_name(text, found.end())
    )
    return [
        Mark(
            Damage.UNSOURCED,
            line,
            found.start(),
            found.end(),
            f"“{text[found.start() : found.end()]}” names a source that "
            "cannot be looked up.",
        )
        for found in names
    ]


def _ends_in_name(text: str, end: int) -> bool:
    """Whether the word that ends there is written like a name."""
    return text[max(0, end - 40) : end].split()[-1][:1].isupper()


def is_evasive(answer: str, language: str) -> bool:
    """Whether every sentence only says that it depends."""
    plain = wordings.folded(answer)
    if len(plain.split()) > MOST_WORDS_OF_AN_EVASION or _SPECIFIC.search(plain):
        return False
    said = [span.of(answer) for span in sentences(answer)]
    return bool(said) and all(
        signs.DEPENDS[language].search(wordings.folded(sentence)) for sentence in said
    )
