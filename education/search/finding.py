"""Finds the pages for what was asked: the database chooses, `ranking` orders the best.

First the index alone says which pages match and ranks them; then only the best of them
are read, through `published()`. So the cost does not grow with the pages that match,
and no plan of the database depends on how many there are.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Case, F, TextField, Value, When

from education.models import ClinicalPage
from education.search.engines import Hits, best_hits, first_of, hits
from education.search.ranking import Candidate, Judge, in_order
from education.search.terms import Asked, Term

#: So many pages are found at most: nobody reads on after ten screens of results.
MOST_FOUND = 100
#: So many of the best are put in order by all that they say; of the others it is the
#: order in which the database ranks them.
CLOSELY = 64
#: Where more match than that, so many are: whoever asks for a common word alone is best
#: served by a page that is called so, and those the database has first.
FEWER = 24

_DOCUMENT = ("title", "names", "aliases", "tags", "summary")
_COLUMNS = (
    "pk",
    "title",
    "summary",
    "kind",
    "url_path",
    "live_revision_id",
    "faqpage__short_answer",
    "reviewed_at",
    *(f"search_document__{name}" for name in _DOCUMENT),
    "search_document__tag_ids",
    "search_document__revision_id",
    "words",
    "passages",
)


@dataclass(frozen=True)
class Found:
    """The pages found, the best first, and pinned ones before them.

    `has_all_words` says whether each holds everything that was asked for; `is_cut` that
    more match than are given.
    """

    pages: list[Candidate]
    pinned: list[Candidate]
    has_all_words: bool = True
    is_cut: bool = False


def find(asked: Asked, now: datetime, pinned: Collection[int] = ()) -> Found:
    """Pages that say everything asked for; where none does, those that say the most.

    `pinned` are pages to stand first, as far as they are published. Three statements at
    most, one more where only pages that are not public say everything; none where
    nothing is asked.
    """
    if not asked.terms:
        return Found([], [])
    required = asked.required
    rows = _ids(best_hits(required, asked.language, MOST_FOUND + 1))
    if rows:
        named = _named(required, asked.language) if len(required) > 1 else []
        pages, first = _published(rows, named, asked.language, now, pinned)
        full = {page.page_id for page in pages}.intersection(rows)
        if full:
            ordered = _with_names(pages, full, asked)
            return Found(ordered[:MOST_FOUND], first, True, len(full) >= MOST_FOUND)
    if len(asked.terms) == 1:
        return Found([], _published([], [], asked.language, now, pinned)[1])
    rows = _ids(first_of(_any_of(asked.terms, asked.language), MOST_FOUND + 1))
    pages, first = _published(rows, [], asked.language, now, pinned)
    return Found(_worth_showing(pages, asked), first, has_all_words=False)


def matching(terms: Sequence[Term], language: str) -> list[int]:
    """The best pages that the index has for all of these terms, public or not."""
    return _ids(best_hits(terms, language, MOST_FOUND))


def _named(terms: Sequence[Term], language: str) -> list[int]:
    """Pages whose names say some of what was asked, if not all of it."""
    return _ids(first_of(_any_of(terms, language, in_names=True), CLOSELY))


def _with_names(
    pages: list[Candidate], full: Collection[int], asked: Asked
) -> list[Candidate]:
    """Pages that say everything, and others with a name that is nearly the query."""
    closely = [page for page in pages if page.is_read]
    rest = [page for page in pages if not page.is_read]
    if len(full) < len(pages):
        judge = Judge(closely, asked)
        closely = [
            page for page in closely if page.page_id in full or judge.is_answer(page)
        ]
    return in_order(closely, asked) + rest


def _worth_showing(pages: list[Candidate], asked: Asked) -> list[Candidate]:
    """Those that say enough of what was asked to be an answer at all."""
    pages = [page for page in pages if page.is_read]
    most = max((page.size_held(asked.terms) for page in pages), default=0)
    wanted = sum(len(term.typed) for term in asked.terms)
    if most < 2 and most * 2 < wanted:
        return []
    return in_order(
        [page for page in pages if page.size_held(asked.terms) * 2 >= most], asked
    )


def _any_of(terms: Sequence[Term], language: str, in_names: bool = False) -> Hits:
    """Each page once, with what its words give."""
    arms = [hits((term,), language, in_names) for term in terms]
    union = " UNION ALL ".join(
        f"SELECT page_id, score FROM ({arm.sql}) AS arm{place}"  # noqa: S608
        for place, arm in enumerate(arms)
    )
    sql = (
        "SELECT page_id, count(*) * 1000.0 + sum(score) AS score "  # noqa: S608
        f"FROM ({union}) AS each_word GROUP BY page_id"
    )
    return Hits(sql, [given for arm in arms for given in arm.given])


def _ids(chosen: Hits) -> list[int]:
    """The pages in the order in which the database ranks them."""
    with connection.cursor() as cursor:
        cursor.execute(chosen.sql, chosen.given)
        return [row[0] for row in cursor.fetchall()]


def _published(
    rows: list[int],
    named: list[int],
    language: str,
    now: datetime,
    pinned: Collection[int],
) -> tuple[list[Candidate], list[Candidate]]:
    """What is public of these rows, in their order, and of the pinned ones."""
    most = CLOSELY if len(rows) <= CLOSELY else FEWER
    closely = list(dict.fromkeys([*rows[:most], *named]))
    order = list(dict.fromkeys([*closely, *rows[:MOST_FOUND]]))
    wanted = {*order, *pinned}
    if not wanted:
        return [], []
    texts = {*closely, *pinned}
    pages = (
        ClinicalPage.objects.published(language, now)
        # By both keys, so that PostgreSQL need not read all pages to join these.
        .filter(pk__in=wanted, id__in=wanted)
        .with_review_date()
        .order_by()
        .annotate(words=_of_some("body", texts), passages=_of_some("passages", texts))
    )
    known = {
        row[0]: Candidate(*map(_plain, row), is_read=row[0] in texts)
        for row in pages.values_list(*_COLUMNS)
    }
    return (
        [known[pk] for pk in order if pk in known],
        [known[pk] for pk in pinned if pk in known],
    )


def _of_some(column: str, ids: Collection[int]) -> Case:
    """A long column of the search documents of these pages, nothing of the others."""
    return Case(
        When(pk__in=ids, then=F(f"search_document__{column}")),
        default=Value(""),
        output_field=TextField(),
    )


def _plain(value: object) -> object:
    """A page that the index does not know has nothing in these columns."""
    return "" if value is None else value
