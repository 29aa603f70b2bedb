from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from education.checks.shown import checked
from education.models import ClinicalPage


@require_safe
def checks(request: HttpRequest, page_id: int) -> HttpResponse:
    """What the checks find in the newest draft of a page, for whoever may edit it."""
    page = get_object_or_404(ClinicalPage, pk=page_id)
    draft = page.get_latest_revision_as_object()
    if not draft.permissions_for_user(request.user).can_edit():
        raise Http404
    return TemplateResponse(request, "education/admin/checks.html", checked(draft))
