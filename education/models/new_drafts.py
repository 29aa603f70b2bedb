"""New drafts written with few statements, as a load or an import makes many of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction
from modelcluster.models import get_all_child_relations
from modelsearch.backends import get_search_backends
from wagtail.models import ReferenceIndex

from education.after_commit import without_indexing
from education.models.clinical import ClinicalPage
from education.models.sections import SectionPage
from education.models.tags import Tag, TaggedPage

AT_ONCE = 500


@contextmanager
def indexed_at_the_end(pages: list[ClinicalPage]) -> Iterator[None]:
    """At the end, note what these pages refer to and how the CMS finds them.

    Wagtail would else read a whole page anew for each of its rows that is saved, and
    look at every page of the portal each time. `pages` may be filled in between.
    """
    with transaction.atomic():
        with without_indexing():
            yield
        by_type: dict[type[ClinicalPage], list[ClinicalPage]] = defaultdict(list)
        for page in pages:
            ReferenceIndex.create_or_update_for_object(page)
            by_type[type(page)].append(page)
        for page_type, some in by_type.items():
            for backend in get_search_backends(with_auto_update=True):
                backend.add_bulk(page_type, some)


def add_without_rows(section: SectionPage, page: ClinicalPage) -> None:
    """Put the new page under the section, as `add_child` does; its rows wait."""
    waiting = dict(_rows_of(page))
    _rows_of(page).clear()
    section.add_child(instance=page)
    _rows_of(page).update(waiting)


def write_rows(pages: Iterable[ClinicalPage]) -> None:
    """Write the rows that wait in these new pages, all of one kind at a time.

    They keep their order. The pages go on holding them, now with keys, until
    `let_go_of_rows`: what reads them before needs no statement.
    """
    waiting: dict[type[models.Model], list[Any]] = defaultdict(list)
    for page in pages:
        for relation in get_all_child_relations(page):
            # A new page has no rows but these, so nobody needs to ask for others.
            for row in _rows_of(page).setdefault(relation.get_accessor_name(), []):
                setattr(row, relation.field.name, page)
                waiting[type(row)].append(row)
    for row_type, rows in waiting.items():
        row_type._base_manager.bulk_create(rows, batch_size=AT_ONCE)
    _follow_mergers(waiting.get(TaggedPage, []))


def let_go_of_rows(page: ClinicalPage) -> None:
    """From here on the page's rows are those in the database, as after a save."""
    _rows_of(page).clear()


def _rows_of(page: ClinicalPage) -> dict[str, list[Any]]:
    """Rows that the page holds itself, by relation; modelcluster keeps them there."""
    if not hasattr(page, "_cluster_related_objects"):
        page._cluster_related_objects = {}
    return page._cluster_related_objects


def _follow_mergers(rows: list[TaggedPage]) -> None:
    """Where a tag was merged meanwhile, saving the row alone finds its successor."""
    merged = Tag.objects.successors({row.tag_id for row in rows}) if rows else {}
    for row in rows:
        if row.tag_id in merged:
            row.save()
