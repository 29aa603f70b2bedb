"""Keeps the search documents: one for each page that is live and not private.

Dates do not matter here: whoever searches reads pages through `published()` as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page

from education.models import ClinicalPage, ClinicalPageQuerySet, SearchDocument
from education.search.documents import documents_of

BATCH = 50
WORDS = ("language", "kind", "title", "aliases", "tags", "summary", "body")


def searchable() -> ClinicalPageQuerySet:
    """The pages that have a search document when the index is right."""
    return ClinicalPage.objects.live().public()


def refresh(ids: Collection[int]) -> None:
    """Make the index say what these pages say now; what is not public drops out.

    Reading and writing are apart, so that the lock is short. A page that is published
    or withdrawn between them is read again.
    """
    while ids:
        before = _editions(ids)
        documents = documents_of(searchable().filter(pk__in=ids).with_parts())
        kept = {document.page_id for document in documents}
        with transaction.atomic():
            SearchDocument.objects.filter(page_id__in=set(ids) - kept).delete()
            SearchDocument.objects.bulk_create(
                documents,
                update_conflicts=True,
                unique_fields=["page_id"],
                update_fields=WORDS,
            )
        now = _editions(ids)
        ids = [pk for pk in ids if before.get(pk) != now.get(pk)]


def _editions(ids: Collection[int]) -> dict[int, tuple]:
    """What changes with each publication, of the searchable ones among these pages."""
    rows = searchable().filter(pk__in=ids)
    return {
        pk: edition
        for pk, *edition in rows.values_list(
            "pk", "live_revision_id", "last_published_at"
        )
    }


def settle(page_id: int) -> None:
    """Add what became public at and under this page, drop what ceased to be."""
    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        return
    wanted = searchable().descendant_of(page, inclusive=True)
    under = ClinicalPage.objects.descendant_of(page, inclusive=True)
    held = SearchDocument.objects.filter(page_id__in=under.values("pk"))
    changed = sorted(
        set(wanted.values_list("pk", flat=True))
        ^ set(held.values_list("page_id", flat=True))
    )
    for start in range(0, len(changed), BATCH):
        refresh(changed[start : start + BATCH])


def catch_up(since: datetime | None) -> int:
    """Take up what was left out when a process died between publishing and indexing.

    Asks for pages that are published but unknown here, the other way round, and those
    published after `since`. Returns how many pages it read.
    """
    known = SearchDocument.objects.filter(page_id=OuterRef("pk"))
    missed = ~Exists(known)
    if since:
        missed |= Q(last_published_at__gte=since)
    changed = set(searchable().filter(missed).values_list("pk", flat=True))
    gone = SearchDocument.objects.exclude(page_id__in=searchable().values("pk"))
    ids = sorted(changed.union(gone.values_list("page_id", flat=True)))
    for start in range(0, len(ids), BATCH):
        refresh(ids[start : start + BATCH])
    return len(ids)


def rebuild() -> Iterator[int]:
    """Read every page again, in batches, and yield how many were gone through so far.

    May stop after any batch and start again; readers find what they found before.
    """
    done, last = 0, 0
    pages = ClinicalPage.objects.order_by("pk")
    while ids := list(pages.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        refresh(ids)
        done, last = done + len(ids), ids[-1]
        yield done
    gone = SearchDocument.objects.exclude(page_id__in=ClinicalPage.objects.values("pk"))
    gone.delete()
