"""The list of imported files, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from education.import_vocabulary import ImportState, ItemDecision, SourceFormat
from education.importer.desk.access import importers_only, named
from education.models import ImportedFile
from education.paging import part_of

#: Rows on one page of a list.
PART = 20

_OPEN = Q(items__decision=ItemDecision.OPEN)


@dataclass(frozen=True)
class FileRow:
    """One file as the list shows it."""

    name: str
    url: str
    about: str
    state: str
    is_ready: bool
    pieces: int
    open: int
    brought_by: str
    brought_on: date

    @property
    def decided(self) -> int:
        return self.pieces - self.open


@require_safe
@importers_only
def files(request: HttpRequest) -> HttpResponse:
    found = (
        ImportedFile.objects.select_related("locale", "uploaded_by")
        .annotate(pieces=Count("items"), open=Count("items", filter=_OPEN))
        .order_by("-uploaded_at", "-pk")
    )
    part, sentence = part_of(found, request.GET.get("p", ""), PART)
    context = {
        "header_title": "Imports",
        "header_icon": "upload",
        "rows": [_row(file) for file in part],
        "part": part,
        "elided_page_range": part.numbers,
        "sentence": sentence,
    }
    return TemplateResponse(
        request,
        "education/admin/imports/files.html",
        context,
        status=404 if sentence else 200,
    )


def _row(file: ImportedFile) -> FileRow:
    is_ready = file.state == ImportState.READY
    name = "overview" if is_ready else "progress"
    return FileRow(
        name=file.name,
        url=reverse(f"imports:{name}", args=[file.pk]),
        about=f"{SourceFormat(file.format).label}, {file.locale.get_display_name()}",
        state=ImportState(file.state).label,
        is_ready=is_ready,
        pieces=file.pieces,
        open=file.open,
        brought_by=named(file.uploaded_by),
        brought_on=timezone.localdate(file.uploaded_at),
    )
