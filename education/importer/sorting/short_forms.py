"""Short forms that a document spells out, and questions that use them."""

from __future__ import annotations

import re

from education.importer.sorting.asking import spoken
from education.importer.sources import SourceDocument

_ABBREVIATED = re.compile(r" \(([A-Z][A-Za-z]{1,6})\)")
#: Words of a name that have no letter in its short form.
_LETTERLESS = frozenset({"and", "of", "the", "in", "to", "for", "with"})


def short_forms_in(document: SourceDocument) -> dict[str, str]:
    """Short forms that the document spells out: "irritable bowel syndrome (IBS)"."""
    found: dict[str, str] = {}
    for line in document.lines:
        for match in _ABBREVIATED.finditer(line.text) if "(" in line.text else ():
            short = match[1]
            letters = short[:-1] if short[-1] == "s" else short.upper()
            before = line.text[max(0, match.start() - 90) : match.start()]
            long = _standing_for(letters, re.findall(r"[\w'’]+", before))
            if len(letters) > 1 and long:
                found.setdefault(letters, spoken(long))
    return found


def written_out(question: str, short_forms: dict[str, str]) -> str:
    """The question with its short forms spelled out."""
    if not short_forms:
        return question
    return re.sub(
        r"\b[A-Z][A-Za-z]{1,6}\b",
        lambda found: (
            short_forms.get(found[0].upper().removesuffix("S"))
            or short_forms.get(found[0].upper(), found[0])
        ),
        re.sub(r"\([A-Z][A-Za-z]{1,6}\)", " ", question),
    )


def _standing_for(letters: str, words: list[str]) -> str:
    """The last words that start with these letters; an "and" or "of" needs none."""
    left, start = list(letters), len(words)
    while left and start:
        start -= 1
        if words[start][0].upper() == left[-1]:
            left.pop()
        elif words[start].lower() not in _LETTERLESS:
            return ""
    return "" if left else " ".join(words[start:])
