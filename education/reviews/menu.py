"""Where the CMS leads to reviews."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail.permissions import page_permission_policy

from education.models import ClinicalPage
from education.reviews.report import EDITING
from education.reviews.without_changes import why_not


class ReviewsMenuItem(MenuItem):
    """In the menu of reports, for everybody who edits."""

    def is_shown(self, request: HttpRequest) -> bool:
        return page_permission_policy.user_has_any_permission(request.user, EDITING)


class BeginReviewMenuItem(ActionMenuItem):
    """In the editor's footer of a live page that has no changes."""

    name = "action-begin-review"
    label = "Review without changes"
    icon_name = "calendar-check"
    template_name = "education/admin/reviews_menu_item.html"

    def is_shown(self, context: dict[str, Any]) -> bool:
        page = context.get("page")
        return (
            context["view"] == "edit"
            and isinstance(page, ClinicalPage)
            and not context["locked_for_user"]
            and not why_not(page)
        )

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("reviews:begin", args=[parent_context["page"].pk])


class AssigningFormatter(LogFormatter):
    label = "Assign review"

    def format_message(self, log_entry: PageLogEntry | ModelLogEntry) -> str:
        name = log_entry.data.get("to")
        return (
            f"Assigned the next review to {name}"
            if name
            else ("Took the next review from whoever had it")
        )
