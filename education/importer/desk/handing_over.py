"""Handing a few drafts over for approval: chosen, confirmed, and told one by one."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from education.importer.desk.access import file_or_404, importers_only, named
from education.importer.desk.crumbs import crumbs
from education.importer.desk.drafts import DraftRow, pages_of, rows_of
from education.importer.keeping import HandedOver, ItemRefused, hand_over
from education.importer.keeping.handing_over import MOST_AT_ONCE
from education.models import ClinicalApprovalTask, ClinicalPage, ImportedFile

LONGEST_KEY = 18

NONE_CHOSEN = "Choose at least one draft that is ready."
TOO_MANY = (
    f"Choose at most {MOST_AT_ONCE} at once: more than that nobody reads with care."
)
NOT_READY = "is not ready. Open it first, or choose another."


@require_POST
@importers_only
def confirm(request: HttpRequest, file_id: int) -> HttpResponse:
    """Asks once more, and says to whom the drafts would go; hands over when told."""
    file = file_or_404(file_id)
    chosen = _chosen(request, file)
    rows = rows_of(chosen)
    if sentence := _why_not(rows):
        return _page(request, file, {"sentence": sentence}, status=400)
    if not request.POST.get("sure"):
        asked = {"rows": rows, "people": _approvers(request.user)}
        return _page(request, file, asked)
    try:
        done = hand_over(chosen, request.user, timezone.now())
    except ItemRefused as refusal:
        return _page(request, file, {"sentence": str(refusal)}, status=409)
    return _page(request, file, {"done": _told(done)})


def _chosen(request: HttpRequest, file: ImportedFile) -> list[ClinicalPage]:
    keys = [
        int(key)
        for key in request.POST.getlist("pages")[: MOST_AT_ONCE + 1]
        if key.isdecimal() and len(key) <= LONGEST_KEY
    ]
    return list(pages_of(file).filter(pk__in=keys))


def _why_not(rows: list[DraftRow]) -> str:
    if not rows:
        return NONE_CHOSEN
    if len(rows) > MOST_AT_ONCE:
        return TOO_MANY
    for row in rows:
        if not row.is_ready:
            return f"“{row.title}” {NOT_READY}"
    return ""


def _told(done: HandedOver) -> dict[str, Any]:
    def row(page: ClinicalPage) -> dict[str, str]:
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        return {"title": page.draft_title or page.title, "url": url}

    return {
        "pages": [row(page) for page in done.pages],
        "kept_back": [row(page) | {"why": why} for page, why in done.kept_back],
    }


def _approvers(user: User) -> list[str]:
    """Who may approve what this person hands over; one statement."""
    groups = ClinicalApprovalTask.objects.filter(active=True).values("groups")
    people = User.objects.filter(is_active=True, groups__in=groups)
    return [named(one) for one in people.exclude(pk=user.pk).distinct().order_by("pk")]


def _page(
    request: HttpRequest, file: ImportedFile, said: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = {
        "header_title": "Hand over for approval",
        "header_icon": "success",
        "breadcrumbs_items": crumbs(file, "Hand over"),
        "file": file,
        **said,
    }
    return TemplateResponse(
        request, "education/admin/imports/hand_over.html", context, status=status
    )
