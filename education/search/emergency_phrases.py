"""A phrase of emergency, taken apart into what has to be typed.

How phrases are written is told in `education.models.emergency_phrases`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from education.search.analysis import Analyser, fold

#: Little words without which a phrase says something else.
_TELLING = frozenset({"cant", "dont", "doesnt", "isnt", "couldnt", "sin", "no"})

#: The words of one choice in their order: one, or several joined by hyphens.
Choice = tuple[str, ...]


@dataclass(frozen=True)
class Phrase:
    """A phrase, taken apart: for each of its places the choices that fill it."""

    card: str
    written: str
    slots: tuple[tuple[Choice, ...], ...]
    is_harmless: bool
    is_alone: bool

    @property
    def examples(self) -> Iterator[str]:
        """What somebody might type: every choice occurs in one of them."""
        first = [" ".join(slot[0]) for slot in self.slots]
        yield " ".join(first).replace("+", "")
        for place, slot in enumerate(self.slots):
            for choice in slot[1:]:
                typed = [*first[:place], " ".join(choice), *first[place + 1 :]]
                yield " ".join(typed).replace("+", "")


def phrase(card: str, written: str, is_harmless: bool, analyser: Analyser) -> Phrase:
    """Take a phrase apart as the help text of its field says."""
    words = fold(written).strip()
    slots = _slots(words)
    telling = _telling(slots, analyser)
    return Phrase(
        card, written, tuple(telling or slots), is_harmless, words.startswith("=")
    )


def says_nothing(written: str, analyser: Analyser) -> bool:
    """Whether only little words are written, which stand in every other search."""
    words = fold(written).strip()
    return not words.startswith("=") and not _telling(_slots(words), analyser)


def _slots(words: str) -> list[tuple[Choice, ...]]:
    return [_slot(slot) for slot in words.removeprefix("=").split()]


def _telling(
    slots: list[tuple[Choice, ...]], analyser: Analyser
) -> list[tuple[Choice, ...]]:
    return [
        slot
        for slot in slots
        if any(
            len(choice) > 1
            or choice[0] in _TELLING
            or not analyser.is_little(choice[0])
            for choice in slot
        )
    ]


def _slot(slot: str) -> tuple[Choice, ...]:
    choices = (tuple(part for part in c.split("-") if part) for c in slot.split("/"))
    return tuple(choice for choice in choices if choice)
