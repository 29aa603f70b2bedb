"""The pages that a file went into, and what each of them still lacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import WorkflowState

from education.importer.desk.access import file_or_404, importers_only
from education.importer.desk.crumbs import crumbs
from education.importer.keeping import WorkLeft, work_left
from education.importer.keeping.handing_over import MOST_AT_ONCE
from education.models import ClinicalPage, ImportedFile, ImportedItem
from education.models.clinical_lists import ClinicalPageQuerySet
from education.paging import part_of
from education.vocabulary import Kind

PART = 20


@dataclass(frozen=True)
class DraftRow:
    """One page. `lacks` says what keeps it from being handed over; empty: nothing."""

    key: int
    title: str
    kind: str
    url: str
    standing: str
    lacks: tuple[str, ...]
    is_ready: bool


@never_cache
@require_safe
@importers_only
def drafts(request: HttpRequest, file_id: int) -> HttpResponse:
    """The pages, those that were changed last first."""
    file = file_or_404(file_id)
    part, sentence = part_of(pages_of(file), request.GET.get("p", ""), PART)
    rows = rows_of(part)
    context = {
        "header_title": f"Drafts from “{file.name}”",
        "header_icon": "edit",
        "breadcrumbs_items": crumbs(file, "Drafts"),
        "file": file,
        "rows": rows,
        "any_ready": any(row.is_ready for row in rows),
        "most": MOST_AT_ONCE,
        "part": part,
        "elided_page_range": part.numbers,
        "sentence": sentence,
    }
    return TemplateResponse(
        request,
        "education/admin/imports/drafts.html",
        context,
        status=404 if sentence else 200,
    )


def pages_of(file: ImportedFile) -> ClinicalPageQuerySet:
    """The pages that pieces of the file went into, with `waits` for approval."""
    pieces = ImportedItem.objects.filter(file=file).with_drafts()
    pages = ClinicalPage.objects.filter(pk__in=pieces.values("page"))
    waiting = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS,
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    ordered = pages.order_by("-latest_revision_created_at", "-pk")
    return ordered.annotate(waits=Exists(waiting))


def rows_of(pages: Iterable[ClinicalPage]) -> list[DraftRow]:
    """A row for each of these of `pages_of`; three statements, however many."""
    pages = list(pages)
    left = work_left(pages)
    return [_row(page, left.get(page.pk, WorkLeft())) for page in pages]


def _row(page: ClinicalPage, left: WorkLeft) -> DraftRow:
    is_live = page.live and not page.has_unpublished_changes
    lacks = [
        sentence
        for is_lacking, sentence in (
            (left.needs_answer, "Answer needed"),
            (left.needs_rewriting, "Needs rewriting: these are somebody else's words"),
        )
        if is_lacking and not is_live
    ]
    if page.waits:
        standing = "Waits for approval"
    elif is_live:
        standing = "Live"
    else:
        standing = "Changed draft of a live page" if page.live else "Draft"
    return DraftRow(
        key=page.pk,
        title=page.draft_title or page.title,
        kind=str(Kind(page.kind).label),
        url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        standing=standing,
        lacks=tuple(lacks),
        is_ready=not (lacks or page.waits or is_live),
    )
