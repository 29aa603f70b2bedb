"""Counts that a result was opened, on the way to it; no cookie, and not by whom."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from education.language import current_language
from education.models import ClinicalPage, public_address
from education.reading import read_only
from education.search.counting import TOKEN, looks_ahead, note_opening

HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}


def opening_address(token: str, page_id: int) -> str:
    """Where a result leads whose opening is counted; the token is `token_for`'s.

    A search without a token is not counted, so its results lead to the pages at once.
    """
    return reverse("open_result", args=[token, page_id])


@read_only
def open_result(request: HttpRequest, token: str, page_id: int) -> HttpResponse:
    """Lead to a published page, and to nothing else."""
    if not TOKEN.fullmatch(token):
        raise Http404
    now = timezone.now()
    pages = ClinicalPage.objects.published(current_language(), now)
    # Asked by `id`, which takes numbers that are too large for the database.
    url_path = pages.filter(id=page_id).values_list("url_path", flat=True).first()
    if url_path is None:
        raise Http404
    if request.method == "GET" and not looks_ahead(request):
        note_opening(token, now)
    return HttpResponseRedirect(public_address(url_path), headers=HEADERS)
