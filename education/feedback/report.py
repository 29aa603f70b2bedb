"""The report of feedback: what readers wrote, the unread first."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import ModelPermissionPolicy

from education.feedback.comparison import RULE, fallen_pages
from education.feedback.filters import AnswerFilters
from education.feedback.rows import JustDecided, all_rows_of, as_listed, rows_of
from education.feedback.unread import MOST, unread_count
from education.models import Feedback
from education.spreadsheets import harmless
from education.vocabulary import FeedbackState

READING = "education.view_feedback"
MOST_FALLEN = 10
#: What the address says of a decision that was just made.
DECIDED = ("decided", "as")


class FeedbackMenuItem(MenuItem):
    """In the menu of reports, with the number of unread words."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(READING)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        component = super().render_component(request)
        if unread := unread_count():
            said = f"{MOST - 1}+" if unread == MOST else unread
            component.label = f"{self.label} ({said} unread)"
        return component


class AnswersPaginator(WagtailPaginator):
    """Says "answers" below the list."""

    verbose_name = "answer"
    verbose_name_plural = "answers"


class FeedbackReport(ReportView):
    """Everybody who edits or reviews reads it; who may change a page decides."""

    permission_policy = ModelPermissionPolicy(Feedback)
    permission_required = "view"
    model = Feedback
    filterset_class = AnswerFilters
    template_name = "education/admin/feedback/report.html"
    index_url_name = "feedback:report"
    page_title = "Feedback"
    paginator_class = AnswersPaginator
    header_icon = "comment"
    export_filename = "feedback"
    show_export_buttons = False  # they stand on the page, for those without scripts
    export_headings = {
        "title": "Page",
        "kind": "Kind",
        "version": "Version",
        "answer": "Helpful",
        "words": "What was missing",
        "given_on": "Day",
        "state_label": "State",
        "decided_by": "Decided by",
        "decided_on": "Decided on",
    }
    list_export = list(export_headings)
    custom_field_preprocess = {
        name: {"csv": harmless} for name in ("title", "words", "decided_by")
    }

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse("feedback:pages")
        return [HeaderButton("By page", url=url, icon_name="doc-full")]

    def get_queryset(self) -> QuerySet[Feedback]:
        return as_listed(Feedback.objects.all()).unread_first()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.filters.is_valid():
            self.is_export = False
        if self.is_export:
            rows = all_rows_of(self.get_filtered_queryset())
            return self.as_spreadsheet(rows, request.GET["export"])
        return super().get(request, *args, **kwargs)

    def decorate_paginated_queryset(self, object_list: QuerySet) -> Any:
        return rows_of(object_list, self.request.user)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        fallen = fallen_pages()
        return super().get_context_data(*args, **kwargs) | {
            # Wagtail's own drawer of filters needs scripts; ours is a plain form.
            "filters": None,
            "filter_form": self.filters.form,
            "fallen": fallen[:MOST_FALLEN],
            "fallen_count": len(fallen),
            "rule": RULE,
            "decisions": [
                choice for choice in FeedbackState if choice != FeedbackState.UNREAD
            ],
            "decided": JustDecided.read(
                self.request.GET.get("decided", ""), self.request.GET.get("as", "")
            ),
            "back": self._query(),
        }

    def _query(self) -> str:
        """The list as it is narrowed now, to come back to."""
        query = self.request.GET.copy()
        for name in DECIDED:
            query.pop(name, None)
        return query.urlencode()

    def render_to_response(
        self, context: dict[str, Any], **response_kwargs: Any
    ) -> HttpResponse:
        status = 200 if self.filters.is_valid() else 400
        return super().render_to_response(
            context, **{"status": status, **response_kwargs}
        )
