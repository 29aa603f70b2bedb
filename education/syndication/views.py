"""Where programs read pages as Markdown."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from education.language import current_language
from education.models import ClinicalPage, surroundings
from education.models.gone import Instead, answer_instead
from education.reading import read_only
from education.syndication.markdown import escaped, heading, joined
from education.syndication.pages import Manuscript
from education.vocabulary import DEMONSTRATION_NOTICE

MARKDOWN = "text/markdown; charset=utf-8"
INDEX = "index.md"


@read_only
def page(request: HttpRequest, section: str, page: str) -> HttpResponse:
    """A published page as Markdown; its own address is named as the one to cite."""
    language, now = current_language(), timezone.now()
    published = ClinicalPage.objects.published(language, now)
    found = published.at(section, page).with_parts().first()
    if found is None:
        return answer_instead(request, f"/{section}/{page}/", INDEX, _as_gone)
    host = request.build_absolute_uri("/").rstrip("/")
    site = surroundings(request)
    manuscript = Manuscript(found.as_its_kind(), site, host, language, now)
    notices = [DEMONSTRATION_NOTICE] if site.holds_demonstration else []
    return HttpResponse(
        manuscript.markdown(*notices),
        content_type=MARKDOWN,
        headers={"Link": f'<{manuscript.canonical}>; rel="canonical"'},
    )


def _as_gone(request: HttpRequest, found: Instead) -> HttpResponse:
    lines = [heading(1, "This page is not here any more"), escaped(found.reason)]
    return HttpResponse(f"{joined(lines)}\n", content_type=MARKDOWN, status=410)
