"""Words that keep their capitals wherever they stand."""

from __future__ import annotations

import re
from collections import Counter

from education.importer.sources import SourceDocument

_INSIDE = re.compile(r"(?<=[a-z,;] )[A-Z][\w'’-]*")
_SMALL = re.compile(r"\b[a-z][\w'’-]*")
_MOST_CAPITALS = 0.4


def names_in(document: SourceDocument) -> frozenset[str]:
    """Words that a document writes with a capital inside a sentence, and never small.

    Lines in which most words have one are titles, and tell nothing.
    """
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for line in document.lines:
        words = line.text.split()
        with_capital = sum(word[:1].isupper() for word in words)
        small.update(_SMALL.findall(line.text))
        if with_capital <= _MOST_CAPITALS * len(words):
            capital.update(_INSIDE.findall(line.text))
    return frozenset(
        name for name in capital if not small[name.lower()] or _is_short_form(name)
    )


def _is_short_form(word: str) -> bool:
    letters = word.rstrip("s")
    return len(letters) > 1 and letters.isupper()
