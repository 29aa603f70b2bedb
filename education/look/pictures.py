"""The picture that other sites show for a page, drawn from its title."""

from __future__ import annotations

import hashlib

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from education.colors import ACCENT
from education.language import current_language
from education.look.drawing import DRAWING, draw
from education.models import ClinicalPage, surroundings
from education.reading import read_only
from education.vocabulary import Kind

DAY = 24 * 3600
#: A page may come off, or get another title, at any moment.
ASKED_ANEW = "public, max-age=0, must-revalidate"


@read_only
def picture(request: HttpRequest, section: str, page: str) -> HttpResponse:
    """Of a page that the public may read, as a PNG; 404 for any other."""
    pages = ClinicalPage.objects.published(current_language(), timezone.now())
    found = pages.at(section, page).as_listed().first()
    if found is None:
        raise Http404("There is no such page.")
    appearance = surroundings(request)
    shown = (
        str(Kind(found.kind).label),
        found.title,
        appearance.site_name,
        appearance.accent or ACCENT,
    )
    said = "\n".join([str(DRAWING), *shown]).encode()
    edition = hashlib.sha256(said).hexdigest()[:32]
    headers = {"ETag": f'"{edition}"', "Cache-Control": ASKED_ANEW}
    answer = HttpResponse(content_type="image/png", headers=headers)
    known = get_conditional_response(request, headers["ETag"], response=answer)
    if known is answer:
        answer.content = cache.get_or_set(
            f"picture:{edition}", lambda: draw(*shown), DAY
        )
    # Other sites show it, and would lose it again by an answer that says otherwise.
    known.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return known
