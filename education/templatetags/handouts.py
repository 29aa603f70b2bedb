"""What is on a handout beyond the page itself: its QR code, and short answers."""

from __future__ import annotations

from typing import Any

import segno
from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from education.language import current_language
from education.models import ClinicalPage

#: Light modules on every side, without which many cameras see no code.
QUIET_ZONE = 4
#: So many short answers fit on a sheet; the rest stand on the page.
MOST_ANSWERS = 4

register = template.Library()


@register.simple_tag
def qr_code(address: str, title: str) -> SafeString:
    """The address as a drawing that a camera reads, without any style in it."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        border=QUIET_ZONE,
        omitsize=True,
        dark="#000",
        light="#fff",
        svgclass="qr",
        title=title,
    )
    return mark_safe(drawn)  # noqa: S308 - segno escapes the title; the rest is numbers


@register.inclusion_tag("education/handouts/questions.html")
def answered_questions(page: ClinicalPage) -> dict[str, Any]:
    """Published questions that the page lists, with their short answers."""
    asked = page.related(current_language(), timezone.now())["questions"]
    found = [page for page in asked if page.faqpage.short_answer]
    return {"questions": found[:MOST_ANSWERS], "has_more": len(found) > MOST_ANSWERS}
