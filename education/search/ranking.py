"""Puts the best pages in order by their words alone, so on every database alike."""

from __future__ import annotations

from typing import NamedTuple

from education.search.query import Query
from education.vocabulary import Kind

#: What a word counts for in each field; a word found nowhere else is in the body.
TITLE, ALIASES, TAGS, SUMMARY, BODY = 10, 6, 3, 2, 1
MOST_MENTIONS = 20
KIND_ORDER = {kind: place for place, kind in enumerate(Kind)}


class Candidate(NamedTuple):
    """A page that holds words of the query, and the words by which it is judged.

    Bit n of `found` stands for the query's term n.
    """

    page_id: int
    found: int
    total: int
    kind: str
    title: str
    aliases: str
    tags: str
    summary: str
    body: str


def in_order(candidates: list[Candidate], query: Query) -> list[int]:
    """The ids of the candidates, best first.

    Counts, in turn: how many of the words a page holds; where it holds them; how nearly
    its title is what was asked; how often its text says it; kind and title.
    """
    said = set(query.words)

    def place(page: Candidate) -> tuple:
        found = [term for bit, term in enumerate(query.terms) if page.found >> bit & 1]
        return (
            -len(found),
            -sum(_weight(page, term) for term in found),
            -_closeness(said, set(page.title.split())),
            -sum(_mentions(page, term) for term in found),
            KIND_ORDER[Kind(page.kind)],
            page.title,
            page.page_id,
        )

    return [page.page_id for page in sorted(candidates, key=place)]


def _weight(page: Candidate, term: str) -> int:
    """The weight of the best field that holds the term."""
    fields = (
        (page.title, TITLE),
        (page.aliases, ALIASES),
        (page.tags, TAGS),
        (page.summary, SUMMARY),
    )
    for text, weight in fields:
        if term in text.split():
            return weight
    return BODY


def _mentions(page: Candidate, term: str) -> int:
    return min(f" {page.body} ".count(f" {term} "), MOST_MENTIONS)


def _closeness(said: set[str], title: set[str]) -> float:
    """How nearly the title is what was asked: 1 for the same words, 0 for none."""
    return len(said & title) / len(said | title)
