"""Sorting a file while somebody watches; it may be left, and anybody carries on."""

from __future__ import annotations

import time

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from education.import_vocabulary import ImportState
from education.importer import keeping
from education.importer.desk.access import file_or_404, importers_only
from education.importer.desk.crumbs import crumbs
from education.importer.flagging import rules_of
from education.importer.keeping import Progress
from education.importer.sorting import known_in
from education.models import ImportedFile

#: How long one request keeps pieces before it says how far it has come. What the file
#: comes to is worked out before, in one go.
SECONDS = 3


class _After:
    """Says whether so many seconds went by since it was first asked."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.until: float | None = None

    def __call__(self) -> bool:
        now = time.monotonic()
        if self.until is None:
            self.until = now + self.seconds
            return False
        return now > self.until


@require_safe
@importers_only
def progress(request: HttpRequest, file_id: int) -> HttpResponse:
    file = file_or_404(file_id)
    come = Progress(file.done, file.total, file.state == ImportState.READY)
    context = {
        "header_title": f"Sorting “{file.name}”",
        "header_icon": "upload",
        "breadcrumbs_items": crumbs(file, "Sorting"),
        "file": file,
        "come": come,
        "says": says(come),
    }
    return TemplateResponse(request, "education/admin/imports/progress.html", context)


@require_POST
@importers_only
def carry_on(request: HttpRequest, file_id: int) -> HttpResponse:
    """Sort for some seconds. Scripts are told how far it came, others led there."""
    file = file_or_404(file_id)
    come = _step(file)
    if request.headers.get("Accept") == "application/json":
        ready = reverse("imports:overview", args=[file.pk]) if come.is_ready else ""
        return JsonResponse(
            {"percent": come.percent, "says": says(come), "ready": ready}
        )
    return redirect(f"imports:{'overview' if come.is_ready else 'progress'}", file.pk)


def says(come: Progress) -> str:
    """How far it has come, in a sentence."""
    if come.is_ready:
        return "It is sorted."
    if not come.total:
        return "The file is kept. Its sorting has not begun."
    return f"{come.done} of {come.total} pieces are sorted."


def _step(file: ImportedFile) -> Progress:
    language = file.locale.language_code
    return keeping.carry_on(
        file,
        rules_of(language),
        known_in(language),
        timezone.now(),
        _After(SECONDS),
    )
