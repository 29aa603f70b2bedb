"""Which names somebody may have meant who typed the beginning of none."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import dropwhile, islice, product

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from education.models import Suggestion
from education.search.analysis import is_little
from education.search.correcting import other_medicines
from education.search.editions import kept_by_edition
from education.search.knowledge import Knowledge, knowledge
from education.search.seeds import medicine_names
from education.search.spelling import distance, is_slip

#: How many ways to read the words are looked up.
MOST_READINGS = 3
#: A word still being typed is compared when it has as many letters.
SHORTEST_BEGINNING = 4
LONGEST_WORD = 40
MOST_WORDS = 12
#: Letters that differ at most; `is_slip` decides what is plausible.
FURTHEST = 4

Reading = tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """Words in order, so that those with one beginning stand together."""

    ordered: list[str]
    every: frozenset[str]

    def begin(self, letters: str) -> bool:
        """Whether one of them begins so."""
        at = bisect_left(self.ordered, letters)
        return at < len(self.ordered) and self.ordered[at].startswith(letters)

    def with_first(self, letter: str) -> list[str]:
        """Those that begin with a letter."""
        start = bisect_left(self.ordered, letter)
        return self.ordered[start : bisect_left(self.ordered, f"{letter}{{")]


def _ordered(words: Iterable[str]) -> Words:
    every = frozenset(words)
    return Words(sorted(every), every)


def _read(language: str) -> Words:
    rows = Suggestion.objects.filter(language=language)
    openings = rows.values_list("opening", flat=True).iterator()
    return _ordered(word for opening in openings for word in opening.split())


#: The words of all names; read once an edition and process.
words_of_names = kept_by_edition(_read)


@cache
def _medicines() -> Words:
    return _ordered(medicine_names())


@dataclass(frozen=True)
class Known:
    """Words to compare with: those of names, and those that need no correcting."""

    knowledge: Knowledge
    names: Words

    def is_real(self, word: str) -> bool:
        """Whether a whole word is none to correct, such as another medicine's name."""
        return (
            word in self.names.every
            or word in self.knowledge.words
            or word in _medicines().every
        )

    def may_become_real(self, letters: str) -> bool:
        """The same for a word that is still being typed."""
        return (
            self.is_real(letters)
            or self.names.begin(letters)
            or (len(letters) >= SHORTEST_BEGINNING and _medicines().begin(letters))
        )


def meant(words: list[str], language: str, edition: str) -> list[Reading]:
    """Other ways to read these folded words, the likeliest first; none is certain.

    Without little words at the front, and with slips corrected to words of names. A
    word that stands on any page, or names any medicine, is no slip.
    """
    known = Known(knowledge(language, edition), words_of_names(language, edition))
    typed = dropwhile(lambda word: is_little(word, language), words[:MOST_WORDS])
    *whole, last = list(typed) or words[-1:]
    readings = [
        [word] if is_little(word, language) else _whole(word, known) for word in whole
    ]
    readings.append(_last(last, known))
    other = (way for way in product(*readings) if way != tuple(words))
    return list(islice(other, MOST_READINGS))


def _whole(word: str, known: Known) -> list[str]:
    """The words of names that a whole word may stand for."""
    if known.is_real(word):
        return [word]
    return _safely(word, _best(_slips(word, known)), known)


def _last(word: str, known: Known) -> list[str]:
    """The same for the last word, which may still be being typed."""
    if known.may_become_real(word):
        return [word]
    slips = [*_slips(word, known), *_slips_at_the_beginning(word, known)]
    return _safely(word, _best(slips), known)


def _safely(word: str, meant: list[str], known: Known) -> list[str]:
    """What may have been meant; no medicine where one that is not here is as near."""
    return [
        name
        for name in meant
        if all(
            known.knowledge.pages_named(other)
            or distance(word, other) > distance(word, name)
            for other in other_medicines(word, name, known.knowledge)
        )
    ]


def _slips(word: str, known: Known) -> Iterator[tuple[int, str]]:
    for name, far in _near(word, known.names.ordered):
        if is_slip(word, name, known.knowledge.language):
            yield far, name


def _slips_at_the_beginning(word: str, known: Known) -> Iterator[tuple[int, str]]:
    """Words of names that begin with what may have been typed with a slip."""
    if len(word) < SHORTEST_BEGINNING:
        return
    lengths = range(max(len(word) - 1, SHORTEST_BEGINNING), len(word) + 2)
    beginnings: dict[str, list[str]] = {}
    for name in known.names.with_first(word[0]):
        for length in lengths:
            if len(name) > length:
                beginnings.setdefault(name[:length], []).append(name)
    for beginning, far in _near(word, list(beginnings)):
        if is_slip(word, beginning, known.knowledge.language):
            yield from ((far, name) for name in beginnings[beginning])


def _near(word: str, others: list[str]) -> list[tuple[str, int]]:
    near = process.extract(
        word[:LONGEST_WORD],
        others,
        scorer=DamerauLevenshtein.distance,
        score_cutoff=FURTHEST,
        limit=None,
    )
    return [(other, far) for other, far, _ in near]


def _best(found: Iterable[tuple[int, str]]) -> list[str]:
    """The nearest few; "cramps" is not named beside "cramp", which begins it."""
    kept: list[str] = []
    nearest = None
    for far, name in sorted(found, key=lambda pair: (pair[0], len(pair[1]), pair[1])):
        nearest = far if nearest is None else nearest
        if far > nearest + 1 or len(kept) == MOST_READINGS:
            break
        if not any(name.startswith(other) for other in kept):
            kept.append(name)
    return kept
