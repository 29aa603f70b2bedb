"""Other names of things, as a document gives them: "X, also known as Y or Z"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from education.importer.sorting.asking import spoken, stem_of
from education.importer.sources import SourceDocument

MOST_WORDS = 4
_WORDS = r"[\w'’-]+(?: [\w'’-]+){0,3}"
_CALLED = re.compile(
    rf"(?P<name>{_WORDS})(?:,| \()? ?(?:which (?:is|are) |(?:is|are) |or )?"
    r"(?:(?:also|sometimes|often|commonly|better|medically) )*"
    r"(?:called|known as|named|referred to as) (?P<others>[^.,;:()?]{2,60})",
    re.IGNORECASE,
)
_APPOSED = re.compile(
    rf"^(?P<name>{_WORDS}), or (?P<others>{_WORDS}), (?:is|are|refers?|happens?)\b",
    re.IGNORECASE,
)
_BRACKETED = re.compile(rf"(?P<name>{_WORDS}) \((?P<others>[A-Z][A-Za-z]{{1,7}})\)")
_STARTS = re.compile(
    r"^(?:(?:an?|the|some|people|may|it|they|we|them|these|this|as|in|is|are)\s+)+",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\s+(?:in|by|for|is|are|because|that|which|when|and|who|happens?|refers?|was)\b.*$",
    re.IGNORECASE,
)


def other_names_in(document: SourceDocument) -> tuple[tuple[str, str], ...]:
    """Pairs of names that the document gives to one thing, in lower case."""
    pairs = dict.fromkeys(
        pair
        for line in document.lines
        if not line.text.rstrip().endswith("?")
        for pair in pairs_in(line.text)
    )
    return tuple(pairs)


def stems_of(name: str) -> frozenset[str]:
    """The stems of a name, to compare it with what a question is about."""
    return frozenset(stem_of(word) for word in spoken(name).split())


def pairs_in(text: str) -> Iterator[tuple[str, str]]:
    """Pairs of names that a text gives to one thing."""
    for pattern in (_CALLED, _APPOSED, _BRACKETED):
        for match in pattern.finditer(text):
            others = (_tidied(other) for other in re.split(",? or ", match["others"]))
            names = [_tidied(match["name"]), *others]
            yield from combinations(filter(_is_name, dict.fromkeys(names)), 2)


def _is_name(text: str) -> bool:
    return len(text) > 2 and len(text.split()) <= MOST_WORDS


def _tidied(name: str) -> str:
    plain = _ENDS.sub("", _STARTS.sub("", " ".join(name.split()))).strip(" ,.\"“”'")
    return plain if plain.isupper() else plain.lower()
