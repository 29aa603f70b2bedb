"""What answers where nothing is published: the page that took its place, a word on why
it was taken down, or nothing at all.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from education.language import current_language
from education.models import ClinicalPage, Tag
from education.models.gone import instead_at
from education.reading import moved

HISTORY = "history/"


def instead(request: HttpRequest, address: str, below: str = "") -> HttpResponse:
    """Answer for an address of a page at which nothing is published now.

    `below` is what was asked for beneath it, such as "history/". Raises Http404 where
    the public never read anything, or may not know that it did.
    """
    language, now = current_language(), timezone.now()
    found = instead_at(address, language, now)
    if found is None:
        raise Http404(f"There is no page at {address}.")
    if not found.reason:
        return moved(request, found.page.address + below)
    context = {"reason": found.reason, "topics": found.topics(language, now)}
    return TemplateResponse(request, "education/gone.html", context, status=410)


def instead_of_tag(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the tag that took the place of this one. Raises Http404 without any."""
    pages = ClinicalPage.objects.published(current_language(), timezone.now())
    tag = Tag.objects.now_at(slug, pages)
    if tag is None:
        raise Http404(f"There is no tag at {slug}.")
    return moved(request, tag.address)
