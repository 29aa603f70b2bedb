"""What is on a handout beyond the page itself: its QR code, and short answers."""

from __future__ import annotations

from typing import Any

import segno
from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from education.language import current_language
from education.models import ClinicalPage, FAQPage

#: Light modules on every side, without which many cameras see no code.
QUIET_ZONE = 4
#: So many short answers fit on a sheet; the rest stand on the page.
MOST_ANSWERS = 4

register = template.Library()


@register.simple_tag
def qr_code(address: str) -> SafeString:
    """The address as a drawing that a camera reads, without any style in it."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        border=QUIET_ZONE, omitsize=True, dark="#000", light="#fff", svgclass="qr"
    )
    return mark_safe(drawn)  # noqa: S308 - drawn by us, and holds numbers only


@register.inclusion_tag("education/handouts/questions.html")
def answered_questions(page: ClinicalPage) -> dict[str, Any]:
    """Published questions that the page lists, with their short answers."""
    if page.pk is None:  # a preview of a page that was never saved
        return {}
    beside = ClinicalPage.objects.filter(page.related_filter()).exclude(pk=page.pk)
    published = FAQPage.objects.published(current_language(), timezone.now())
    found = published.filter(pk__in=beside.values("pk")).exclude(short_answer="")
    found = found.only("title", "short_answer").alphabetical()
    found = list(found[: MOST_ANSWERS + 1])
    return {"questions": found[:MOST_ANSWERS], "has_more": len(found) > MOST_ANSWERS}
