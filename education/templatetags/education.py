"""What the templates of a page need to know beyond the page's own fields."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from education.models import ClinicalPage, Standing
from education.vocabulary import Kind

register = template.Library()


@register.inclusion_tag("education/components/breadcrumbs.html")
def breadcrumbs(page: ClinicalPage) -> dict[str, Any]:
    """The way from the home page to this page; a draft may have no address yet."""
    # A question is long, and stands just below as the title.
    here = "" if page.page_kind == Kind.QUESTION else page.title
    return {"crumbs": [(page.page_kind.plural, page.page_kind.address)], "here": here}


@register.inclusion_tag("education/components/review_line.html")
def review_line(
    standing: Standing, page: ClinicalPage, on_paper: bool = False
) -> dict[str, Any]:
    """Who reviewed the page, when, and when it is due again; nothing without any.

    On paper nobody can follow the link to its history.
    """
    if not standing.reviews:
        return {}
    return {
        "reviewers": standing.reviewers,
        "reviewed_at": standing.reviews[-1].signed_at,
        "approvers": standing.approvers,
        "changed_at": standing.changes[-1].signed_at if standing.changes else None,
        "due_on": standing.due_on,
        "history": "" if on_paper else f"{page.address}history/",
    }


@register.inclusion_tag("education/components/overdue.html")
def overdue_banner(standing: Standing) -> dict[str, Any]:
    """That the review of the page is late, once its days of grace are over."""
    is_overdue = bool(standing.reviews) and standing.is_overdue(timezone.localdate())
    return {
        "is_overdue": is_overdue,
        "reviewed_at": standing.reviews[-1].signed_at if is_overdue else None,
    }


@register.simple_tag
def other_names(page: ClinicalPage) -> list[str]:
    """What else the page is called, in the editor's order.

    Without brand names: a medicine shows those with what is known of each.
    """
    return [word.text for word in page.other_words.all() if word.is_other_name]
