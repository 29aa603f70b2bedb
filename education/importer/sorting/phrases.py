"""The noun phrases of questions, as they are written: what topics are found from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from education.importer.sorting.asking import Asked, stem_of

#: For whom and when: it makes another question, but not another topic.
_WHOM_AND_WHEN = """
    children adults adult women men baby toddler pregnancy older people teenagers teens
    night day morning winter summer while age home work quickly fast best long early
    normal common blood someone much more less than many
"""
_FOR_WHOM = frozenset(stem_of(word) for word in _WHOM_AND_WHEN.split())
#: Parts of the body, and the larger part under which people look for them.
_PLACES = {
    stem_of(part): stem_of(region)
    for region, parts in {
        "leg": "leg legs calf calves thigh shin hamstring",
        "back": "back",
        "foot": "foot toe toes heel ankle arch",
        "hand": "hand hands finger fingers thumb wrist",
        "arm": "arm arms elbow forearm",
        "neck": "neck",
        "shoulder": "shoulder",
        "face": "face eyelid jaw",
        "chest": "chest rib ribs",
        "stomach": "stomach",
        "hip": "hip groin buttock",
        "knee": "knee",
        "eye": "eye",
        "ear": "ear",
    }.items()
    for part in parts.split()
}


@dataclass(frozen=True)
class Phrase:
    """Words that stand together in a question, with their stems."""

    words: tuple[str, ...]
    stems: tuple[str, ...]

    @property
    def about(self) -> frozenset[str]:
        return frozenset(self.stems)


def phrases_of(asked: Asked) -> list[Phrase]:
    """The phrases of a question, without those that say for whom or when."""
    runs: list[list[int]] = []
    text = f" {asked.text} "
    for number, word in enumerate(asked.words):
        if asked.about[number] in _FOR_WHOM:
            continue
        if (
            runs
            and runs[-1][-1] == number - 1
            and f" {asked.words[number - 1]} {word} " in text
        ):
            runs[-1].append(number)
        else:
            runs.append([number])
    return [
        Phrase(
            tuple(asked.words[number] for number in run),
            tuple(asked.about[number] for number in run),
        )
        for run in runs
    ]


def placed(about: Iterable[str]) -> tuple[str, frozenset[str]]:
    """The part of the body ("" for none or several) and what is left without it."""
    stems = frozenset(about)
    regions = {_PLACES[stem] for stem in stems if stem in _PLACES}
    left = frozenset(stem for stem in stems if stem not in _PLACES)
    if len(regions) == 1 and left:
        return regions.pop(), left
    return "", stems
