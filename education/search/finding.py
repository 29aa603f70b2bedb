"""Finds the pages for a query: the database chooses, `ranking` orders the best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple, overload

from django.db import connection
from django.db.models import F

from education.models import ClinicalPage, ClinicalPageQuerySet
from education.search.engines import Hits, hits
from education.search.query import Query
from education.search.ranking import Candidate, in_order

#: So many of the best pages are put in order; the rest stay as the database ranks them.
CLOSELY = 100


class Found(Sequence[int]):
    """The ids of the pages found, best first; those beyond the first are read later."""

    def __init__(
        self, first: list[int], total: int, read: Callable[[int, int], list[int]]
    ) -> None:
        self.first = first
        self.total = total
        self.read = read

    def __len__(self) -> int:
        return self.total

    @overload
    def __getitem__(self, which: int) -> int: ...

    @overload
    def __getitem__(self, which: slice) -> list[int]: ...

    def __getitem__(self, which: int | slice) -> int | list[int]:
        if isinstance(which, int):
            return self[which : which + 1][0]
        start, stop, _ = which.indices(self.total)
        ids = self.first[start:stop]
        start = max(start, len(self.first))
        return ids + self.read(start, stop) if start < stop else ids


class Answer(NamedTuple):
    """What was found, and whether every page holds every word of the query."""

    pages: Found
    has_all_words: bool


def find(query: Query, now: datetime) -> Answer:
    """Pages that hold every word; where there are none, those that hold the most.

    At most two statements, and one more to read beyond the first `CLOSELY` pages.
    Pages with some of the words are given up to that number only.
    """
    if not query.terms:
        return Answer(_nothing(), has_all_words=True)
    pages = _asked_for(query, now)
    every = hits(query.terms, (1 << len(query.terms)) - 1)
    first = _candidates(every, pages, 0, CLOSELY)
    if first or len(query.terms) == 1:
        total = first[0].total if first else 0

        def read(start: int, stop: int) -> list[int]:
            return [page.page_id for page in _candidates(every, pages, start, stop)]

        return Answer(Found(in_order(first, query), total, read), has_all_words=True)
    some = in_order(_candidates(_any_of(query.terms), pages, 0, CLOSELY), query)
    return Answer(_only(some), has_all_words=False)


def _only(ids: list[int]) -> Found:
    return Found(ids, len(ids), lambda start, stop: [])


def _nothing() -> Found:
    return _only([])


def _asked_for(query: Query, now: datetime) -> ClinicalPageQuerySet:
    pages = ClinicalPage.objects.published(query.language, now)
    if query.kind:
        pages = pages.of_kind(query.kind)
    if query.tag:
        pages = pages.tagged(query.tag.slug)
    return pages


def _any_of(terms: tuple[str, ...]) -> Hits:
    """Each page once, with the sum of what its words give."""
    arms = [hits((term,), 1 << place) for place, term in enumerate(terms)]
    sql = f"""
        SELECT page_id, count(*) * 1000.0 + sum(score) AS score, sum(found) AS found
        FROM ({" UNION ALL ".join(arm.sql for arm in arms)}) AS each_word
        GROUP BY page_id
    """  # noqa: S608 - made of our own pieces
    return Hits(sql, [given for arm in arms for given in arm.given])


def _candidates(
    chosen: Hits, pages: ClinicalPageQuerySet, start: int, stop: int
) -> list[Candidate]:
    """The best pages as the database ranks them: match and rank first, join after."""
    allowed = pages.order_by().values(allowed_id=F("pk")).query
    allowed_sql, allowed_given = allowed.get_compiler(connection=connection).as_sql()
    sql = f"""
        WITH hit AS MATERIALIZED ({chosen.sql}),
        best AS (
            SELECT hit.*, count(*) OVER () AS total
            FROM hit CROSS JOIN ({allowed_sql}) AS page
            WHERE page.allowed_id = hit.page_id
            ORDER BY score DESC, page_id
            LIMIT {stop - start:d} OFFSET {start:d}
        )
        SELECT best.page_id, best.found, best.total, document.kind, document.title,
            document.aliases, document.tags, document.summary, document.body
        FROM best CROSS JOIN education_searchdocument AS document
        WHERE document.page_id = best.page_id
        ORDER BY best.score DESC, best.page_id
    """  # noqa: S608 - made of our own pieces; what was typed goes in as parameters
    with connection.cursor() as cursor:
        cursor.execute(sql, [*chosen.given, *allowed_given])
        return [Candidate(*row) for row in cursor.fetchall()]
