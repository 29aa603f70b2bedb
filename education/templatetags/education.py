"""What the templates of a page need to know beyond the page's own fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils import timezone

from education.models import ClinicalPage, SignOff, Standing
from education.vocabulary import AliasKind, Kind

register = template.Library()


@register.inclusion_tag("education/components/breadcrumbs.html")
def breadcrumbs(page: ClinicalPage) -> dict[str, Any]:
    """The way from the home page to this page; a draft may have no address yet."""
    # A question is long, and stands just below as the title.
    here = "" if page.page_kind == Kind.QUESTION else page.title
    return {"crumbs": [(page.page_kind.plural, page.page_kind.address)], "here": here}


@register.inclusion_tag("education/components/review_line.html")
def review_line(standing: Standing, page: ClinicalPage) -> dict[str, Any]:
    """Who reviewed the page, when, and when it is due again; nothing without any."""
    if not standing.reviews:
        return {}
    return {
        "reviewers": _names(standing.reviews),
        "reviewed_at": standing.reviews[-1].signed_at,
        "approvers": _names(standing.changes),
        "changed_at": standing.changes[-1].signed_at if standing.changes else None,
        "due_on": standing.due_on,
        "history": f"{page.address}history/",
    }


@register.inclusion_tag("education/components/overdue.html")
def overdue_banner(standing: Standing) -> dict[str, Any]:
    """That the review of the page is late, once its days of grace are over."""
    is_overdue = bool(standing.reviews) and standing.is_overdue(timezone.localdate())
    return {
        "is_overdue": is_overdue,
        "reviewed_at": standing.reviews[-1].signed_at if is_overdue else None,
    }


def _names(sign_offs: Sequence[SignOff]) -> str:
    by_reviewer = {sign_off.reviewer_id: _named(sign_off) for sign_off in sign_offs}
    return " and ".join(by_reviewer.values())


def _named(sign_off: SignOff) -> str:
    said = (sign_off.reviewer_name, sign_off.reviewer_credentials)
    return ", ".join(part for part in said if part)


@register.simple_tag
def other_names(page: ClinicalPage) -> list[str]:
    """What else the page is called, in the editor's order.

    Without brand names: a medicine shows those with what is known of each.
    """
    return [
        word.text
        for word in page.other_words.all()
        if word.is_shown and word.kind != AliasKind.BRAND
    ]
