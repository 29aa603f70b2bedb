"""Holds the search index against the pages that the public may find."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db import DatabaseError, connection, transaction

from education.models import ClinicalPage, SearchDocument
from education.problems import Problem
from education.search.documents import documents_of
from education.search.engines import hits
from education.search.index import WORDS, searchable
from education.search.knowledge import Way
from education.search.terms import Term

#: Pages that are read again at a time.
BATCH = 200

REBUILD = "Run `manage.py rebuild_search`."


def differences() -> Iterator[Problem]:
    """Where the index says something else than the pages; six statements a batch."""
    last = 0
    pages = ClinicalPage.objects.order_by("pk")
    while ids := list(pages.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        last = ids[-1]
        # What was published between two of our statements is looked at once more.
        if suspects := {page for page, _ in _differing(ids)}:
            for page, what in _differing(sorted(suspects)):
                yield Problem(f"page {page}", what, REBUILD)
    gone = SearchDocument.objects.exclude(page_id__in=ClinicalPage.objects.values("pk"))
    for page in gone.order_by("page_id").values_list("page_id", flat=True):
        yield Problem(f"page {page}", "Search knows it, but it is gone.", REBUILD)
    yield from _out_of_order()


def _differing(ids: Collection[int]) -> Iterator[tuple[int, str]]:
    wanted = {
        document.page_id: document
        for document in documents_of(searchable().filter(pk__in=ids).with_parts())
    }
    held = SearchDocument.objects.in_bulk(ids)
    for page in sorted(wanted.keys() | held.keys()):
        if page not in held:
            yield page, "It is published, but search does not know it."
        elif page not in wanted:
            yield page, "Search knows it, but it is not public."
        elif names := _unequal(wanted[page], held[page]):
            yield page, f"Search knows other words of it, in: {', '.join(names)}."


def _unequal(wanted: SearchDocument, held: SearchDocument) -> list[str]:
    return [name for name in WORDS if getattr(wanted, name) != getattr(held, name)]


def _out_of_order() -> Iterator[Problem]:
    """Whether the database finds the newest document by a word of its title."""
    document = SearchDocument.objects.exclude(title="").order_by("page_id").last()
    if document is None:
        return
    stem = document.title.split()[0]
    asked = hits([Term((stem,), (Way((stem,), 1.0),))], document.language)
    sql = f"SELECT count(*) FROM ({asked.sql}) AS hit WHERE page_id = %s"  # noqa: S608
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [*asked.given, document.page_id])
            found = cursor.fetchone()[0]
    except DatabaseError:
        found = 0
    if not found:
        yield Problem(
            "search index",
            f"It does not find page {document.page_id} by its title.",
            REBUILD,
        )
