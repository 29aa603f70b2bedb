"""One piece of a file at a time: what was found, and what becomes of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from education.importer.desk.access import importers_only, item_or_404, pieces_or_404
from education.importer.desk.choosing import View, read_view
from education.importer.desk.deciding import (
    Action,
    DecidedMeanwhile,
    DecisionForm,
    decide,
    seen,
    take_back,
)
from education.importer.desk.item_context import context_of
from education.importer.desk.walking import address, walk_of
from education.importer.keeping import ItemRefused
from education.models import ImportedItem


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@importers_only
def item(request: HttpRequest, file_id: int, item_id: int) -> HttpResponse:
    """Shows it; carries out a decision, and then leads to the next that is open."""
    after = request.GET.get("after", "")
    piece, before = pieces_or_404(file_id, item_id, after)
    view, _ = read_view(request.GET, [piece.topic])
    if request.method != "POST":
        return _page(request, piece, view, before=before)
    form = DecisionForm(request.POST, item=piece)
    if not form.is_valid():
        return _page(request, piece, view, form, status=400)
    if form.cleaned_data["action"] == Action.LOOK:
        return _page(request, piece, view, form)
    saw = request.POST.get("seen", "")
    try:
        decide(piece, form.cleaned_data, saw, request.user, timezone.now())
    except DecidedMeanwhile as refusal:
        now_there = item_or_404(file_id, item_id)
        return _page(request, now_there, view, refusal=str(refusal), status=409)
    except ItemRefused as refusal:
        return _page(request, piece, view, form, str(refusal), refusal.page, status=409)
    there = walk_of(view, piece).next_open
    return redirect(address(file_id, there, view, after=piece.pk))


@require_POST
@importers_only
def undo(request: HttpRequest, file_id: int, item_id: int) -> HttpResponse:
    """Open the piece again, and go there."""
    piece = item_or_404(file_id, item_id)
    view, _ = read_view(request.GET, [piece.topic])
    saw = request.POST.get("seen", "")
    try:
        take_back(piece, saw, request.user, timezone.now())
    except ItemRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "It was undone: this piece is open again.")
    return redirect(address(file_id, piece.pk, view))


def _page(
    request: HttpRequest,
    piece: ImportedItem,
    view: View,
    form: DecisionForm | None = None,
    refusal: str = "",
    same: Any = None,
    before: ImportedItem | None = None,
    status: int = 200,
) -> HttpResponse:
    context = context_of(piece, view, form, before)
    context |= {"refusal": refusal, "same": same, "seen": seen(piece)}
    return TemplateResponse(
        request, "education/admin/imports/item.html", context, status=status
    )
