"""Sets right what was typed wrong, from the words that pages hold.

A word is a slip only where no page, no synonym, no dictionary and no list of medicines
knows it. One medicine is never made into another: where two are near, both are offered.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extract

from education.search.analysis import Analyser, folded_words
from education.search.knowledge import Knowledge
from education.search.seeds import medicine_names
from education.search.spelling import (
    SHORTEST,
    frequency,
    is_real_word,
    slips_allowed,
    sound,
)

SHORTEST_PART = 3
MOST_CORRECTED = 4
MOST_OFFERED = 3
#: So much likelier than every other medicine one must be to be taken for meant.
SAFELY_NEARER = 1.5


class Offer(NamedTuple):
    """A medicine that something typed may mean, and the whole text with its name."""

    name: str
    text: str


@dataclass(frozen=True)
class Corrected:
    """`text` is what was meant, as far as one can tell, or what was typed.

    `offers` are medicines that something typed may mean, none of which was assumed.
    """

    text: str
    offers: tuple[Offer, ...] = ()


def corrected(text: str, analyser: Analyser, known: Knowledge) -> Corrected:
    """Set right the first few words that nothing knows; the rest stays as typed."""
    written = [(token, folded_words(token)) for token in text.split()]
    meant: list[str] = []
    offers: list[tuple[int, str]] = []
    left, skip = MOST_CORRECTED, False
    for place, (token, words) in enumerate(written):
        if skip:
            skip = False
            continue
        if len(words) != 1 or not left or not _is_strange(words[0], analyser, known):
            meant.append(token)
            continue
        left -= 1
        if joined := _joined(written, place, analyser, known):
            meant.append(joined)
            skip = True
            continue
        word, near = _meant(words[0], analyser, known)
        meant.append(word or token)
        offers += [(len(meant) - 1, name) for name in near]
    return Corrected(
        " ".join(meant),
        tuple(
            Offer(name, " ".join([*meant[:place], name, *meant[place + 1 :]]))
            for place, name in offers[:MOST_OFFERED]
        ),
    )


def _is_strange(word: str, analyser: Analyser, known: Knowledge) -> bool:
    """Whether nothing that we know of knows the word."""
    return (
        len(word) >= SHORTEST_PART
        and not any(mark.isdigit() for mark in word)
        and not analyser.is_little(word)
        and not analyser.is_light(word)
        and not known.is_known(analyser.stems([word])[0])
        and not is_real_word(word, known.language)
        and word not in medicine_names()
    )


def _joined(
    written: Sequence[tuple[str, list[str]]],
    place: int,
    analyser: Analyser,
    known: Knowledge,
) -> str:
    """What the word and the next are together, where pages write that, else ""."""
    following = written[place + 1][1] if place + 1 < len(written) else []
    if len(following) != 1:
        return ""
    together = written[place][1][0] + following[0]
    return together if known.is_known(analyser.stems([together])[0]) else ""


class Near(NamedTuple):
    """A word that may have been meant: letters apart, and how unlikely it is."""

    unlikely: float
    is_no_name: bool
    is_in_no_title: bool
    rareness: int
    word: str
    apart: int


def _meant(word: str, analyser: Analyser, known: Knowledge) -> tuple[str, list[str]]:
    """The word that was meant, or ""; and medicines to offer where none is assumed."""
    near = _near(word, known.correct_words, known)
    if (parts := _parted(word, known)) and (not near or near[0].apart > 1):
        return parts, []
    if not near:
        return "", []
    best = near[0]
    if best.is_no_name:
        return best.word, []
    rivals = _rivals(word, best, analyser, known)
    if not rivals:
        return best.word, []
    return "", [name for name in (best.word, *rivals) if known.pages_named(name)]


def other_medicines(word: str, name: str, known: Knowledge) -> list[str]:
    """Other medicines that a word may mean as well as this one, if it is a medicine."""
    near = [each for each in _near(word, {name}, known) if not each.is_no_name]
    return _rivals(word, near[0], Analyser(known.language), known) if near else []


def _near(word: str, words: Collection[str], known: Knowledge) -> list[Near]:
    """Words that may have been meant, the likeliest first, names before others."""
    allowed = slips_allowed(len(word))
    if not allowed:
        return []
    language, own_sound = known.language, sound(word, known.language)
    near = []
    for other, apart, _ in extract(
        word,
        words,
        scorer=DamerauLevenshtein.distance,
        score_cutoff=allowed + 1,
        limit=40,
    ):
        alike = sound(other, language) == own_sound
        same_start = other[0] == word[0]
        may_be = apart <= 1 or (same_start and apart <= allowed) or alike
        if may_be and len(other) >= SHORTEST_PART:
            near.append(
                Near(
                    apart
                    - alike
                    - 0.5 * (same_start and apart == 1)
                    + 0.5 * (not same_start and not alike),
                    other not in known.names and other not in medicine_names(),
                    other not in known.title_words,
                    -frequency(other, language),
                    other,
                    apart,
                )
            )
    return sorted(near)


def _rivals(word: str, best: Near, analyser: Analyser, known: Knowledge) -> list[str]:
    """Names of other medicines, here or elsewhere, that are as likely."""
    own, same = known.pages_named(best.word), analyser.stems([best.word])
    names = known.names | medicine_names()
    return [
        near.word
        for near in _near(word, names, known)
        if (near.unlikely <= best.unlikely + SAFELY_NEARER or near.apart <= best.apart)
        and analyser.stems([near.word]) != same  # "ibuprofeno"
        and not (own & known.pages_named(near.word))
    ]


def _parted(word: str, known: Knowledge) -> str:
    """Two words that pages hold and that make this one together, else "".

    One of them may be a slip itself where no two are right: "charlyhorse".
    """
    cuts = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    halves = [(word[:cut], word[cut:]) for cut in cuts]
    right = [pair for pair in halves if known.words >= set(pair)]
    if right:
        return " ".join(max(right, key=lambda pair: _commonness(pair, known)))
    for first, second in halves:
        for kept, slip in ((first, second), (second, first)):
            if min(len(kept), len(slip)) < SHORTEST or kept not in known.title_words:
                continue
            near = _near(slip, known.title_words, known)
            if near and near[0].apart == 1:
                both = (kept, near[0].word) if kept is first else (near[0].word, kept)
                return " ".join(both)
    return ""


def _commonness(pair: tuple[str, str], known: Knowledge) -> int:
    return min(frequency(word, known.language) for word in pair)
