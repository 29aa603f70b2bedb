"""What answers where nothing is published: the page that took its place, a word on why
it was taken down, or nothing at all.
"""

from __future__ import annotations

from datetime import datetime

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.template.response import TemplateResponse
from django.utils import timezone

from education.language import current_language
from education.models import ClinicalPage, Tag
from education.models.old_addresses import last_at, once_at
from education.models.withdrawals import why_gone

HISTORY = "history/"


def instead(request: HttpRequest, address: str, below: str = "") -> HttpResponse:
    """Answer for an address of a page at which nothing is published now.

    `below` is what was asked for beneath it, such as "history/". Raises Http404 where
    the public never read anything, or may not know that it did.
    """
    language, now = current_language(), timezone.now()
    known = ClinicalPage.objects.unrestricted(language).with_parts()
    page = once_at(address, known)
    if page is None:
        page = last_at(address, known)
    elif _is_published(page, language, now):
        return moved(request, page.address + below)
    reason = why_gone(page, now) if page else ""
    if not reason:
        raise Http404(f"There is no page at {address}.")
    context = {
        "reason": reason,
        "topics": page.as_its_kind().related(language, now)["topics"],
    }
    return TemplateResponse(request, "education/gone.html", context, status=410)


def instead_of_tag(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the tag that took the place of this one. Raises Http404 without any."""
    tag = Tag.objects.now_at(slug)
    pages = ClinicalPage.objects.published(current_language(), timezone.now())
    if tag is None or not Tag.objects.carried_by(pages).filter(pk=tag.pk).exists():
        raise Http404(f"There is no tag at {slug}.")
    return moved(request, tag.address)


def moved(request: HttpRequest, address: str) -> HttpResponse:
    """Send the reader on for good, with the query that was asked."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


def _is_published(page: ClinicalPage, language: str, now: datetime) -> bool:
    return ClinicalPage.objects.published(language, now).filter(pk=page.pk).exists()
