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
from education.handouts.pdf import Wish, as_pdf, is_offered
from education.handouts.sheets import sheet_of
from education.language import current_language
from education.models import ClinicalPage
from education.models.gone import answer_instead
from education.models.paper import TEMPLATE
from education.rate_limit import address_of
from education.reading import read_only

VIEW, FILE = "handout/", "handout.pdf"
STYLES = ("education/handout.css", "education/handout-parts.css")
MOST_IN_FILE = 4
INSTEAD = (
    "You can print this page, or choose “Save as PDF” where your browser asks for the "
    "printer."
)
#: What `?pdf=` says to a reader who asked for a file and came here instead.
NO_FILE = {
    "no": f"We could not make a PDF file just now. {INSTEAD}",
    "long": f"A PDF file holds at most {MOST_IN_FILE} pages. {INSTEAD}",
}


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
    if said := NO_FILE.get(request.GET.get("pdf", "")):
        notices.append(said)
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
        return no_file(view)
    html = render_to_string(TEMPLATE, context | {"notices": []}, request)
    file = as_pdf(
        Wish(
            html,
            host=request.build_absolute_uri("/"),
            styles=tuple(static(name) for name in STYLES),
            asked_by=address_of(request),
            is_bundle=len(context["sheets"]) > 1,
        )
    )
    if file is None:
        return no_file(view)
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


def no_file(view: str, why: str = "no") -> HttpResponse:
    """Lead on to the print view, which says `why`: a key of NO_FILE."""
    return HttpResponseRedirect(f"{view}{'&' if '?' in view else '?'}pdf={why}")


def _published(section: str, slug: str) -> ClinicalPage | None:
    pages = ClinicalPage.objects.published(current_language(), timezone.now())
    return pages.at(section, slug).with_parts().first()
