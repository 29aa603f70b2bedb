"""The style page: every part of the public pages on one page, for staff."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from education.look.samples import Section, sections
from education.look.swatches import pairs
from education.models import surroundings

TYPE = (
    "heading-l",
    "heading-m",
    "heading-s",
    "text-l",
    "text-m",
    "text-b",
    "text-s",
    "text-xs",
)
#: What the page shows before the samples.
FIRST = (
    Section("type", "Type scale", []),
    Section("colors", "Colors and their contrast", []),
    Section("space", "Spaces", []),
    Section("controls", "Buttons, links and focus", []),
)
SPACES = ("xs", "s", "m", "l", "xl", "2xl")


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """In the public style and under the public policy, though it stands in the CMS."""
    samples = sections()
    context = {
        "entries": [*FIRST, *samples],
        "sections": samples,
        "sizes": TYPE,
        "spaces": SPACES,
        "pairs": pairs(surroundings(request).accent),
    }
    said = (f"{name} {' '.join(those)}" for name, those in settings.SECURE_CSP.items())
    return TemplateResponse(
        request,
        "education/styleguide.html",
        context,
        headers={"Content-Security-Policy": "; ".join(said)},
    )
