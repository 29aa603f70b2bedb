"""What was asked for, taken apart: things, and the ways in which pages may say them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from education.search.analysis import Analyser, folded_words
from education.search.knowledge import Knowledge, Way

#: More ways than this to say one thing are left out.
MOST_WAYS = 10


@dataclass(frozen=True)
class Term:
    """One thing that is asked for. `typed` are its words, folded.

    The first of `ways` is what was typed itself. A light one counts, but a page need
    not hold it.
    """

    typed: tuple[str, ...]
    ways: tuple[Way, ...]
    is_light: bool = False

    @property
    def stems(self) -> tuple[str, ...]:
        """What was typed, stemmed."""
        return self.ways[0].stems


@dataclass(frozen=True)
class Asked:
    """Everything that is asked for, as stems.

    `typed` are the stems of all words, `little` those stems of the language that say
    nothing by themselves.
    """

    language: str
    terms: tuple[Term, ...] = ()
    typed: tuple[str, ...] = ()
    little: frozenset[str] = frozenset()

    @property
    def required(self) -> tuple[Term, ...]:
        """What a page that says everything holds; the rest only counts."""
        return tuple(term for term in self.terms if not term.is_light) or self.terms


def asked_for(text: str, analyser: Analyser, known: Knowledge | None) -> Asked:
    """Take a text apart; without knowledge, its words are looked for as they are."""
    words = folded_words(text)
    telling = analyser.telling(words)
    terms = (
        terms_of(telling, analyser, known)
        if known
        else literal_terms(telling, analyser)
    )
    return Asked(
        analyser.language, terms, tuple(analyser.stems(words)), analyser.little_stems
    )


def terms_of(
    telling: Sequence[str], analyser: Analyser, known: Knowledge
) -> tuple[Term, ...]:
    """The things that these telling words ask for, each once, in their order.

    Words that lead to synonyms together are one thing, the longest first; so are two
    words that pages write as one.
    """
    stems = analyser.stems(telling)
    found: dict[tuple[str, ...], Term] = {}
    left = list(range(len(stems)))
    while left:
        together = _together(left, telling, stems, analyser, known)
        left = [place for place in left if place not in together]
        term = _term(together, telling, stems, analyser, known)
        found.setdefault(term.stems, term)
    return tuple(found.values())


def literal_terms(telling: Sequence[str], analyser: Analyser) -> tuple[Term, ...]:
    """The words themselves, each once, without other ways to say them."""
    stems = dict(zip(analyser.stems(telling), telling, strict=True))
    return tuple(Term((word,), (Way((stem,), 1.0),)) for stem, word in stems.items())


def _together(
    left: Sequence[int],
    telling: Sequence[str],
    stems: Sequence[str],
    analyser: Analyser,
    known: Knowledge,
) -> list[int]:
    """The places of the words that are one thing with the first that is left.

    Light words may stand between them: "eye keeps twitching".
    """
    heavy = [place for place in left if not analyser.is_light(telling[place])]
    for places in (left, heavy):
        if not places or places[0] != left[0]:
            continue
        for size in range(min(known.longest_synonym, len(places)), 1, -1):
            if tuple(stems[place] for place in places[:size]) in known.synonyms:
                return list(places[:size])
        if len(places) > 1 and _joined(telling, places[:2]) in known.words:
            return list(places[:2])
    return [left[0]]


def _joined(telling: Sequence[str], places: Sequence[int]) -> str:
    return "".join(telling[place] for place in places)


def _term(
    together: Sequence[int],
    telling: Sequence[str],
    stems: Sequence[str],
    analyser: Analyser,
    known: Knowledge,
) -> Term:
    typed = tuple(telling[place] for place in together)
    own = tuple(stems[place] for place in together)
    ways = [Way(own, 1.0)]
    if len(typed) == 2 and "".join(typed) in known.words:
        ways.append(Way(tuple(analyser.stems(["".join(typed)])), 1.0))
    ways += known.synonyms.get(own, ())
    is_light = len(typed) == 1 and (analyser.is_light(typed[0]) or own[0].isdigit())
    return Term(typed, tuple(ways[:MOST_WAYS]), is_light)
