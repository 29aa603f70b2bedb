"""Puts the best pages in order by their words alone, so on every database alike.

What counts, and for how much, was set by trying it on `judged_queries.tsv`; the figures
are of one size so that no one thing decides alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from math import log

from education.search.analysis import Analyser
from education.search.knowledge import Way
from education.search.terms import Asked, Term
from education.vocabulary import Kind

#: What a word counts for in each field, and where it is found nowhere but in the body.
TITLE, ALIASES, TAGS, SUMMARY, BODY = 1.0, 0.8, 0.5, 0.5, 0.1
#: What each judgement counts for, of a page that fits perfectly.
COVERAGE, CLOSENESS, FIELD = 26, 36, 16
NAME, NEARNESS, EXACTNESS, MENTIONS = 12, 6, 6, 2
MOST_MENTIONS = 20
#: What a light word counts for, against another.
LIGHT = 0.3
#: What a word counts for that every page found holds, beside a rarer one.
RARENESS = 0.3
#: How near a name of a page must be to the query to stand for the words it lacks.
NEARLY = 0.33
KIND_ORDER = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Candidate:
    """A published page that holds words of the query, as shown and as analysed.

    The second half is of its search document. Where it is not `is_read`, `body` and
    `passages` are left out: it is one of very many, and not looked at closely.
    """

    page_id: int
    title: str
    summary: str
    kind: str
    url_path: str
    live_revision_id: int
    short_answer: str
    reviewed_at: datetime | str
    title_words: str
    names: str
    alias_words: str
    tag_words: str
    summary_words: str
    tag_ids: str
    revision_id: int
    body: str
    passages: str
    is_read: bool = True

    def holds(self, term: Term) -> bool:
        """Whether the page says it in any way."""
        return _says(self.stems, term)

    def size_held(self, terms: Sequence[Term]) -> int:
        """How many of the words asked for are in terms that the page holds."""
        return sum(len(term.typed) for term in terms if self.holds(term))

    @cached_property
    def stems(self) -> frozenset[str]:
        """Every stem on the page."""
        fields = (self.title_words, self.alias_words, self.tag_words)
        return frozenset(" ".join([*fields, self.summary_words, self.body]).split())

    @cached_property
    def wordings(self) -> list[frozenset[str]]:
        """The stems of the title and of each other wording of it."""
        lines = [self.title_words, *self.alias_words.splitlines()]
        return [frozenset(line.split()) for line in lines]

    @cached_property
    def fields(self) -> list[tuple[frozenset[str], float]]:
        """The stems of each field, the weightiest first."""
        return [
            (self.wordings[0], TITLE),
            *((wording, ALIASES) for wording in self.wordings[1:]),
            (frozenset(self.tag_words.split()), TAGS),
            (frozenset(self.summary_words.split()), SUMMARY),
        ]

    @cached_property
    def lines(self) -> list[str]:
        """Every wording, sentence and passage by itself, between spaces."""
        texts = (self.title_words, self.alias_words, self.summary_words, self.body)
        return [f" {line} " for text in texts for line in text.splitlines()]


def in_order(candidates: Sequence[Candidate], asked: Asked) -> list[Candidate]:
    """The candidates, best first; alike ones by kind, newest review and title."""
    judge = Judge(candidates, asked)

    def place(page: Candidate) -> tuple:
        reviewed = page.reviewed_at.timestamp() if page.reviewed_at else 0
        return (
            -round(judge.score(page), 6),
            KIND_ORDER[Kind(page.kind)],
            -reviewed,
            page.title,
            page.page_id,
        )

    return sorted(candidates, key=place)


class Judge:
    """Says how well a page fits one query, among the pages found for it."""

    def __init__(self, candidates: Sequence[Candidate], asked: Asked) -> None:
        self.language = asked.language
        self.terms = asked.terms
        self.little = asked.little
        self.typed = frozenset(asked.typed)
        self.phrase = f" {' '.join(asked.typed)} "
        self.weights = [self._weight(term, candidates) for term in self.terms]
        self.total = sum(self.weights)
        medicines = [page for page in candidates if page.kind == Kind.MEDICINE]
        self.named = sum(
            weight
            for term, weight in zip(self.terms, self.weights, strict=True)
            if any(self._named(page, term) for page in medicines)
        )

    def score(self, page: Candidate) -> float:
        """More is better; only to be held against other pages of the same query."""
        coverage = sum(
            weight
            for term, weight in zip(self.terms, self.weights, strict=True)
            if page.holds(term)
        )
        return (
            COVERAGE * coverage / self.total
            + CLOSENESS * self._closeness(page)
            + FIELD * self._field(page)
            + NAME * self._name(page)
            + NEARNESS * self._nearness(page)
            + EXACTNESS * self._exactness(page)
            + MENTIONS * self._mentions(page)
        )

    def _weight(self, term: Term, candidates: Sequence[Candidate]) -> float:
        """What fewer pages are called, and fewer hold, tells more."""
        called = sum(_says(page.wordings[0], term) for page in candidates)
        holding = sum(page.holds(term) for page in candidates)
        count = len(candidates)
        telling = log(2 + count / (1 + called)) * (
            RARENESS + log(1 + count / (1 + holding))
        )
        return len(term.typed) ** 0.5 * telling * (LIGHT if term.is_light else 1)

    def is_answer(self, page: Candidate) -> bool:
        """Whether a page without some of the words may be what was asked for."""
        return self._name(page) > 0.5 or self._closeness(page) >= NEARLY

    def _closeness(self, page: Candidate) -> float:
        """How nearly one wording of the page is what was asked: 1 for the same."""
        return max(self._likeness(wording) for wording in page.wordings)

    def _likeness(self, wording: frozenset[str]) -> float:
        recalled, covered = 0.0, set()
        for term, weight in zip(self.terms, self.weights, strict=True):
            best: Way | None = None
            for way in term.ways:
                if wording.issuperset(way.stems) and (
                    best is None or way.weight > best.weight
                ):
                    best = way
            if best:
                recalled += weight * best.weight
                covered.update(best.stems)
        telling = wording - self.little
        if not recalled or not telling:
            return 0.0
        recall, precision = (
            recalled / self.total,
            len(covered & wording) / len(telling | covered),
        )
        return 2 * recall * precision / (recall + precision)

    def _field(self, page: Candidate) -> float:
        """Where the words stand: 1 for all of them in the title."""
        return (
            sum(
                weight * max(self._way_field(page, way) for way in term.ways)
                for term, weight in zip(self.terms, self.weights, strict=True)
                if page.holds(term)
            )
            / self.total
        )

    def _way_field(self, page: Candidate, way: Way) -> float:
        for words, weight in page.fields:
            if words.issuperset(way.stems):
                return weight * way.weight
        return BODY * way.weight

    def _name(self, page: Candidate) -> float:
        """Whether a medicine is asked for by name, and how much more is asked for."""
        if page.kind != Kind.MEDICINE:
            return 0.0
        own = max((self._named(page, term) for term in self.terms), default=0.0)
        return own * (0.6 + 0.8 * self.named / self.total)

    def _named(self, page: Candidate, term: Term) -> float:
        """Whether a medicine is called so, and how near that is to what was typed."""
        names = _stemmed(page.names, self.language)
        return max((way.weight for way in term.ways if way.stems in names), default=0)

    def _nearness(self, page: Candidate) -> float:
        """How much of what was asked stands in one sentence or passage."""
        if len(self.terms) == 1 and len(self.terms[0].stems) == 1:
            return 0.0
        best = 0.0
        for line in page.lines:
            here = sum(
                weight
                for term, weight in zip(self.terms, self.weights, strict=True)
                if any(is_in(line, way) for way in term.ways)
            )
            best = max(best, here / self.total)
        said_so = any(self.phrase in line for line in page.lines)
        return 0.7 * best + 0.3 * said_so

    def _exactness(self, page: Candidate) -> float:
        """How nearly the title is what was typed, little words and all."""
        return max(
            len(self.typed & wording) / len(self.typed | wording)
            for wording in page.wordings
        )

    def _mentions(self, page: Candidate) -> float:
        """How often the text says it; 1 for very often."""
        said = sum(f" {page.body} ".count(f" {term.stems[0]} ") for term in self.terms)
        return log(1 + min(said, MOST_MENTIONS)) / log(1 + MOST_MENTIONS)


@lru_cache(maxsize=5_000)
def _stemmed(names: str, language: str) -> frozenset[tuple[str, ...]]:
    """The names of one medicine, a line each, as stems."""
    analyser = Analyser(language)
    return frozenset(tuple(analyser.stems(name.split())) for name in names.splitlines())


def _says(stems: frozenset[str], term: Term) -> bool:
    return any(stems.issuperset(way.stems) for way in term.ways)


def is_in(line: str, way: Way) -> bool:
    """Whether a line of stems, between spaces, says it in this way."""
    return all(f" {stem} " in line for stem in way.stems)
