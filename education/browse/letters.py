"""Letters under which words stand: "Élan" under E, "5-HT" under 0-9."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from string import ascii_uppercase

from django.db.models import QuerySet
from django.db.models.functions import Substr, Upper

DIGITS = "0-9"
LETTERS = (*ascii_uppercase, DIGITS)

#: The first characters that really occur, by the letter under which they stand.
Firsts = dict[str, list[str]]


def letter_of(word: str) -> str:
    """The letter under which people look for this word."""
    first = unicodedata.normalize("NFKD", word.strip())[:1].upper()
    return first if first in LETTERS else DIGITS


def with_first(words: QuerySet, field: str) -> QuerySet:
    """The rows, each with the first character of this field as `first`."""
    return words.annotate(first=Upper(Substr(field, 1, 1)))


def firsts_of(words: QuerySet, field: str) -> QuerySet:
    """The first characters of this field in these rows, each once."""
    rows = with_first(words.order_by(), field)
    return rows.values_list("first", flat=True).distinct()


def by_letter(firsts: Iterable[str]) -> Firsts:
    """Put first characters under their letters."""
    found: Firsts = {}
    for first in firsts:
        found.setdefault(letter_of(first), []).append(first)
    return found
