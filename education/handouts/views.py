"""A page as a handout: to print, and as PDF."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

from education.handouts.paper import Paper
from education.handouts.pdf import as_pdf, is_offered
from education.handouts.sheets import sheet_of
from education.language import current_language
from education.models import ClinicalPage
from education.models.gone import answer_instead
from education.models.paper import TEMPLATE
from education.reading import read_only

VIEW, FILE = "handout/", "handout.pdf"
STYLES = ("education/handout.css", "education/handout-parts.css")
#: What `?pdf=no` says to a reader who asked for a file and came here instead.
NO_FILE = (
    "We could not make a PDF file just now. You can print this page, or choose "
    "“Save as PDF” where your browser asks for the printer."
)


@read_only
def handout(request: HttpRequest, section: str, page: str) -> HttpResponse:
    found = _published(section, page)
    if found is None:
        return answer_instead(request, f"/{section}/{page}/", VIEW)
    paper = Paper.asked_for(request.GET)
    return as_page(request, _of_one(found, request, paper), paper)


@read_only
def handout_pdf(request: HttpRequest, section: str, page: str) -> HttpResponse:
    found = _published(section, page)
    if found is None:
        return answer_instead(request, f"/{section}/{page}/", FILE)
    paper = Paper.asked_for(request.GET)
    context = _of_one(found, request, paper)
    return as_file(request, context, paper, found.slug)


def as_page(
    request: HttpRequest, context: dict[str, Any], paper: Paper
) -> HttpResponse:
    """The handout to look at and to print. `context` has its `notices` so far."""
    notices = [*context["notices"], *paper.unknown]
    if request.GET.get("pdf") == "no":
        notices.append(NO_FILE)
    status = context["status"] if not paper.unknown else 400
    return TemplateResponse(
        request, TEMPLATE, context | {"notices": notices}, status=status
    )


def as_file(
    request: HttpRequest, context: dict[str, Any], paper: Paper, name: str
) -> HttpResponse:
    """The handout as a PDF file; where none can be had, the way to the print view."""
    view = context["view"] + paper.query
    if not is_offered():
        return _no_file(view)
    html = render_to_string(TEMPLATE, context | {"notices": []}, request)
    host = request.build_absolute_uri("/")
    file = as_pdf(html, host, [static(name) for name in STYLES])
    if file is None:
        return _no_file(view)
    response = HttpResponse(file, content_type="application/pdf")
    size = f"-{paper.size}" if paper.size != "normal" else ""
    name = f"{name}-{paper.sheet}{size}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Link"] = f'<{context["canonical"]}>; rel="canonical"'
    return response


def _of_one(page: ClinicalPage, request: HttpRequest, paper: Paper) -> dict[str, Any]:
    return {
        "sheets": [sheet_of(page, request)],
        "title": page.title,
        "paper": paper,
        "view": page.address + VIEW,
        "file": page.address + FILE,
        "back": page,
        "more": f"{reverse('handouts_choose')}?p={page.address.strip('/')}",
        "canonical": request.build_absolute_uri(page.address),
        "notices": [],
        "status": 200,
    }


def _no_file(view: str) -> HttpResponse:
    return HttpResponseRedirect(f"{view}{'&' if '?' in view else '?'}pdf=no")


def _published(section: str, slug: str) -> ClinicalPage | None:
    pages = ClinicalPage.objects.published(current_language(), timezone.now())
    return pages.at(section, slug).with_parts().first()
