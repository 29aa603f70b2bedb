"""What nobody may delete: pages that the public could read, and decisions on pages."""

from __future__ import annotations

from django.db.models import Q
from wagtail.models import Page

from education.models.approval import SignOff

WAS_PUBLIC = (
    "The public could read this page, or one under it, so its history has to stay and "
    "it cannot be deleted. A clinical lead can withdraw it: then nobody reads it."
)
WAS_DECIDED = (
    "Reviewers have decided on this page, and what they decided has to stay, so it "
    "cannot be deleted. The public does not see it."
)


def why_kept(page: Page) -> str:
    """Why the page and what stands under it stays; empty for mere drafts."""
    here = Page.objects.filter(path__startswith=page.path)
    if here.filter(Q(live=True) | Q(first_published_at__isnull=False)).exists():
        return WAS_PUBLIC
    if SignOff.objects.filter(page__in=here).exists():
        return WAS_DECIDED
    return ""
