"""Reads what search starts with from the files in `education/search/seed/`.

Migrations import this, so it knows of no model.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from education.vocabulary import SynonymKind

FOLDER = Path(__file__).parent / "seed"
LANGUAGES = ("en", "es")
MOST_WORDS = 4
LONGEST_SIDE = 80
LONGEST_NOTE = 200


class SeedIsWrong(Exception):
    """A file that search starts with cannot be used; says which one and why."""


@dataclass(frozen=True)
class SeedSynonym:
    """Who searches for `words` is to find the pages that say `means`."""

    language: str
    words: str
    means: str
    kind: str
    both_ways: bool
    note: str


@cache
def seed_synonyms() -> tuple[SeedSynonym, ...]:
    """The synonyms of a new portal, in the order of the file; read once.

    Raises SeedIsWrong where the file cannot be used as it is.
    """
    return read_synonyms(FOLDER / "synonyms.toml")


@cache
def medicine_names() -> frozenset[str]:
    """Names that medicines have anywhere, in lower case; read once.

    Raises SeedIsWrong where the file cannot be used as it is.
    """
    return read_medicine_names(FOLDER / "medicines.txt")


def read_synonyms(path: Path) -> tuple[SeedSynonym, ...]:
    """The [[synonym]] tables of a file; SeedIsWrong names the one that is not right."""
    try:
        rows = tomllib.loads(path.read_text("utf-8"))["synonym"]
    except (OSError, KeyError, ValueError) as error:
        raise SeedIsWrong(f"{path.name} cannot be read: {error}") from error
    synonyms = tuple(_synonym(row, path.name) for row in rows)
    seen = set()
    for synonym in synonyms:
        sides = (synonym.language, synonym.words.casefold(), synonym.means.casefold())
        if sides in seen:
            raise SeedIsWrong(f"{path.name} says “{synonym.words}” twice.")
        seen.add(sides)
    return synonyms


def read_medicine_names(path: Path) -> frozenset[str]:
    """The lines of a file but those with `#`; SeedIsWrong where one is no bare word."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise SeedIsWrong(f"{path.name} cannot be read: {error}") from error
    names = [line for line in lines if not line.startswith("#")]
    for name in names:
        if not (name.isascii() and name.isalpha() and name.islower()):
            raise SeedIsWrong(f"{path.name}: “{name}” is not one lower-case word.")
    return frozenset(names)


def _synonym(row: Any, file: str) -> SeedSynonym:
    try:
        synonym = SeedSynonym(**row)
    except TypeError as error:
        raise SeedIsWrong(f"{file}: {row} has other keys than a synonym.") from error
    problem = _problem(synonym)
    if problem:
        raise SeedIsWrong(f"{file}, “{synonym.words}”: {problem}")
    return synonym


def _problem(synonym: SeedSynonym) -> str:
    """What is wrong with it, as a sentence; "" where nothing is."""
    texts = (synonym.words, synonym.means, synonym.note)
    if not all(isinstance(text, str) and text.strip() for text in texts):
        return "a side or the note is missing."
    if any(text != " ".join(text.split()) for text in texts):
        return "there are spaces too many."
    sides = (synonym.words, synonym.means)
    if max(map(len, sides)) > LONGEST_SIDE or len(synonym.note) > LONGEST_NOTE:
        return "a text is too long."
    if max(len(side.split()) for side in sides) > MOST_WORDS:
        return f"a side has more than {MOST_WORDS} words."
    if synonym.words.casefold() == synonym.means.casefold():
        return "both sides are the same."
    if synonym.language not in LANGUAGES or synonym.kind not in SynonymKind.values:
        return "there is no such language or kind."
    if not isinstance(synonym.both_ways, bool):
        return "both_ways is neither true nor false."
    return ""
