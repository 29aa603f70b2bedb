"""The noun phrases of questions, as they are written: what topics are found from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from education.importer.sorting.asking import Asked, stem_of

#: For whom and when: it makes another question, but not another topic.
_WHOM_AND_WHEN = """
    children adults adult women men baby toddler pregnancy older people teenagers teens
    night day morning winter summer while age home work quickly fast best long early
    normal common someone much more less than many
"""
_FOR_WHOM = frozenset(stem_of(word) for word in _WHOM_AND_WHEN.split())
#: Words that are in a question for what is done, or how; no name has them.
_DOING = """
    stay keep happen need want use try make take give put turn become begin start stop
    prevent avoid treat help relieve ease reduce lower raise remove heal go come leave
    wait worsen improve work live die eat drink fly travel drive walk run show
    detect mean until till failed swim see call visit tell know feel look think
    recover grow spread catch remain get rid affect damage dissolve increase
    decrease control manage bring
    naturally quickly slowly suddenly safely permanently together really still again
    not no never too very good bad better worse worst dangerous serious safe
    effective possible necessary normal bad after before without while when against
    through because first last next new leftover such
"""
NO_THING = frozenset(stem_of(word) for word in _DOING.split())
_SMALL = re.compile(r" (?:and|of|the|in)(?= )")
_VERB_BEFORE = re.compile(r" (?:what|which|who|to|not|you|i|that)$")
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


def is_verb_in(word: str, text: str) -> bool:
    """Whether a word stands in a question where only a verb can: "what dissolves"."""
    return bool(_VERB_BEFORE.search(text.partition(f" {word} ")[0]))


def phrases_of(asked: Asked, main: frozenset[str] = frozenset()) -> list[Phrase]:
    """The phrases of a question, without those that say for whom or when.

    `main` is what the document is about: the words of its name stay together. A
    question that names nothing is about what its document is about, which may be fewer
    words than its own.
    """
    runs: list[list[int]] = []
    text = f" {asked.text} "
    # "Hand, foot and mouth": of its own name nothing is left out.
    joined = _SMALL.sub("", text)
    for number, (word, stem) in enumerate(zip(asked.words, asked.about, strict=False)):
        if stem in NO_THING or (stem in _FOR_WHOM and stem not in main):
            continue
        if is_verb_in(word, text):
            continue
        if (
            runs
            and runs[-1][-1] == number - 1
            and f" {asked.words[number - 1]} {word} "
            in (joined if stem in main and asked.about[number - 1] in main else text)
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
