"""What the site says of itself: how its content is made, and who can use it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from education.models import ClinicalPage, MedicationPage
from education.reading import read_only

MONTHS_A_YEAR = 12


@read_only
def about(request: HttpRequest) -> HttpResponse:
    context = {
        "usual_years": ClinicalPage.usual_review_months // MONTHS_A_YEAR,
        "medicine_years": MedicationPage.usual_review_months // MONTHS_A_YEAR,
    }
    return TemplateResponse(request, "education/about.html", context)


@read_only
def accessibility(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "education/accessibility.html")
