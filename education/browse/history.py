"""The public history of a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from education.language import current_language
from education.models import ClinicalPage
from education.models.gone import answer_instead
from education.models.history import in_full, public_history
from education.paging import part_of
from education.reading import read_only
from education.vocabulary import Kind

EVENTS_A_PART = 20


@read_only
def history(request: HttpRequest, section: str, page: str) -> HttpResponse:
    pages = ClinicalPage.objects.published(current_language(), timezone.now())
    found = pages.at(section, page).first()
    if found is None:
        return answer_instead(request, f"/{section}/{page}/", "history/")
    asked = request.GET.get("page", "").strip()
    part, notice = part_of(public_history(found), asked, EVENTS_A_PART)
    part.object_list = in_full(part.object_list)
    context = {
        "page": found,
        "crumbs": [
            (Kind(found.kind).plural, Kind(found.kind).address),
            (found.title, found.address),
        ],
        "page_obj": part,
        "notices": [notice] if notice else [],
    }
    return TemplateResponse(request, "education/history.html", context)
