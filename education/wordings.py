"""Wordings: what editors write to find words in texts. There is no regex in them.

Each wording is looked for in time that grows with the text alone, whatever its author
writes, so nobody can hang the portal with one. `SYNTAX` tells how they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

SYNTAX = (
    "One wording a line. Its words follow each other; a, the, your and the like may "
    "stand between, and other endings count too (take finds taking). A slash stands "
    "between words of which one is enough: hold/keep. A hyphen joins words inside "
    "such a choice: go-away/stop. Three dots stand for a few other words of the "
    "sentence: hold ... breath. A plus stands between parts that stand in one sentence "
    "in any order: breath + hold. word* finds all words that begin so, *word all that "
    "end so, word! this form alone, # any number, and [name] any entry of the word "
    "list of that name."
)
MOST_WORDINGS = 200
LONGEST_WORDING = 600
MOST_PLACES = 8

_WORD = r"[^\W_]+"
_CHOICE = re.compile(
    rf"\*?{_WORD}\*?!?(?:-\*?{_WORD}\*?!?)*|#|\[[a-z][a-z0-9-]*\]", re.UNICODE
)
_APOSTROPHES = re.compile(r"['\u2018\u2019\u02bc\u00b4`]")
_FEWEST_LETTERS = 2


class WordingIsWrong(ValueError):
    """A wording cannot be understood; the message is a sentence for its author."""


class Atom(NamedTuple):
    """One word of a wording: `how` it is compared, and with what."""

    how: str
    what: str


#: Words that follow each other; any of several may fill a place.
Choice = tuple[Atom, ...]


@dataclass(frozen=True)
class Place:
    """A place of a wording, what may fill it, and whether other words may precede."""

    choices: tuple[Choice, ...]
    after_gap: bool = False


@dataclass(frozen=True)
class Wording:
    """A wording as understood: parts in any order, each of places in this order."""

    written: str
    parts: tuple[tuple[Place, ...], ...]

    def __hash__(self) -> int:
        # Wordings are keys wherever texts are read: what is written tells them apart.
        return hash(self.written)

    @property
    def places(self) -> Iterator[Place]:
        for part in self.parts:
            yield from part

    @property
    def is_plain(self) -> bool:
        """Whether its words follow each other, with no dots and no plus."""
        return len(self.parts) == 1 and not any(p.after_gap for p in self.places)


def wordings(text: str) -> tuple[Wording, ...]:
    """The wordings of a text, one a line; WordingIsWrong where one is not right."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    kept = [line for line in lines if line]
    if len(kept) > MOST_WORDINGS:
        raise WordingIsWrong(f"Write at most {MOST_WORDINGS} wordings in one box.")
    return tuple(wording(line) for line in kept)


def wording(written: str) -> Wording:
    """One wording; WordingIsWrong says in a sentence what is not right about it."""
    if len(written) > LONGEST_WORDING:
        raise WordingIsWrong(f"“{written[:40]}…” is too long for one wording.")
    plain = _APOSTROPHES.sub("", written.casefold()).replace("…", "...")
    plain = plain.replace("...", " ... ").replace("+", " + ")
    parts: list[tuple[Place, ...]] = []
    for part in plain.split(" + ") if "+" in plain else [plain]:
        places = tuple(_places(part.split(), written))
        if not places:
            raise WordingIsWrong(f"In “{written}” a word is missing.")
        parts.append(places)
    if sum(map(len, parts)) > MOST_PLACES:
        raise WordingIsWrong(f"“{written}” has more than {MOST_PLACES} words.")
    return Wording(written, tuple(parts))


def lists_named(found: tuple[Wording, ...]) -> frozenset[str]:
    """The names of the word lists to which the wordings refer."""
    return frozenset(
        atom.what
        for one in found
        for place in one.places
        for choice in place.choices
        for atom in choice
        if atom.how == "list"
    )


def _places(words: list[str], written: str) -> Iterator[Place]:
    after_gap, begun = False, False
    for word in words:
        if word == "...":
            if not begun or after_gap:
                raise WordingIsWrong(f"In “{written}” a word is missing beside “...”.")
            after_gap = True
            continue
        yield replace(_place(word, written), after_gap=after_gap)
        after_gap, begun = False, True
    if after_gap:
        raise WordingIsWrong(f"In “{written}” a word is missing beside “...”.")


def _place(word: str, written: str) -> Place:
    choices = []
    for choice in word.split("/"):
        if not choice:
            raise WordingIsWrong(f"In “{written}” a word is missing beside the slash.")
        if not _CHOICE.fullmatch(choice):
            raise WordingIsWrong(
                f"“{choice}” cannot be understood. Use letters, digits, and the signs "
                "that are explained beside the box."
            )
        choices.append(tuple(_atoms(choice)))
    return Place(tuple(choices))


def _atoms(choice: str) -> Iterator[Atom]:
    if choice.startswith("["):
        yield Atom("list", choice[1:-1])
        return
    for word in choice.split("-"):
        yield _atom(word)


def _atom(word: str) -> Atom:
    if word == "#":
        return Atom("number", "#")
    bare = word.strip("*!")
    if "*" in word and len(bare) < _FEWEST_LETTERS:
        raise WordingIsWrong(f"“{word}” finds too much: write more letters.")
    if word.startswith("*") and word.endswith("*"):
        raise WordingIsWrong(f"“{word}” may have one star only.")
    if word.endswith("*"):
        return Atom("beginning", bare)
    if word.startswith("*"):
        return Atom("ending", bare)
    return Atom("form" if word.endswith("!") else "stem", bare)
