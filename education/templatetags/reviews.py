"""What the editor says of the next review of a page."""

from __future__ import annotations

from django import template
from django.utils import timezone
from wagtail.models import Page

from education.reviews.rows import ReviewRow, row_of

register = template.Library()


@register.simple_tag
def next_review(page: Page) -> ReviewRow | None:
    """State, date and whose task it is; nothing for a page that is not on the site."""
    return row_of(page, timezone.localdate())
